package dev.myna.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The loaded library: settings that must be made before it loads, operators by name, and small
 * native objects that live as long as the process.
 */
public final class Libtorch {
  private static final int SCALARS = 1024;

  /** Elements of a tensor that one core goes over in some ten microseconds. */
  static final long SMALL = 1 << 18;

  private static final Map<Double, Scalar> FLOATS = new ConcurrentHashMap<>();
  private static final Map<Long, Scalar> INTEGERS = new ConcurrentHashMap<>();
  private static final Map<TensorKind, TensorOptions> OPTIONS = new ConcurrentHashMap<>();
  private static final Map<String, OperatorHandle> OPERATORS = new ConcurrentHashMap<>();

  private record TensorKind(DType dtype, Device device) {}

  /** Threads at the beginning: one per core, or what the environment says. */
  private static final int CORES;

  static {
    prepare();
    Loader.load(torch.class);
    TensorHeap.use();
    if (!TensorHeap.used()) {
      keepFreedMemory();
    }
    int counted = torch.get_num_threads();
    CORES = System.getenv("OMP_NUM_THREADS") == null ? Processor.cores().orElse(counted) : counted;
    if (CORES != counted) {
      torch.set_num_threads(CORES);
    }
  }

  private Libtorch() {}

  /** Loads the native library; the first time on a machine unpacks it, which takes seconds. */
  public static void load() {
    // The static initializer does it, once.
  }

  /** Number of threads for one operation. */
  public static int threads() {
    return torch.get_num_threads();
  }

  /** Number of threads at the beginning: one per core, or what the environment says. */
  public static int cores() {
    return CORES;
  }

  /**
   * Sets the number of threads for one operation. With 1, results are the same to the last bit from
   * run to run.
   */
  public static void threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, found " + threads);
    }
    torch.set_num_threads(threads);
    BlasThreads.all(threads);
  }

  /**
   * Sets the number of threads for tensors of a size. To wake a thread takes longer than to go over
   * a small tensor: then only matrix products are spread over the cores.
   *
   * @param wanted number of threads; 0 for as many as are of use
   * @param elements of a typical tensor
   */
  public static void threadsFor(int wanted, long elements) {
    if (wanted > 0) {
      threads(wanted);
      return;
    }
    torch.set_num_threads(elements < SMALL ? 1 : CORES);
    BlasThreads.all(CORES);
  }

  /**
   * The instruction set that libtorch's own kernels were chosen for: {@code AVX2}, {@code AVX512}.
   */
  public static String capability() {
    try (var text = torch.get_cpu_capability()) {
      return text.getString();
    }
  }

  /** Whose heap tensors of the processor live in: {@code jemalloc's}, or the system's, and why. */
  public static String heap() {
    return TensorHeap.name();
  }

  private static void prepare() {
    // Scopes free memory; JavaCPP's own collector costs a microsecond an operation, and its limits
    // (a multiple of the Java heap) would stop large models.
    setDefault("org.bytedeco.javacpp.nopointergc", "true");
    setDefault("org.bytedeco.javacpp.maxbytes", "0");
    setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    environment("JE_MALLOC_CONF", TensorHeap.OPTIONS);
    if (Processor.has("avx512f")) {
      // OpenBLAS picks kernels of an older generation on some processors with AVX-512.
      environment("OPENBLAS_CORETYPE", "SkylakeX");
    }
    // OpenBLAS, OpenMP and Java have threads of their own, and those that wait by spinning take the
    // cores from the others: idle ones of OpenBLAS sleep at once (after 2⁸ cycles), of OpenMP too
    // where products are float32. Products in bfloat16 run on OpenMP's threads, one right behind
    // the other: these spin for some ten microseconds, and no longer, as Java's kernels follow.
    environment("OPENBLAS_THREAD_TIMEOUT", "8");
    if (Processor.has("avx512_bf16") || Processor.has("amx_bf16")) {
      environment("GOMP_SPINCOUNT", "3000");
    } else {
      environment("OMP_WAIT_POLICY", "PASSIVE");
    }
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Sets a variable that a native library reads when it loads, unless the user has. */
  private static void environment(String name, String value) {
    MethodHandle setenv =
        function(
            "setenv",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int unused = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("setenv of " + name + " failed", e);
    }
  }

  /**
   * Asks glibc to keep freed blocks instead of giving them back: a training step allocates the same
   * large tensors again and again, and every page given back is a page fault later.
   */
  private static void keepFreedMemory() {
    if (System.getenv("MALLOC_MMAP_THRESHOLD_") != null
        || SymbolLookup.loaderLookup().find("mallopt").isEmpty()
            && Linker.nativeLinker().defaultLookup().find("mallopt").isEmpty()) {
      return;
    }
    MethodHandle mallopt =
        function(
            "mallopt",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    int trimThreshold = -1;
    int topPad = -2;
    int mmapThreshold = -3;
    try {
      int unused = (int) mallopt.invokeExact(mmapThreshold, 1 << 30);
      unused = (int) mallopt.invokeExact(trimThreshold, Integer.MAX_VALUE);
      unused = (int) mallopt.invokeExact(topPad, 100_000_000);
    } catch (Throwable e) {
      throw new IllegalStateException("mallopt failed", e);
    }
  }

  /**
   * A function of the libraries that libtorch has loaded; null where it has none of that name, as
   * without OpenBLAS. JavaCPP's own methods look it up again, for a millisecond, on every call.
   */
  static @Nullable MethodHandle loaded(String name, FunctionDescriptor type) {
    load();
    Pointer address = Loader.addressof(name);
    return address == null || address.isNull()
        ? null
        : Linker.nativeLinker().downcallHandle(MemorySegment.ofAddress(address.address()), type);
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /** An object that outlives every scope. */
  static <P extends Pointer> P immortal(P pointer) {
    return pointer.<P>retainReference();
  }

  static OperatorHandle operator(String name, String overload) {
    return OPERATORS.computeIfAbsent(
        name + "." + overload,
        k -> immortal(Dispatcher.realSingleton().findSchemaOrThrow("aten::" + name, overload)));
  }

  static Scalar scalar(double value) {
    Scalar known = FLOATS.get(value);
    if (known != null) {
      return known;
    }
    Scalar made = new Scalar(value);
    if (FLOATS.size() < SCALARS) {
      FLOATS.put(value, immortal(made));
    }
    return made;
  }

  static Scalar scalar(long value) {
    Scalar known = INTEGERS.get(value);
    if (known != null) {
      return known;
    }
    Scalar made = new Scalar(value);
    if (INTEGERS.size() < SCALARS) {
      INTEGERS.put(value, immortal(made));
    }
    return made;
  }

  static TensorOptions options(DType dtype, Device device) {
    return OPTIONS.computeIfAbsent(
        new TensorKind(dtype, device),
        k -> {
          TensorOptions byType = new TensorOptions(dtype.scalarType());
          return immortal(byType.device(new org.bytedeco.pytorch.DeviceOptional(device.raw())));
        });
  }

  static ScalarTypeOptional noType() {
    return NO_TYPE;
  }

  private static final ScalarTypeOptional NO_TYPE = immortal(new ScalarTypeOptional());
}

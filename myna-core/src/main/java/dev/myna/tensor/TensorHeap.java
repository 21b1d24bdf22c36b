package dev.myna.tensor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/**
 * Where tensors of the processor live: on Linux in jemalloc's heap in place of glibc's, which can
 * use again little of what large tensors leave (a third more memory for the same training).
 *
 * <p>libtorch asks an object of C++, a {@code c10::Allocator}, for the memory of each tensor. Ours
 * has the virtual functions of libtorch's own but for two: {@code allocate}, and {@code
 * raw_deleter}, which names the function that frees. They are a few instructions, since a call of
 * Java could not hand on the C++ exception that tells of a lack of memory: where jemalloc has none,
 * the original is asked, and throws.
 */
final class TensorHeap {
  /** Set to {@code system}, tensors stay in the system's heap. */
  private static final String CHOICE = "MYNA_ALLOCATOR";

  private static final String LIBRARY = "/linux/x64/org/lwjgl/jemalloc/libjemalloc.so";

  /**
   * What jemalloc is to be like: one heap for all threads, which keeps what is freed, large blocks
   * too. Memory that goes back to the system is page-faulted when the next step wants it. A block
   * may be cut from a free one of any size: kept for tensors of their own size, large free blocks
   * grow in number for thousands of steps where texts have many lengths. Large pages, where the
   * system gives them to those who ask, save looking up where small ones are.
   */
  static final String OPTIONS =
      "narenas:1,dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0,"
          + "lg_extent_max_active_fit:30,thp:always";

  // A table of virtual functions, in words: what stands before it, two destructors, and then
  private static final int BEFORE = 2;
  private static final int ALLOCATE = BEFORE + 2;
  private static final int RAW_DELETER = BEFORE + 4;
  private static final int TABLE = BEFORE + 6;

  /** The processor as libtorch writes it into a {@code DataPtr}: kind 0, of no number. */
  private static final short PROCESSOR = (short) 0xFF00;

  private static final long PAGE = 4096;
  private static final long REFUSED = -1;
  private static final byte ABOVE_ALL_OTHERS = Byte.MAX_VALUE;

  /** {@code DataPtr allocate(size_t)}: rdi says where the result goes, rdx how many bytes. */
  private static final String ALLOCATE_CODE =
      """
      48 85 d2              test rdx, rdx        no bytes are the original's business
      74 44                 jz   original
      57                    push rdi
      52                    push rdx
      48 83 ec 08           sub  rsp, 8          calls want it a multiple of 16
      bf 40 00 00 00        mov  edi, 64         alignment
      48 89 d6              mov  rsi, rdx
      48 b8 {aligned_alloc} mov  rax, …
      ff d0                 call rax
      48 83 c4 08           add  rsp, 8
      5a                    pop  rdx
      5f                    pop  rdi
      48 85 c0              test rax, rax
      74 1f                 jz   original
      48 89 07              mov  [rdi], rax      data
      48 89 47 10           mov  [rdi+16], rax   what the deleter is given
      48 b8 {free}          mov  rax, …
      48 89 47 08           mov  [rdi+8], rax    the deleter
      66 c7 47 18 00 ff     mov  word [rdi+24]   the processor
      48 89 f8              mov  rax, rdi
      c3                    ret
      48 be {object}        mov  rsi, …          original: on its own object
      48 b8 {allocate}      mov  rax, …
      ff e0                 jmp  rax
      """;

  private static final String RAW_DELETER_CODE =
      """
      48 b8 {free}          mov  rax, …
      c3                    ret
      """;

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final Linker LINKER = Linker.nativeLinker();
  private static final String OURS = "jemalloc's";
  private static String name = "the system's";

  private TensorHeap() {}

  /** Whether it is in use. */
  static boolean used() {
    return name.equals(OURS);
  }

  /** Whose heap tensors live in. */
  static String name() {
    return name;
  }

  /** Takes the place of libtorch's allocator, where the machine and the user allow it. */
  static void use() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")
        || "system".equals(System.getenv(CHOICE))) {
      return;
    }
    try {
      name = replace() ? OURS : "the system's (libtorch or the system does not allow jemalloc's)";
    } catch (Throwable e) {
      name = "the system's (jemalloc's does not load: %s)".formatted(e);
    }
  }

  private static boolean replace() throws Throwable {
    MethodHandle getter =
        libtorch("_ZN3c1015GetCPUAllocatorEv", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    MethodHandle setter =
        libtorch(
            "_ZN3c1015SetCPUAllocatorEPNS_9AllocatorEh",
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_BYTE));
    long object = (long) getter.invokeExact();
    long[] table = words(words(object, 1)[0] - BEFORE * Long.BYTES, TABLE);
    if (!gives(object, table)) {
      return false;
    }
    SymbolLookup jemalloc = jemalloc();
    Map<String, Long> addresses =
        Map.of(
            "aligned_alloc",
            jemalloc.findOrThrow("je_aligned_alloc").address(),
            "free",
            jemalloc.findOrThrow("je_free").address(),
            "object",
            object,
            "allocate",
            table[ALLOCATE]);
    byte[] allocate = code(ALLOCATE_CODE, addresses);
    long page = executable(allocate, code(RAW_DELETER_CODE, addresses));
    if (page == REFUSED) {
      return false;
    }
    table[ALLOCATE] = page;
    table[RAW_DELETER] = page + allocate.length;
    MemorySegment made = Arena.global().allocate(ValueLayout.JAVA_LONG, TABLE + 1);
    MemorySegment.copy(table, 0, made, ValueLayout.JAVA_LONG, 0, TABLE);
    long functions = made.address() + BEFORE * Long.BYTES;
    made.setAtIndex(ValueLayout.JAVA_LONG, TABLE, functions); // the object: it has nothing else
    setter.invokeExact(made.address() + TABLE * Long.BYTES, ABOVE_ALL_OTHERS);
    return true;
  }

  /** Whether what an allocator gives is laid out as the code above writes it. */
  private static boolean gives(long object, long[] table) throws Throwable {
    var address = ValueLayout.JAVA_LONG;
    MethodHandle allocate =
        function(table[ALLOCATE], FunctionDescriptor.of(address, address, address, address));
    MethodHandle deleter = function(table[RAW_DELETER], FunctionDescriptor.of(address, address));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment given = arena.allocate(4 * Long.BYTES);
      long where = (long) allocate.invokeExact(given.address(), object, 1L);
      long data = given.getAtIndex(address, 0);
      long frees = given.getAtIndex(address, 1);
      boolean known =
          where == given.address()
              && data == given.getAtIndex(address, 2)
              && frees == (long) deleter.invokeExact(object)
              && given.get(ValueLayout.JAVA_SHORT, 3 * Long.BYTES) == PROCESSOR;
      function(frees, FunctionDescriptor.ofVoid(address)).invokeExact(data);
      return known;
    }
  }

  private static SymbolLookup jemalloc() throws IOException {
    return SymbolLookup.libraryLookup(
        Loader.cacheResource(TensorHeap.class, LIBRARY).toPath(), Arena.global());
  }

  /** Instructions from lines of hexadecimal bytes and {names}, 22 columns wide. */
  private static byte[] code(String lines, Map<String, Long> addresses) {
    StringBuilder hex = new StringBuilder();
    for (String line : lines.split("\n")) {
      hex.append(
          NAME.matcher(line.substring(0, 22))
              .replaceAll(name -> littleEndian(requireNonNull(addresses.get(name.group(1))))));
    }
    return HexFormat.of().parseHex(hex.toString().replace(" ", ""));
  }

  private static String littleEndian(long word) {
    return HexFormat.of().toHexDigits(Long.reverseBytes(word));
  }

  /** A page of code, never writable and executable at once; -1 where the system allows none. */
  private static long executable(byte[]... functions) throws Throwable {
    var number = ValueLayout.JAVA_INT;
    var size = ValueLayout.JAVA_LONG;
    MethodHandle mmap =
        system("mmap", FunctionDescriptor.of(size, size, size, number, number, number, size));
    MethodHandle mprotect = system("mprotect", FunctionDescriptor.of(number, size, size, number));
    int readWrite = 3;
    int readExecute = 5;
    int privateAnonymous = 0x22;
    long page = (long) mmap.invokeExact(0L, PAGE, readWrite, privateAnonymous, -1, 0L);
    if (page == REFUSED) {
      return REFUSED;
    }
    var bytes = MemorySegment.ofAddress(page).reinterpret(PAGE).asByteBuffer();
    for (byte[] function : functions) {
      bytes.put(function);
    }
    return (int) mprotect.invokeExact(page, PAGE, readExecute) == 0 ? page : REFUSED;
  }

  private static long[] words(long address, int count) {
    return MemorySegment.ofAddress(address)
        .reinterpret((long) count * Long.BYTES)
        .toArray(ValueLayout.JAVA_LONG);
  }

  private static MethodHandle libtorch(String name, FunctionDescriptor type) {
    return function(Loader.addressof(name).address(), type);
  }

  private static MethodHandle system(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  private static MethodHandle function(long address, FunctionDescriptor type) {
    return LINKER.downcallHandle(MemorySegment.ofAddress(address), type);
  }
}

package dev.myna.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A stream of random numbers that can be saved and continued.
 *
 * <p>{@link #global} is the one that dropout draws from, unless another one is {@linkplain #call
 * called with}; others are for initialisation and sampling of one's own. Not safe for several
 * threads at once.
 */
public final class Random {
  private static final ScopedValue<Random> CURRENT = ScopedValue.newInstance();
  private static final Random GLOBAL = makeGlobal();

  private final Generator generator;

  private Random(Generator generator) {
    this.generator = generator;
  }

  /** A stream that starts from a seed. */
  public static Random seeded(long seed) {
    Libtorch.load();
    return new Random(Libtorch.immortal(torch.make_generator_cpu(seed)));
  }

  /** The stream of libtorch's processor kernels, dropout's among them. */
  public static Random global() {
    return GLOBAL;
  }

  /** Runs a computation whose dropout draws from this stream. */
  public <T> T call(Supplier<T> computation) {
    return ScopedValue.where(CURRENT, this).call(computation::get);
  }

  /** The stream that dropout draws from here and now. */
  public static Random current() {
    return CURRENT.isBound() ? CURRENT.get() : GLOBAL;
  }

  private static Random makeGlobal() {
    Libtorch.load();
    return new Random(Libtorch.immortal(torch.getDefaultCPUGenerator()));
  }

  /** Starts anew from a seed; the global stream does so on every device. */
  public void seed(long seed) {
    if (this == GLOBAL) {
      torch.manual_seed(seed);
    } else {
      generator.set_current_seed(seed);
    }
  }

  /** Where the stream stands, as bytes (uint8). */
  public Tensor state() {
    return Tensor.own(generator.get_state());
  }

  /** Continues from a {@link #state}. */
  public void state(Tensor state) {
    try {
      generator.set_state(state.raw());
    } catch (RuntimeException e) {
      throw Tensor.explain("random state", e, state);
    }
  }

  /** The next 63 bits. */
  long key() {
    try (Scope scope = Scope.open()) {
      Tensor bits = Tensor.empty(DType.INT64, Device.CPU, 1);
      bits.raw().random_(new GeneratorOptional(generator));
      return bits.toLongs()[0];
    }
  }

  /** Float32 numbers of the standard normal distribution. */
  public Tensor normal(long... shape) {
    return Tensor.own(
        torch.randn(
            shape, new GeneratorOptional(generator), Libtorch.options(DType.FLOAT32, Device.CPU)));
  }

  /** Float32 numbers, uniform in [0, 1). */
  public Tensor uniform(long... shape) {
    return Tensor.own(
        torch.rand(
            shape, new GeneratorOptional(generator), Libtorch.options(DType.FLOAT32, Device.CPU)));
  }

  /** The int64 numbers below {@code n} in random order. */
  public Tensor permutation(long n) {
    return Tensor.own(
        torch.randperm(
            n, new GeneratorOptional(generator), Libtorch.options(DType.INT64, Device.CPU)));
  }
}

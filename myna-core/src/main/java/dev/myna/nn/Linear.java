package dev.myna.nn;

import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code x · weightᵀ + bias}, over the last dimension. */
public final class Linear extends Module {
  /** Something that adds to the output of a linear layer without changing its weight: LoRA. */
  @FunctionalInterface
  public interface Adapter {
    /**
     * @param x the layer's input (…, in)
     * @param y the layer's output (…, out)
     * @return what the layer gives instead (…, out)
     */
    Tensor adapt(Tensor x, Tensor y);
  }

  private static final Adapter NONE = (x, y) -> y;

  /** With fewer rows, to put weights side by side would take longer than the products. */
  private static final long ROWS = 256;

  private final Tensor weight;
  private final @Nullable Tensor bias;
  private Adapter adapter = NONE;

  /**
   * @param in size of the last dimension of the input
   * @param out size of the last dimension of the output
   */
  public Linear(int in, int out, boolean bias) {
    weight = parameter("weight", out, in);
    this.bias = bias ? parameter("bias", out) : null;
  }

  /**
   * @param x (…, in)
   * @return (…, out)
   */
  public Tensor forward(Tensor x) {
    Tensor input = Precision.operand(x);
    return LeanLinear.fits(input, this)
        ? LeanLinear.of(List.of(input), null, this)
        : adapter.adapt(input, product(input, this));
  }

  /**
   * The layer over what is cheap to compute, which training computes again where that saves memory.
   *
   * @param given (…, X) each
   * @param cheap from what is given to (…, in), without anything random
   * @return (…, out)
   */
  Tensor forward(List<Tensor> given, Function<List<Tensor>, Tensor> cheap) {
    return LeanLinear.fits(given.getFirst(), this)
        ? LeanLinear.of(given, cheap, this)
        : forward(cheap.apply(given));
  }

  /**
   * Several layers over the same input, by one product where that is worth it.
   *
   * @param x (…, in)
   * @return the output of each, (…, out)
   */
  static List<Tensor> together(Tensor x, Linear... layers) {
    boolean few = x.numel() / x.size(-1) < ROWS;
    if (few || Arrays.stream(layers).anyMatch(layer -> !layer.fits(layers[0]))) {
      return Arrays.stream(layers).map(layer -> layer.forward(x)).toList();
    }
    long[] sizes = Arrays.stream(layers).mapToLong(layer -> layer.weight.size(0)).toArray();
    Tensor input = Precision.operand(x);
    if (LeanLinear.fits(input, layers)) {
      return LeanLinear.of(List.of(input), null, layers).split(sizes, -1);
    }
    return product(input, layers).split(sizes, -1);
  }

  /** Layers side by side, which all have a bias, or none. */
  private static Tensor product(Tensor x, Linear... layers) {
    List<Tensor> weights = Arrays.stream(layers).map(Linear::weight).toList();
    List<Tensor> biases = Arrays.stream(layers).map(Linear::bias).filter(Objects::nonNull).toList();
    return x.linear(
        Precision.parameters(weights), biases.isEmpty() ? null : Precision.parameters(biases));
  }

  /** Whether its own weights, and nothing hooked in, learn. */
  boolean learns() {
    return adapter == NONE && weight.requiresGrad();
  }

  private boolean fits(Linear other) {
    return adapter == NONE && (bias == null) == (other.bias == null);
  }

  /** (out, in). */
  public Tensor weight() {
    return weight;
  }

  /** (out), or null. */
  public @Nullable Tensor bias() {
    return bias;
  }

  /** Hooks an adapter in, in place of the one before. */
  public void adapter(@Nullable Adapter hooked) {
    adapter = hooked == null ? NONE : hooked;
  }
}

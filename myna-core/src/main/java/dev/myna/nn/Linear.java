package dev.myna.nn;

import dev.myna.tensor.Tensor;
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
    Tensor y =
        input.linear(
            Precision.operand(weight), bias == null ? null : Precision.operand(bias)); // (…, out)
    return adapter.adapt(input, y);
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

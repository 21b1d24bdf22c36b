package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The type in which matrix products are computed (mixed precision, Micikevicius et al., 2018).
 * Weights, the stream of residuals, norms and losses stay float32.
 */
public enum Precision {
  FLOAT32(DType.FLOAT32),
  BFLOAT16(DType.BFLOAT16);

  private static final ScopedValue<Precision> CURRENT = ScopedValue.newInstance();

  private final DType dtype;

  Precision(DType dtype) {
    this.dtype = dtype;
  }

  /** The faster one of a device: bfloat16 where it has instructions for it. */
  public static Precision best(Device device) {
    return device.fastBfloat16() ? BFLOAT16 : FLOAT32;
  }

  /** Runs a computation whose products are of this precision; without, they are float32. */
  public <T> T call(Supplier<T> computation) {
    return ScopedValue.where(CURRENT, this).call(computation::get);
  }

  /** That of the computation that runs. */
  static Precision current() {
    return CURRENT.isBound() ? CURRENT.get() : FLOAT32;
  }

  /**
   * {@code x · weightᵀ + bias} in the precision of the computation that runs.
   *
   * @param x (…, in)
   * @param weight (out, in)
   * @param bias (out), or null
   * @return (…, out)
   */
  static Tensor product(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return operand(x).linear(operand(weight), bias == null ? null : operand(bias));
  }

  /** A tensor as an operand of a product, in the precision of the computation that runs. */
  static Tensor operand(Tensor x) {
    return CURRENT.isBound() ? x.to(CURRENT.get().dtype) : x;
  }
}

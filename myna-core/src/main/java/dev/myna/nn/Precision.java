package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What was cast of parameters that do not change while the computation runs. */
  private static final ScopedValue<Map<List<Tensor>, Tensor>> CAST = ScopedValue.newInstance();

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

  /**
   * The same for a computation in which no weight changes, such as an evaluation over many batches
   * or the way there and back of one: where it asks for no gradients, each weight is cast once.
   */
  public <T> T callWithFixedWeights(Supplier<T> computation) {
    Map<List<Tensor>, Tensor> cast = new HashMap<>();
    try {
      return call(() -> ScopedValue.where(CAST, cast).call(computation::get));
    } finally {
      cast.values().forEach(Tensor::free);
    }
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

  /**
   * Parameters, one under the other along the first dimension, as operands of a product.
   *
   * @param parameters of layers side by side, not made for the occasion: they may be remembered
   */
  static Tensor parameters(List<Tensor> parameters) {
    if (!CURRENT.isBound()) {
      return joined(parameters);
    }
    Precision precision = CURRENT.get();
    return Gradients.wanted() ? precision.sideBySide(parameters) : precision.remembered(parameters);
  }

  /** The same in this precision, cast once where weights are fixed; no gradient flows back. */
  Tensor remembered(List<Tensor> parameters) {
    return CAST.isBound() && parameters.getFirst().dtype() != dtype
        ? CAST.get().computeIfAbsent(parameters, all -> sideBySide(all).outliveScopes())
        : sideBySide(parameters);
  }

  /** Parameters, one under the other, in this precision. */
  Tensor sideBySide(List<Tensor> parameters) {
    return joined(parameters.stream().map(parameter -> parameter.to(dtype)).toList());
  }

  private static Tensor joined(List<Tensor> parts) {
    return parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
  }

  /** A tensor as an operand of a product, in the precision of the computation that runs. */
  static Tensor operand(Tensor x) {
    return CURRENT.isBound() ? x.to(CURRENT.get().dtype) : x;
  }
}

package dev.myna.nn;

import dev.myna.tensor.Tensor;
import java.util.List;

/** A learned vector for each id. */
public final class Embedding extends Module {
  private final Tensor weight;

  public Embedding(int vocabulary, int width) {
    weight = parameter("weight", vocabulary, width);
  }

  /**
   * @param ids of any shape
   * @return (…, C)
   */
  public Tensor forward(Tensor ids) {
    return weight.embedding(ids);
  }

  /** Logits by the same table: (…, C) to (…, V). */
  public Tensor logits(Tensor hidden) {
    return Precision.operand(hidden).linear(Precision.parameters(List.of(weight)), null);
  }

  /** (V, C). */
  public Tensor weight() {
    return weight;
  }
}

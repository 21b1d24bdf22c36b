package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.Tensor;

/**
 * How a model knows where a token stands. Three hooks, of which each kind overrides the one that it
 * needs; the model calls all of them.
 */
public abstract class Positions extends Module {
  /** The positions that a spec describes, for a model of width C. */
  public static Positions of(PositionSpec spec, int width) {
    return switch (spec) {
      case PositionSpec.None none -> new None();
      case PositionSpec.Learned learned -> new Learned(learned.context(), width);
      case PositionSpec.Rotary rotary -> new Rotary(rotary);
    };
  }

  /**
   * Adds to embeddings.
   *
   * @param x (B, T, C)
   * @param positions (1, T) or (B, T)
   * @return (B, T, C)
   */
  public Tensor embed(Tensor x, Tensor positions) {
    return x;
  }

  /**
   * Turns queries or keys.
   *
   * @param x (B, H, T, D)
   * @param positions (1, T) or (B, T)
   * @return (B, H, T, D)
   */
  public Tensor rotate(Tensor x, Tensor positions) {
    return x;
  }

  /**
   * Adds to the scores, by way of the mask.
   *
   * @param mask what is seen
   * @param queries (1, T) or (B, T), positions of the queries
   * @param keys number of key positions S
   */
  public Mask bias(Mask mask, Tensor queries, long keys) {
    return mask;
  }

  /** No knowledge of positions. */
  static final class None extends Positions {}

  /** A learned vector a position. */
  static final class Learned extends Positions {
    private final Tensor weight;

    Learned(int context, int width) {
      weight = parameter("weight", context, width);
    }

    @Override
    public Tensor embed(Tensor x, Tensor positions) {
      return x.add(weight.embedding(positions));
    }
  }
}

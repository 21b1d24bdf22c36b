package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a model knows where a token stands. A few hooks, of which each kind overrides the one that it
 * needs; the model calls all of them.
 */
public abstract class Positions extends Module {
  /** The positions that a spec describes, for a model of width C. */
  public static Positions of(PositionSpec spec, int width) {
    return switch (spec) {
      case PositionSpec.None none -> new None();
      case PositionSpec.Learned learned -> new LearnedPositions(learned, width);
      case PositionSpec.Sinusoidal sinusoidal -> new Sinusoids(sinusoidal, width);
      case PositionSpec.Rotary rotary -> new Rotary(rotary);
      case PositionSpec.RelativeBias bias -> new RelativeBias(bias);
      case PositionSpec.Shaw shaw -> new Shaw(shaw);
      case PositionSpec.Alibi alibi -> new Alibi(alibi);
    };
  }

  /**
   * Adds to embeddings.
   *
   * @param x (B, T, C)
   * @param ids (B, T)
   * @param pass says where they stand
   * @return (B, T, C)
   */
  public Tensor embed(Tensor x, Tensor ids, Pass pass) {
    return x;
  }

  /** Rotates the queries or keys of one pass. */
  @FunctionalInterface
  public interface Rotation {
    /**
     * @param x (B, H, T, D)
     * @return (B, H, T, D)
     */
    Tensor of(Tensor x);
  }

  /**
   * What rotates queries and keys; all layers of a pass can share it.
   *
   * @param positions (1, T) or (B, T)
   */
  public Rotation rotation(Tensor positions) {
    return x -> x;
  }

  /**
   * What is added to the scores alike in all layers of a pass; null where that is nothing, or not
   * alike. The last query stands at the last key.
   *
   * @param queries T
   * @param keys S
   * @return (1, H, T, S)
   */
  public @Nullable Tensor added(long queries, long keys, Tensor like) {
    return null;
  }

  /**
   * Adds to the scores, by way of the mask. The last query stands at the last key.
   *
   * @param mask what is seen
   * @param queries (B, H, T, D)
   * @param scale of the scores
   * @param keys number of key positions S
   */
  public Mask bias(Mask mask, Tensor queries, double scale, long keys) {
    Tensor added = added(queries.size(2), keys, queries);
    return added == null ? mask : new Mask.Biased(mask, added);
  }

  /**
   * How far each key stands after each query: negative for keys before it.
   *
   * @param queries T
   * @param keys S
   * @return (T, S)
   */
  static Tensor distances(long queries, long keys, Tensor like) {
    Tensor standing = Tensor.range(keys - queries, keys, like.device()).unsqueeze(1); // (T, 1)
    return Tensor.range(0, keys, like.device()).sub(standing); // (T, S)
  }

  /** No knowledge of positions. */
  static final class None extends Positions {}
}

package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Which keys a query sees. */
public sealed interface Mask {
  /** Every query sees every key. */
  record All() implements Mask {}

  /** A query sees its own position and all before; the last query stands at the last key. */
  record Causal() implements Mask {}

  /**
   * What another mask shows, and of that only keys that are no padding.
   *
   * @param keys (B, S) boolean: true where there is a token
   */
  record Padding(Mask inner, Tensor keys) implements Mask {}

  Mask ALL = new All();
  Mask CAUSAL = new Causal();

  /**
   * Which keys are seen, (T, S) or (B, 1, T, S) boolean; null where all are.
   *
   * @param queries T
   * @param keys S
   */
  default @Nullable Tensor seen(long queries, long keys, Tensor like) {
    return switch (this) {
      case All all -> null;
      case Causal causal -> queries == 1 ? null : lowerTriangle(queries, keys, like);
      case Padding padding -> {
        Tensor there = padding.keys.unsqueeze(1).unsqueeze(1); // (B, 1, 1, S)
        Tensor inner = padding.inner.seen(queries, keys, like);
        yield inner == null ? there : inner.and(there);
      }
    };
  }

  private static Tensor lowerTriangle(long queries, long keys, Tensor like) {
    Tensor positions = Tensor.range(0, keys, like.device()); // (S)
    Tensor last = Tensor.range(keys - queries, keys, like.device()).unsqueeze(1); // (T, 1)
    return positions.le(last); // (T, S)
  }

  /**
   * Scaled dot-product attention (Vaswani et al., 2017) under this mask.
   *
   * @param q (B, H, T, D)
   * @param k (B, G, S, D)
   * @param v (B, G, S, D)
   * @param scale of the scores
   * @param dropout of the weights
   * @param tap where the weights are wanted, or null
   * @return (B, H, T, D)
   */
  default Tensor attend(
      Tensor q, Tensor k, Tensor v, double scale, double dropout, @Nullable WeightsTap tap) {
    long shared = q.size(1) / k.size(1);
    boolean fused =
        tap == null
            && (q.device() != dev.myna.tensor.Device.CPU
                || q.size(2) > 1 && q.dtype() == DType.FLOAT32);
    if (fused) {
      boolean causal = this instanceof Causal && q.size(2) == k.size(2);
      Tensor keys = shared == 1 ? k : k.repeatInterleave(shared, 1); // (B, H, S, D)
      Tensor values = shared == 1 ? v : v.repeatInterleave(shared, 1); // (B, H, S, D)
      Tensor seen = causal ? null : seen(q.size(2), k.size(2), q);
      return q.attention(keys, values, seen, dropout, causal, scale);
    }
    return products(q, k, v, scale, dropout, tap);
  }

  /** Hears attention weights. */
  @FunctionalInterface
  interface WeightsTap {
    /** (B, H, T, S). */
    void weights(Tensor weights);
  }

  private Tensor products(
      Tensor q, Tensor k, Tensor v, double scale, double dropout, @Nullable WeightsTap tap) {
    long batch = q.size(0);
    long heads = q.size(1);
    long queries = q.size(2);
    long size = q.size(3);
    long groups = k.size(1);
    // Heads that share keys become further queries of one head: no key is copied.
    Tensor folded = q.mul(scale).reshape(batch, groups, -1, size); // (B, G, H/G·T, D)
    Tensor scores =
        folded.matmul(k.transpose(2, 3)).view(batch, heads, queries, -1); // (B, H, T, S)
    Tensor seen = seen(queries, k.size(2), q);
    Tensor weights =
        (seen == null ? scores : scores.maskedFill(seen.not(), lowest(scores.dtype()))).softmax(-1);
    if (tap != null) {
      tap.weights(weights);
    }
    Tensor kept = dropout > 0 ? weights.dropout(dropout) : weights;
    return kept.view(batch, groups, -1, k.size(2)) // (B, G, H/G·T, S)
        .matmul(v) // (B, G, H/G·T, D)
        .view(batch, heads, queries, size); // (B, H, T, D)
  }

  /** A score that weighs nothing, and weighs the same everywhere where nothing at all is seen. */
  private static double lowest(DType dtype) {
    return dtype == DType.FLOAT16 ? -65504 : -3.3e38;
  }
}

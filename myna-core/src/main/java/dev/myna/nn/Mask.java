package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
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

  /**
   * What another mask shows, and of that only the last positions up to the query's own.
   *
   * @param size how many positions, the query's own included
   */
  record Window(Mask inner, int size) implements Mask {
    private @Nullable Tensor reach(long queries, long keys, Tensor like) {
      Tensor seen = inner.seen(queries, keys, like);
      if (keys <= size) {
        return seen; // the window is longer than the text
      }
      Tensor positions = Tensor.range(0, keys, like.device()); // (S)
      Tensor first =
          Tensor.range(keys - queries - size, keys - size, like.device()).unsqueeze(1); // (T, 1)
      Tensor near = positions.gt(first); // (T, S)
      return seen == null ? near : seen.and(near);
    }
  }

  /**
   * What another mask shows, with something added to the scores.
   *
   * @param bias (1 or B, H, T, S)
   */
  record Biased(Mask inner, Tensor bias) implements Mask {}

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
      case Window window -> window.reach(queries, keys, like);
      case Biased biased -> biased.inner.seen(queries, keys, like);
      case Padding padding -> {
        Tensor there = padding.keys.unsqueeze(1).unsqueeze(1); // (B, 1, 1, S)
        Tensor inner = padding.inner.seen(queries, keys, like);
        yield inner == null ? there : inner.and(there);
      }
    };
  }

  /** What is added to the scores, (1 or B, H, T, S); null for nothing. */
  default @Nullable Tensor added() {
    return switch (this) {
      case All all -> null;
      case Causal causal -> null;
      case Padding padding -> padding.inner.added();
      case Window window -> window.inner.added();
      case Biased biased -> biased.bias;
    };
  }

  /** The same where queries see a number of positions; all of them where that is 0. */
  default Mask within(int window) {
    return window == 0 ? this : new Window(this, window);
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
   * @param softCap scores are squeezed into ±this; 0 for no cap
   * @param dropout of the weights
   * @param tap where the weights are wanted, or null
   * @return (B, H, T, D)
   */
  default Tensor attend(
      Tensor q,
      Tensor k,
      Tensor v,
      double scale,
      double softCap,
      double dropout,
      @Nullable WeightsTap tap) {
    // Where libtorch's fused kernel is slow.
    boolean slow = q.device() == Device.CPU && (dropout > 0 || q.dtype() != DType.FLOAT32);
    boolean row = q.size(2) == 1;
    if (tap != null || softCap != 0 || (row && slow)) {
      return products(q, k, v, scale, softCap, dropout, tap);
    }
    if (row && dropout == 0) {
      return one(q, k, v, scale);
    }
    long shared = q.size(1) / k.size(1);
    Tensor keys = shared == 1 ? k : k.repeatInterleave(shared, 1); // (B, H, S, D)
    Tensor values = shared == 1 ? v : v.repeatInterleave(shared, 1); // (B, H, S, D)
    if (slow) {
      Tensor added = (causal() ? withoutCausal() : this).addedMask(q, k.size(2));
      return BlockAttention.attend(q, keys, values, scale, causal(), added, dropout);
    }
    boolean causal = causalAlone(k.size(2)) && q.size(2) == k.size(2);
    return q.attention(
        keys, values, causal ? null : scoreMask(q, k.size(2)), dropout, causal, scale);
  }

  /** One query a text; heads that share keys become further queries of one head. */
  private Tensor one(Tensor q, Tensor k, Tensor v, double scale) {
    long groups = k.size(1);
    Tensor mask = scoreMask(q, k.size(2)); // (B or 1, H or 1, 1, S)
    if (mask != null && mask.dim() == 4 && mask.size(1) > 1) {
      mask = mask.view(mask.size(0), groups, -1, k.size(2));
    }
    return q.reshape(q.size(0), groups, -1, q.size(3)) // (B, G, H/G, D)
        .attention(k, v, mask, 0, false, scale)
        .reshape(q.shape());
  }

  /** Whether no query sees a later key. */
  private boolean causal() {
    return switch (this) {
      case All all -> false;
      case Causal causal -> true;
      case Padding padding -> padding.inner.causal();
      case Window window -> window.inner.causal();
      case Biased biased -> biased.inner.causal();
    };
  }

  /** What this shows, and later keys too. */
  private Mask withoutCausal() {
    return switch (this) {
      case All all -> all;
      case Causal causal -> ALL;
      case Padding padding -> new Padding(padding.inner.withoutCausal(), padding.keys);
      case Window window -> new Window(window.inner.withoutCausal(), window.size);
      case Biased biased -> new Biased(biased.inner.withoutCausal(), biased.bias);
    };
  }

  /** What is added to the scores, (1 or B, 1 or H, 1 or T, S); null for nothing. */
  private @Nullable Tensor addedMask(Tensor q, long keys) {
    Tensor mask = scoreMask(q, keys);
    if (mask == null || mask.dtype() != DType.BOOL) {
      return mask;
    }
    Tensor hidden =
        Tensor.zeros(DType.FLOAT32, q.device(), mask.shape())
            .maskedFill(mask.not(), lowest(q.dtype()))
            .to(q.dtype());
    return hidden.dim() == 4 ? hidden : hidden.view(1, 1, hidden.size(0), hidden.size(1));
  }

  /** Whether this shows exactly what {@link Causal} shows. */
  private boolean causalAlone(long keys) {
    return switch (this) {
      case Causal causal -> true;
      case Window window -> keys <= window.size && window.inner.causalAlone(keys);
      case All all -> false;
      case Padding padding -> false;
      case Biased biased -> false;
    };
  }

  /** What the fused kernel is told: boolean where nothing is added, else added to the scores. */
  private @Nullable Tensor scoreMask(Tensor q, long keys) {
    Tensor seen = seen(q.size(2), keys, q);
    Tensor added = added();
    if (added == null) {
      return seen;
    }
    Tensor bias = added.to(q.dtype());
    return seen == null ? bias : bias.maskedFill(seen.not(), lowest(q.dtype()));
  }

  /** Hears attention weights. */
  @FunctionalInterface
  interface WeightsTap {
    /** (B, H, T, S). */
    void weights(Tensor weights);
  }

  private Tensor products(
      Tensor q,
      Tensor k,
      Tensor v,
      double scale,
      double softCap,
      double dropout,
      @Nullable WeightsTap tap) {
    long batch = q.size(0);
    long heads = q.size(1);
    long queries = q.size(2);
    long size = q.size(3);
    long groups = k.size(1);
    // Heads that share keys become further queries of one head: no key is copied.
    Tensor folded = q.mul(scale).reshape(batch, groups, -1, size); // (B, G, H/G·T, D)
    boolean row = folded.size(2) == 1;
    Tensor plain =
        (row ? folded.mul(k).sum(-1, false) : folded.matmul(k.transpose(2, 3)))
            .view(batch, heads, queries, -1); // (B, H, T, S)
    Tensor capped = softCap == 0 ? plain : plain.div(softCap).tanh().mul(softCap);
    Tensor added = added();
    Tensor scores = added == null ? capped : capped.add(added.to(capped.dtype()));
    Tensor seen = seen(queries, k.size(2), q);
    Tensor weights =
        (seen == null ? scores : scores.maskedFill(seen.not(), lowest(scores.dtype()))).softmax(-1);
    if (tap != null) {
      tap.weights(weights);
    }
    Tensor kept = dropout > 0 ? weights.dropout(dropout) : weights;
    return (row
            ? kept.view(batch, groups, k.size(2), 1).mul(v).sum(2, false)
            : kept.view(batch, groups, -1, k.size(2)).matmul(v)) // (B, G, H/G·T, D)
        .view(batch, heads, queries, size); // (B, H, T, D)
  }

  /** A score that weighs nothing, and weighs the same everywhere where nothing at all is seen. */
  static double lowest(DType dtype) {
    return dtype == DType.FLOAT16 ? -65504 : -3.3e38;
  }
}

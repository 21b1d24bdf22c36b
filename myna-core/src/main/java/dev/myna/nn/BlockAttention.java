package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention (Vaswani et al., 2017) by products of matrices, a block of queries
 * at a time, with a backward pass of its own.
 *
 * <p>Under a causal mask a block's keys end where its queries do, so that little of what nobody
 * sees is computed. Scores are masked in place, and only weights are kept for the way back.
 */
final class BlockAttention {
  /** Queries of a block where later keys can be left out; fewer would copy keys more often. */
  private static final long ROWS = 128;

  /**
   * A block of queries and what it kept.
   *
   * @param weights (B·H, T′, S′) before dropout
   * @param kept factors of dropout, or null
   */
  private record Block(long from, long rows, long keys, Tensor weights, @Nullable Tensor kept) {
    Tensor dropped() {
      return kept == null ? weights : weights.mul(kept);
    }
  }

  /** What is known on the way back of what was added to the scores. */
  private record Bias(long[] shape, DType dtype, boolean learns) {}

  private final Tensor q; // (B·H, T, D), scaled
  private final Tensor k; // (B·H, S, D)
  private final Tensor v; // (B·H, S, D)
  private final double scale;
  private final List<Block> blocks = new ArrayList<>();

  private BlockAttention(Tensor q, Tensor k, Tensor v, double scale) {
    this.q = q;
    this.k = k;
    this.v = v;
    this.scale = scale;
  }

  /**
   * @param q (B, H, T, D)
   * @param k (B, H, S, D)
   * @param v (B, H, S, D)
   * @param causal whether a query sees only its own position and those before
   * @param added to the scores, (1 or B, 1 or H, 1 or T, S); null for nothing
   * @param dropout of the weights
   * @return (B, H, T, D)
   */
  static Tensor attend(
      Tensor q,
      Tensor k,
      Tensor v,
      double scale,
      boolean causal,
      @Nullable Tensor added,
      double dropout) {
    long[] shape = q.shape();
    List<Tensor> inputs = added == null ? List.of(q, k, v) : List.of(q, k, v, added);
    Bias bias = added == null ? null : new Bias(added.shape(), added.dtype(), added.requiresGrad());
    boolean learning = Gradients.wanted() && inputs.stream().anyMatch(Tensor::requiresGrad);
    Tensor out;
    BlockAttention attention;
    try (Gradients off = Gradients.off()) {
      attention = new BlockAttention(flat(q.mul(scale)), flat(k), flat(v), scale);
      out =
          attention
              .forward(shape, causal, added, dropout, learning)
              .view(shape[0], shape[1], shape[2], v.size(3));
    }
    return learning
        ? out.withBackward(inputs, attention.saved(), g -> attention.backward(shape, flat(g), bias))
        : out;
  }

  private List<Tensor> saved() {
    List<Tensor> saved = new ArrayList<>(List.of(q, k, v));
    for (Block block : blocks) {
      saved.add(block.weights);
      if (block.kept != null) {
        saved.add(block.kept);
      }
    }
    return saved;
  }

  /** (B, H, T, D) to (B·H, T, D), in one block of memory. */
  private static Tensor flat(Tensor x) {
    return x.reshape(-1, x.size(2), x.size(3)).makeContiguous();
  }

  private Tensor forward(
      long[] shape, boolean causal, @Nullable Tensor added, double dropout, boolean learning) {
    long queries = q.size(1);
    long size = causal ? ROWS : queries;
    List<Tensor> parts = new ArrayList<>();
    for (long from = 0; from < queries; from += size) {
      long rows = Math.min(size, queries - from);
      long keys = causal ? k.size(1) - queries + from + rows : k.size(1);
      try (Scope scope = Scope.open()) {
        Tensor scores =
            q.narrow(1, from, rows).matmul(k.narrow(1, 0, keys).transpose(1, 2)); // (B·H, T′, S′)
        if (causal && rows > 1) {
          scores.narrow(2, keys - rows, rows).add_(later(rows, scores));
        }
        if (added != null) {
          Tensor some = added.size(2) == 1 ? added : added.narrow(2, from, rows);
          scores
              .view(shape[0], shape[1], rows, keys)
              .add_(some.narrow(3, 0, keys).to(scores.dtype()));
        }
        Tensor weights = scores.softmax(-1);
        Tensor kept =
            dropout > 0 ? Tensor.ones(weights.shape()).to(weights.dtype()).dropout(dropout) : null;
        Block block = new Block(from, rows, keys, weights, kept);
        parts.add(scope.keep(block.dropped().matmul(v.narrow(1, 0, keys)))); // (B·H, T′, D)
        if (learning) {
          blocks.add(block);
          scope.keep(weights);
          if (kept != null) {
            scope.keep(kept);
          }
        }
      }
    }
    return parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 1); // (B·H, T, D)
  }

  /** What hides later keys from the queries of a block, (T′, T′). */
  private static Tensor later(long rows, Tensor like) {
    return Tensor.full(Mask.lowest(like.dtype()), DType.FLOAT32, like.device(), rows, rows)
        .triu(1)
        .to(like.dtype());
  }

  /** The last block, which saw all keys, is the first to go back: others add to what it gave. */
  private List<Tensor> backward(long[] shape, Tensor gradient, @Nullable Bias added) {
    Tensor queries = Tensor.empty(q.dtype(), q.device(), q.shape());
    Tensor keys = null;
    Tensor values = null;
    Tensor bias =
        added != null && added.learns ? Tensor.zeros(DType.FLOAT32, q.device(), added.shape) : null;
    for (Block block : blocks.reversed()) {
      try (Scope scope = Scope.open()) {
        Tensor of = gradient.narrow(1, block.from, block.rows); // (B·H, T′, D)
        Tensor some = k.narrow(1, 0, block.keys);
        values = sum(values, block.dropped().transpose(1, 2).matmul(of), scope); // (B·H, S, D)
        Tensor weights = of.matmul(v.narrow(1, 0, block.keys).transpose(1, 2)); // (B·H, T′, S′)
        Tensor scores =
            (block.kept == null ? weights : weights.mul(block.kept))
                .softmaxGradient(block.weights); // (B·H, T′, S′)
        queries.narrow(1, block.from, block.rows).copy_(scores.matmul(some).mul_(scale));
        keys = sum(keys, scores.transpose(1, 2).matmul(q.narrow(1, block.from, block.rows)), scope);
        if (bias != null) {
          addBias(bias, scores.view(shape[0], shape[1], block.rows, block.keys), block);
        }
      }
    }
    long[] keyShape = {shape[0], shape[1], k.size(1), -1};
    List<Tensor> all =
        new ArrayList<>(
            List.of(
                queries.view(shape),
                Objects.requireNonNull(keys).view(keyShape),
                Objects.requireNonNull(values).view(keyShape)));
    if (added != null) {
      all.add(bias == null ? queries : bias.to(added.dtype)); // who learns nothing takes anything
    }
    return all;
  }

  private static Tensor sum(@Nullable Tensor earlier, Tensor part, Scope scope) {
    if (earlier == null) {
      return scope.keep(part);
    }
    earlier.narrow(1, 0, part.size(1)).add_(part);
    return earlier;
  }

  /** Adds the gradient of scores (B, H, T′, S′), summed where the bias was spread. */
  private static void addBias(Tensor bias, Tensor scores, Block block) {
    Tensor sum = scores.to(DType.FLOAT32);
    for (int dim = 0; dim < 3; dim++) {
      if (bias.size(dim) == 1) {
        sum = sum.sum(dim, true);
      }
    }
    Tensor rows = bias.size(2) == 1 ? bias : bias.narrow(2, block.from, block.rows);
    rows.narrow(3, 0, block.keys).add_(sum);
  }
}

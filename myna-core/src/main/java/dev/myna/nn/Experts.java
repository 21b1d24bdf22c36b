package dev.myna.nn;

import dev.myna.spec.FeedForwardSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Random;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several feed-forward layers, of which a router chooses a few for each token (Shazeer et al.,
 * 2017; Jiang et al., 2024).
 *
 * <p>Tokens are grouped by expert, so that each expert computes one product over all its tokens and
 * none over others.
 */
final class Experts extends FeedForward {
  private final FeedForwardSpec.Experts spec;
  private final int layer;
  private final Linear router;
  private final List<Gated> experts;

  Experts(FeedForwardSpec.Experts spec, int width, int layer, double dropout) {
    this.spec = spec;
    this.layer = layer;
    router = child("router", new Linear(width, spec.experts(), false));
    experts =
        IntStream.range(0, spec.experts())
            .mapToObj(i -> child("expert" + i, new Gated(spec.expert(), width, dropout)))
            .toList();
  }

  @Override
  public Tensor forward(Tensor x, Pass pass) {
    Tensor flat = jittered(x.reshape(-1, x.size(-1))); // (N, C)
    Tensor logits = router.forward(flat).to(DType.FLOAT32); // (N, E)
    pass.taps().routing(layer, logits);
    Tensor.Pair chosen = logits.softmax(-1).topk(spec.perToken(), -1); // (N, K)
    Tensor weights = chosen.values().div(chosen.values().sum(-1, true)); // (N, K)
    return dispatched(flat, weights, chosen.indices().toInts()).view(x.shape());
  }

  private Tensor jittered(Tensor x) {
    if (!training() || spec.jitter() == 0) {
      return x;
    }
    Tensor noise =
        Random.current().uniform(x.shape()).mul(2 * spec.jitter()).add(1 - spec.jitter());
    return x.mul(noise.to(x.device()).to(x.dtype()));
  }

  /**
   * @param x (N, C)
   * @param weights (N, K)
   * @param chosen N·K experts, those of one token one after another
   * @return (N, C)
   */
  private Tensor dispatched(Tensor x, Tensor weights, int[] chosen) {
    int[] counts = new int[spec.experts()];
    for (int expert : chosen) {
      counts[expert]++;
    }
    int[] order = grouped(chosen, counts); // places in N·K, expert by expert
    int[] rows = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      rows[i] = order[i] / spec.perToken();
    }
    Tensor tokens = Tensor.of(rows).to(x.device()); // (N·K)
    Tensor gathered = x.indexSelect(0, tokens); // (N·K, C)
    List<Tensor> results = new ArrayList<>();
    long from = 0;
    for (int expert = 0; expert < counts.length; expert++) {
      if (counts[expert] > 0) {
        results.add(experts.get(expert).of(gathered.narrow(0, from, counts[expert])));
        from += counts[expert];
      }
    }
    Tensor shares =
        weights.reshape(-1, 1).indexSelect(0, Tensor.of(order).to(x.device())); // (N·K, 1)
    Tensor weighted = Tensor.cat(results, 0).to(DType.FLOAT32).mul(shares); // (N·K, C)
    Tensor zero = Tensor.zeros(DType.FLOAT32, x.device(), x.shape());
    return zero.indexAdd(0, tokens, weighted); // (N, C)
  }

  private static int[] grouped(int[] chosen, int[] counts) {
    int[] next = new int[counts.length];
    for (int expert = 1; expert < counts.length; expert++) {
      next[expert] = next[expert - 1] + counts[expert - 1];
    }
    int[] order = new int[chosen.length];
    for (int place = 0; place < chosen.length; place++) {
      order[next[chosen[place]]++] = place;
    }
    return order;
  }
}

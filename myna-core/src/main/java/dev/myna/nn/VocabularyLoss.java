package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Mean cross-entropy of what a last layer says of each token.
 *
 * <p>The logits of all tokens at once are the largest tensor of a training: of 8 texts of 1,024
 * tokens over 50,257 ids 1.6 GB, and as much again for their gradient. So they are made for a chunk
 * of tokens at a time, its gradient is taken at once, and they are gone before the next. Tokens
 * that do not count are not looked at.
 */
public final class VocabularyLoss {
  /** Logits of a chunk, so many or somewhat more: 32 MB. */
  private static final long LOGITS = 1L << 23;

  /** With fewer tokens at a time, going over the weights would take longer than the products. */
  private static final long TOKENS = 256;

  private final UnaryOperator<Tensor> layer;
  private final List<Tensor> weights;
  private final long chunk;

  /**
   * @param layer makes logits (N, V) of states (N, C)
   * @param weights all that the layer computes with
   * @param vocabulary V
   */
  public static VocabularyLoss of(
      UnaryOperator<Tensor> layer, List<Tensor> weights, long vocabulary) {
    return new VocabularyLoss(layer, weights, Math.max(TOKENS, LOGITS / vocabulary));
  }

  /**
   * @param chunk how many tokens are looked at at a time
   */
  VocabularyLoss(UnaryOperator<Tensor> layer, List<Tensor> weights, long chunk) {
    this.layer = layer;
    this.weights = weights;
    this.chunk = chunk;
  }

  /**
   * @param hidden (…, C)
   * @param targets of as many ids, or {@link Loss#IGNORED}
   * @param smoothing label smoothing (Szegedy et al., 2016)
   * @return a float32 scalar in nats a counted target
   */
  public Tensor mean(Tensor hidden, Tensor targets, double smoothing) {
    Tensor states = hidden.reshape(-1, hidden.size(-1)); // (N, C)
    Tensor wanted = targets.to(DType.INT64).reshape(-1); // (N)
    Tensor counted = wanted.ne(Loss.IGNORED).nonzero().reshape(-1); // (M)
    if (counted.numel() < wanted.numel()) {
      states = states.indexSelect(0, counted); // (M, C)
      wanted = wanted.indexSelect(0, counted); // (M)
    }
    return wanted.numel() <= chunk
        ? whole(states, wanted, smoothing)
        : inChunks(states, wanted, smoothing);
  }

  private Tensor whole(Tensor states, Tensor targets, double smoothing) {
    return layer
        .apply(states)
        .to(DType.FLOAT32)
        .crossEntropy(targets, Loss.IGNORED, smoothing); // (M, V) to ()
  }

  private Tensor inChunks(Tensor states, Tensor targets, double smoothing) {
    List<Tensor> inputs = new ArrayList<>(weights);
    inputs.add(states);
    inputs.removeIf(input -> !Gradients.wanted() || !input.requiresGrad());
    List<Tensor> gradients =
        inputs.stream().map(t -> Tensor.zeros(t.dtype(), t.device(), t.shape())).toList();
    Tensor mean = Tensor.zeros(DType.FLOAT32, states.device());
    long rows = targets.numel();
    for (long from = 0; from < rows; from += chunk) {
      long count = Math.min(chunk, rows - from);
      try (Scope scope = Scope.open()) {
        Tensor part = states.detach().narrow(0, from, count);
        part.requiresGrad(inputs.contains(states));
        Tensor share =
            whole(part, targets.narrow(0, from, count), smoothing).mul((double) count / rows);
        List<Tensor> read = inputs.stream().map(t -> t == states ? part : t).toList();
        List<Tensor> slopes = inputs.isEmpty() ? List.of() : Gradients.of(share, read);
        try (Gradients off = Gradients.off()) {
          mean.add_(share.detach());
          for (int i = 0; i < slopes.size(); i++) {
            Tensor sum = gradients.get(i);
            (inputs.get(i) == states ? sum.narrow(0, from, count) : sum).add_(slopes.get(i));
          }
        }
      }
    }
    return inputs.isEmpty()
        ? mean
        : mean.withBackward(
            inputs, gradients, slope -> gradients.stream().map(g -> g.mul(slope)).toList());
  }
}

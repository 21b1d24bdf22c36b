package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.List;

/** What models are trained to make small. All are float32 scalars, with their graphs. */
public final class Loss {
  /** A target that does not count. */
  public static final int IGNORED = -100;

  /** A probability is known to about so much in float32. */
  private static final double LEAST_UNSURE = 1e-7;

  private Loss() {}

  /**
   * Mean cross-entropy of what is said of each token or text.
   *
   * @param logits (…, V)
   * @param targets of as many ids, or {@link #IGNORED}
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return logits
        .reshape(-1, logits.size(-1)) // (N, V)
        .to(DType.FLOAT32)
        .crossEntropy(targets.to(DType.INT64).reshape(-1), IGNORED, 0);
  }

  /**
   * Mean square of the difference (regression).
   *
   * @param values of any shape
   * @param targets of as many elements
   */
  public static Tensor meanSquare(Tensor values, Tensor targets) {
    return values.to(DType.FLOAT32).reshape(-1).sub(targets.reshape(-1)).pow(2).mean();
  }

  /**
   * Mean cross-entropy of labels that do not exclude each other.
   *
   * @param logits (B, L)
   * @param targets (B, L), each from 0 to 1
   */
  public static Tensor independent(Tensor logits, Tensor targets) {
    Tensor x = logits.to(DType.FLOAT32);
    Tensor spread = x.abs().neg().exp().add(1).log();
    return x.relu().sub(x.mul(targets.to(DType.FLOAT32))).add(spread).mean();
  }

  /**
   * How unevenly routers spread tokens over experts (Fedus et al., 2021): the number chosen per
   * token when they do so evenly, more when they do not.
   *
   * @param routings of each layer, (N, E)
   * @param perToken K
   */
  public static Tensor balance(List<Tensor> routings, int perToken) {
    Tensor shares = Tensor.cat(routings, 0).softmax(-1); // (layers·N, E)
    long rows = shares.size(0);
    long experts = shares.size(1);
    Tensor chosen = shares.detach().topk(perToken, -1).indices().reshape(-1); // (layers·N·K)
    Tensor ones = Tensor.full(1, DType.FLOAT32, shares.device(), chosen.numel());
    Tensor counts =
        Tensor.zeros(DType.FLOAT32, shares.device(), experts)
            .indexAdd(0, chosen, ones)
            .div((double) rows); // (E)
    return counts.mul(shares.mean(0, false)).sum().mul((double) experts);
  }

  /**
   * Cross-entropy where classes weigh differently: the mean over targets by their weights. With
   * smoothing, what is spread over the classes weighs as they do, as in {@code
   * torch.nn.CrossEntropyLoss}.
   *
   * @param logits (N, L)
   * @param targets (N) ids of classes
   * @param weights (L), each above 0
   * @param smoothing label smoothing (Szegedy et al., 2016)
   */
  public static Tensor weighted(Tensor logits, Tensor targets, Tensor weights, double smoothing) {
    return logits
        .to(DType.FLOAT32)
        .crossEntropy(targets.to(DType.INT64), weights, IGNORED, smoothing);
  }

  /**
   * Focal loss (Lin et al., 2017, equation 4): what is known well already counts little.
   *
   * @param logits (N, L)
   * @param targets (N) ids of classes
   * @param focus γ; 0 gives cross-entropy
   */
  public static Tensor focal(Tensor logits, Tensor targets, double focus) {
    return focused(logits, targets, focus).mean();
  }

  /**
   * Focal loss where classes weigh differently (Lin et al., 2017, equation 5, where the weights are
   * called α): the mean over targets by their weights, as {@link #weighted} takes it.
   *
   * @param logits (N, L)
   * @param targets (N) ids of classes
   * @param weights (L), each above 0
   * @param focus γ; 0 gives {@link #weighted}
   */
  public static Tensor focal(Tensor logits, Tensor targets, Tensor weights, double focus) {
    Tensor share = weights.indexSelect(0, targets); // (N)
    return focused(logits, targets, focus).mul(share).sum().div(share.sum());
  }

  /**
   * Focal losses (N) of the targets. Below one, γ makes the slope infinite where nothing is left to
   * learn: there it is cut off.
   */
  private static Tensor focused(Tensor logits, Tensor targets, double focus) {
    Tensor log = chosen(logits, targets); // (N)
    Tensor unsure = log.exp().neg().add(1).clamp(LEAST_UNSURE, 1); // 1 − p
    return unsure.pow(focus).mul(log).neg();
  }

  /** Log-probabilities (N) of the targets. */
  private static Tensor chosen(Tensor logits, Tensor targets) {
    Tensor log = logits.to(DType.FLOAT32).logSoftmax(-1); // (N, L)
    return log.gather(1, targets.unsqueeze(1)).squeeze(1); // (N)
  }

  /**
   * In-batch negatives (van den Oord et al., 2018; Gao et al., 2021): each text must find its own
   * partner among those of the whole batch, by the cosine.
   *
   * @param texts (N, C)
   * @param partners (N, C)
   * @param temperature τ, by which cosines are divided
   */
  public static Tensor inBatch(Tensor texts, Tensor partners, double temperature) {
    Tensor cosines = unit(texts).matmul(unit(partners).transpose(0, 1)); // (N, N)
    Tensor own = Tensor.range(0, texts.size(0), texts.device());
    return crossEntropy(cosines.div(temperature), own);
  }

  /**
   * Triplets (Schroff et al., 2015): each text must be nearer to its like than to its unlike, by a
   * margin of cosine.
   *
   * @param texts (N, C)
   * @param like (N, C)
   * @param unlike (N, C)
   */
  public static Tensor triplet(Tensor texts, Tensor like, Tensor unlike, double margin) {
    Tensor near = cosines(texts, like);
    return cosines(texts, unlike).sub(near).add(margin).relu().mean();
  }

  /**
   * Pairs (Hadsell et al., 2006): likes are drawn together, unlikes pushed apart beyond a margin of
   * cosine distance.
   *
   * @param first (N, C)
   * @param second (N, C)
   * @param alike (N), 1 or 0
   */
  public static Tensor pairs(Tensor first, Tensor second, Tensor alike, double margin) {
    Tensor distance = cosines(first, second).neg().add(1); // (N)
    Tensor yes = alike.to(DType.FLOAT32);
    Tensor apart = distance.neg().add(margin).relu().pow(2);
    return yes.mul(distance.pow(2)).add(yes.neg().add(1).mul(apart)).mean().mul(0.5);
  }

  /**
   * Cosines of vectors side by side.
   *
   * @param a (N, C)
   * @param b (N, C)
   * @return (N), float32
   */
  public static Tensor cosines(Tensor a, Tensor b) {
    return unit(a).mul(unit(b)).sum(-1, false); // (N)
  }

  /** The same vectors (…, C), of length one, in float32. */
  public static Tensor unit(Tensor x) {
    Tensor wide = x.to(DType.FLOAT32);
    return wide.mul(wide.pow(2).sum(-1, true).add(1e-12).rsqrt());
  }
}

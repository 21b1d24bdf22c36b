package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.List;

/** What models are trained to make small. All are float32 scalars, with their graphs. */
public final class Loss {
  /** A target that does not count. */
  public static final int IGNORED = -100;

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
}

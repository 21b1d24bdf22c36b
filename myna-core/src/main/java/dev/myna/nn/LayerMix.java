package dev.myna.nn;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Tensor;
import java.util.List;

/**
 * One state of those of all layers (Peters et al., 2018): {@code γ · Σ softmax(w)ᵢ · norm(hᵢ)}, w
 * and γ learned for the task at hand. Layers are normalised first, as the paper does where layers
 * are of different sizes.
 */
public final class LayerMix extends Module {
  private static final double EPSILON = 1e-5;

  private final Tensor weights;
  private final Tensor scale;

  public LayerMix(int layers) {
    weights = parameter("weights", layers);
    scale = parameter("scale", 1);
    try (Gradients off = Gradients.off()) {
      scale.fill_(1);
    }
  }

  /** All layers alike. */
  public void reset() {
    try (Gradients off = Gradients.off()) {
      weights.zero_();
      scale.fill_(1);
    }
  }

  /**
   * @param layers of one shape, as many as there are weights
   */
  public Tensor forward(List<Tensor> layers) {
    Tensor shares = weights.softmax(0).mul(scale); // (layers)
    Tensor sum = normal(layers.getFirst()).mul(shares.select(0, 0));
    for (int i = 1; i < layers.size(); i++) {
      sum = sum.add(normal(layers.get(i)).mul(shares.select(0, i)));
    }
    return sum;
  }

  private static Tensor normal(Tensor layer) {
    return layer.layerNorm(null, null, EPSILON);
  }
}

package dev.myna.nn;

import dev.myna.spec.NormSpec;
import dev.myna.tensor.Tensor;

/** A normalisation over the width. */
public abstract sealed class Norm extends Module {
  /** The norm that a spec describes. */
  public static Norm of(NormSpec spec, int width) {
    return switch (spec) {
      case NormSpec.Layer layer -> new LayerNorm(width, layer.epsilon());
      case NormSpec.Rms rms -> new RmsNorm(width, rms.epsilon());
    };
  }

  /**
   * @param x (…, C)
   * @return (…, C)
   */
  public abstract Tensor forward(Tensor x);

  /** Zero mean and unit variance, then gain and shift (Ba et al., 2016). */
  static final class LayerNorm extends Norm {
    private final Tensor weight;
    private final Tensor bias;
    private final double epsilon;

    LayerNorm(int width, double epsilon) {
      weight = parameter("weight", width);
      bias = parameter("bias", width);
      this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.layerNorm(weight, bias, epsilon);
    }
  }

  /** Unit root mean square, then gain (Zhang and Sennrich, 2019). */
  static final class RmsNorm extends Norm {
    private final Tensor weight;
    private final double epsilon;

    RmsNorm(int width, double epsilon) {
      weight = parameter("weight", width);
      this.epsilon = epsilon;
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.rmsNorm(weight, epsilon);
    }
  }
}

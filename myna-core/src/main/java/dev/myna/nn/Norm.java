package dev.myna.nn;

import dev.myna.spec.NormSpec;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A normalisation over the width. */
public abstract sealed class Norm extends Module {
  /** The norm that a spec describes. */
  public static Norm of(NormSpec spec, int width) {
    return switch (spec) {
      case NormSpec.Layer layer -> new LayerNorm(layer, width);
      case NormSpec.Rms rms -> new RmsNorm(rms, width);
      case NormSpec.Batch batch -> new BatchNorm(batch, width);
    };
  }

  /**
   * @param x (…, C)
   * @return (…, C)
   */
  public abstract Tensor forward(Tensor x);

  /** Sets it to change nothing but the scale: gains one, shifts zero. */
  public abstract void reset();

  /** Zero mean and unit variance, then gain and shift (Ba et al., 2016). */
  static final class LayerNorm extends Norm {
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final double epsilon;

    LayerNorm(NormSpec.Layer spec, int width) {
      weight = parameter("weight", width);
      bias = spec.bias() ? parameter("bias", width) : null;
      epsilon = spec.epsilon();
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.layerNorm(weight, bias, epsilon);
    }

    @Override
    public void reset() {
      weight.fill_(1);
      if (bias != null) {
        bias.zero_();
      }
    }
  }

  /** Unit root mean square, then gain (Zhang and Sennrich, 2019). */
  static final class RmsNorm extends Norm {
    private final Tensor weight;
    private final NormSpec.Rms spec;

    RmsNorm(NormSpec.Rms spec, int width) {
      this.spec = spec;
      weight = parameter("weight", width);
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.rmsNorm(spec.offset() == 0 ? weight : weight.add(spec.offset()), spec.epsilon());
    }

    @Override
    public void reset() {
      weight.fill_(1 - spec.offset());
    }
  }

  /**
   * Zero mean and unit variance of each element over all positions of all texts, then gain and
   * shift (Ioffe and Szegedy, 2015). Outside training, by running statistics.
   */
  static final class BatchNorm extends Norm {
    private final NormSpec.Batch spec;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor mean;
    private final Tensor variance;

    BatchNorm(NormSpec.Batch spec, int width) {
      this.spec = spec;
      weight = parameter("weight", width);
      bias = parameter("bias", width);
      mean = parameter("mean", width).requiresGrad(false);
      variance = parameter("variance", width).requiresGrad(false);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor rows = x.reshape(-1, x.size(-1)); // (N, C)
      Tensor middle = mean;
      Tensor spread = variance;
      if (training()) {
        middle = rows.mean(0, false); // (C)
        spread = rows.sub(middle).pow(2).mean(0, false); // (C)
        remember(middle, spread, rows.size(0));
      }
      return x.sub(middle).mul(spread.add(spec.epsilon()).rsqrt()).mul(weight).add(bias);
    }

    private void remember(Tensor middle, Tensor spread, long count) {
      try (Gradients off = Gradients.off()) {
        double share = spec.momentum();
        double unbiased = count > 1 ? (double) count / (count - 1) : 1;
        mean.mul_(1 - share).add_(middle.mul(share));
        variance.mul_(1 - share).add_(spread.mul(share * unbiased));
      }
    }

    @Override
    public void reset() {
      weight.fill_(1);
      bias.zero_();
      mean.zero_();
      variance.fill_(1);
    }
  }
}

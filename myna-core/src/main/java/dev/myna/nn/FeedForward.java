package dev.myna.nn;

import dev.myna.spec.Activation;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** The layer of a block that looks at each position alone. */
public abstract sealed class FeedForward extends Module
    permits FeedForward.Mlp, FeedForward.Gated, Experts {
  /**
   * The layer that a spec describes.
   *
   * @param width C
   * @param layer number of the block
   * @param dropout after the activation
   */
  public static FeedForward of(FeedForwardSpec spec, int width, int layer, double dropout) {
    return switch (spec) {
      case FeedForwardSpec.Mlp mlp -> new Mlp(mlp, width, dropout);
      case FeedForwardSpec.Gated gated -> new Gated(gated, width, dropout);
      case FeedForwardSpec.Experts experts -> new Experts(experts, width, layer, dropout);
    };
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public abstract Tensor forward(Tensor x, Pass pass);

  /** The non-linearity itself. */
  public static Tensor activate(Activation activation, Tensor x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> x.relu();
      case RELU6 -> x.clamp(0, 6);
      case RELU_SQUARED -> x.relu().pow(2);
      case LEAKY_RELU -> x.leakyRelu(0.01);
      case GELU -> x.gelu();
      case GELU_CLIPPED -> x.gelu().clamp(-10, 10);
      case GELU_TANH -> x.geluTanh();
      case GELU_QUICK -> x.mul(x.mul(1.702).sigmoid());
      case SILU -> x.silu();
      case HARD_SILU -> x.mul(x.add(3).clamp(0, 6)).div(6);
      case MISH -> x.mul(softplus(x).tanh());
      case LAPLACE -> x.add(-0.707107).div(0.282095 * Math.sqrt(2)).erf().add(1).mul(0.5);
      case SQRT_SOFTPLUS -> softplus(x).sqrt();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
    };
  }

  /** {@code log(1 + exp x)}, written so that large x do not overflow. */
  private static Tensor softplus(Tensor x) {
    return x.relu().add(x.abs().neg().exp().log1p());
  }

  /** The last layer, over what activations make of those before. */
  private static Tensor down(
      Linear layer,
      List<Tensor> hidden,
      Function<List<Tensor>, Tensor> activation,
      Dropout dropout) {
    return dropout.now() > 0
        ? layer.forward(dropout.forward(activation.apply(hidden)))
        : layer.forward(hidden, activation);
  }

  /** Up, activation, down. */
  static final class Mlp extends FeedForward {
    private final Activation activation;
    private final Linear up;
    private final Linear down;
    private final Dropout dropout;

    Mlp(FeedForwardSpec.Mlp spec, int width, double dropout) {
      activation = spec.activation();
      up = child("up", new Linear(width, spec.width(), spec.bias()));
      down = child("down", new Linear(spec.width(), width, spec.bias()));
      this.dropout = child("dropout", new Dropout(dropout));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
      return down(down, List.of(up.forward(x)), of -> activate(activation, of.getFirst()), dropout);
    }
  }

  /** An activated gate times a linear projection, then down (Shazeer, 2020). */
  static final class Gated extends FeedForward {
    private final Activation activation;
    private final Linear gate;
    private final Linear up;
    private final Linear down;
    private final Dropout dropout;

    Gated(FeedForwardSpec.Gated spec, int width, double dropout) {
      activation = spec.activation();
      gate = child("gate", new Linear(width, spec.width(), spec.bias()));
      up = child("up", new Linear(width, spec.width(), spec.bias()));
      down = child("down", new Linear(spec.width(), width, spec.bias()));
      this.dropout = child("dropout", new Dropout(dropout));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
      return of(x);
    }

    /** The same for rows alone: (…, C) to (…, C). */
    Tensor of(Tensor x) {
      List<Tensor> both = Linear.together(x, gate, up); // (…, F) each
      return down(down, both, of -> activate(activation, of.getFirst()).mul(of.getLast()), dropout);
    }
  }
}

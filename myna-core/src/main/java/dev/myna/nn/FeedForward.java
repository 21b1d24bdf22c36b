package dev.myna.nn;

import dev.myna.spec.Activation;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.tensor.Tensor;

/** The layer of a block that looks at each position alone. */
public abstract sealed class FeedForward extends Module {
  /** The layer that a spec describes, for a model of width C. */
  public static FeedForward of(FeedForwardSpec spec, int width) {
    return switch (spec) {
      case FeedForwardSpec.Mlp mlp -> new Mlp(mlp, width);
      case FeedForwardSpec.Gated gated -> new Gated(gated, width);
    };
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public abstract Tensor forward(Tensor x);

  /** The non-linearity itself. */
  public static Tensor activate(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> x.relu();
      case GELU -> x.gelu();
      case GELU_TANH -> x.geluTanh();
      case GELU_QUICK -> x.mul(x.mul(1.702).sigmoid());
      case SILU -> x.silu();
      case TANH -> x.tanh();
    };
  }

  /** Up, activation, down. */
  static final class Mlp extends FeedForward {
    private final Activation activation;
    private final Linear up;
    private final Linear down;

    Mlp(FeedForwardSpec.Mlp spec, int width) {
      activation = spec.activation();
      up = child("up", new Linear(width, spec.width(), spec.bias()));
      down = child("down", new Linear(spec.width(), width, spec.bias()));
    }

    @Override
    public Tensor forward(Tensor x) {
      return down.forward(activate(activation, up.forward(x)));
    }
  }

  /** An activated gate times a linear projection, then down (Shazeer, 2020). */
  static final class Gated extends FeedForward {
    private final Activation activation;
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    Gated(FeedForwardSpec.Gated spec, int width) {
      activation = spec.activation();
      gate = child("gate", new Linear(width, spec.width(), spec.bias()));
      up = child("up", new Linear(width, spec.width(), spec.bias()));
      down = child("down", new Linear(spec.width(), width, spec.bias()));
    }

    @Override
    public Tensor forward(Tensor x) {
      return down.forward(activate(activation, gate.forward(x)).mul(up.forward(x)));
    }
  }
}

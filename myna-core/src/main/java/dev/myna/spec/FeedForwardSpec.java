package dev.myna.spec;

/** The layer of a block that looks at each position alone. */
public sealed interface FeedForwardSpec {
  /** F. */
  int width();

  /** Up, activation, down. */
  record Mlp(int width, Activation activation, boolean bias) implements FeedForwardSpec {
    public Mlp {
      Require.positive("feed-forward width", width);
    }
  }

  /** An activated gate times a linear projection, then down (Shazeer, 2020): SwiGLU with SILU. */
  record Gated(int width, Activation activation, boolean bias) implements FeedForwardSpec {
    public Gated {
      Require.positive("feed-forward width", width);
    }
  }
}

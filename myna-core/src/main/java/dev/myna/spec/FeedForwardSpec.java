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

  /**
   * Several gated layers, of which a router chooses a few for each token (Shazeer et al., 2017;
   * Jiang et al., 2024).
   *
   * @param experts E, how many there are
   * @param perToken K, how many a token goes through
   * @param expert what each of them is
   * @param balance weight of the loss that spreads tokens over experts (Fedus et al., 2021)
   * @param jitter the input is multiplied by noise of 1 ± this while training; 0 for none
   */
  record Experts(int experts, int perToken, Gated expert, double balance, double jitter)
      implements FeedForwardSpec {
    public Experts {
      Require.positive("experts", experts);
      Require.that(
          perToken >= 1 && perToken <= experts,
          "experts per token must be from 1 to the %d experts, found %d",
          experts,
          perToken);
      Require.that(balance >= 0, "balance must not be negative, found %s", balance);
      Require.that(jitter >= 0 && jitter < 1, "jitter must be in [0, 1), found %s", jitter);
    }

    @Override
    public int width() {
      return expert.width();
    }
  }
}

package dev.myna.spec;

import java.util.Locale;

/** How large fresh weights are. */
public sealed interface InitialWeights {
  /** Normal with one deviation for all, as BERT and GPT-2 have them. */
  record Normal(double deviation) implements InitialWeights {
    public Normal {
      Require.that(deviation >= 0, "deviation must not be negative, found %s", deviation);
    }
  }

  /**
   * Normal, of layers with one over the root of what enters a unit, of embeddings with one: for
   * models that scale neither their scores nor what enters their head as others do (T5).
   *
   * @param factor of all deviations
   */
  record ByInputs(double factor) implements InitialWeights {
    public ByInputs {
      Require.that(factor >= 0, "factor must not be negative, found %s", factor);
    }
  }

  /**
   * By what enters and leaves a unit, as {@code torch.nn.init} has them: for any model. Tables of
   * embeddings, which nothing enters, have one over the root of their width (Vaswani et al., 2017,
   * as their program does); biases are zero.
   */
  enum ByFans implements InitialWeights {
    /** Xavier (Glorot and Bengio, 2010): variances of signals and of gradients stay alike. */
    XAVIER_UNIFORM(true, true),
    /** The same with a normal distribution. */
    XAVIER_NORMAL(true, false),
    /** Kaiming (He et al., 2015): variances of signals stay alike where a ReLU halves them. */
    KAIMING_UNIFORM(false, true),
    /** The same with a normal distribution. */
    KAIMING_NORMAL(false, false);

    private final boolean bothWays;
    private final boolean uniform;

    ByFans(boolean bothWays, boolean uniform) {
      this.bothWays = bothWays;
      this.uniform = uniform;
    }

    /**
     * The deviation of a layer's weights: the root of 2 / (in + out), or of 2 / in.
     *
     * @param in what enters a unit
     * @param out what an input goes to
     */
    public double deviation(long in, long out) {
      return Math.sqrt(2.0 / (bothWays ? in + out : in));
    }

    /** Whether weights are uniform, so far from zero that their deviation is the same. */
    public boolean uniform() {
      return uniform;
    }

    /** As it is written in recipes and configurations. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

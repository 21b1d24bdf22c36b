package dev.myna.spec;

/** A normalisation over the width. */
public sealed interface NormSpec {
  /** Added to the variance. */
  double epsilon();

  /**
   * Layer normalisation with gain and shift (Ba et al., 2016).
   *
   * @param bias whether there is a shift
   */
  record Layer(double epsilon, boolean bias) implements NormSpec {
    public Layer {
      Require.that(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
    }

    /** With gain and shift. */
    public Layer(double epsilon) {
      this(epsilon, true);
    }
  }

  /**
   * Root-mean-square normalisation with gain (Zhang and Sennrich, 2019).
   *
   * @param offset added to the stored gain: 1 in Gemma, whose gains are learned around zero
   */
  record Rms(double epsilon, double offset) implements NormSpec {
    public Rms {
      Require.that(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
    }

    /** With the gain as it is stored. */
    public Rms(double epsilon) {
      this(epsilon, 0);
    }
  }

  /**
   * Batch normalisation over all positions of all texts (Ioffe and Szegedy, 2015).
   *
   * @param momentum share of the newest batch in the running statistics
   */
  record Batch(double epsilon, double momentum) implements NormSpec {
    public Batch {
      Require.that(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
      Require.that(momentum > 0 && momentum <= 1, "momentum must be in (0, 1], found %s", momentum);
    }
  }
}

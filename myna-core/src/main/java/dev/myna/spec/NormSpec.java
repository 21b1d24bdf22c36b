package dev.myna.spec;

/** A normalisation over the width. */
public sealed interface NormSpec {
  /** Added to the variance. */
  double epsilon();

  /** Layer normalisation with gain and shift (Ba et al., 2016). */
  record Layer(double epsilon) implements NormSpec {
    public Layer {
      Require.that(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
    }
  }

  /** Root-mean-square normalisation with gain (Zhang and Sennrich, 2019). */
  record Rms(double epsilon) implements NormSpec {
    public Rms {
      Require.that(epsilon > 0, "epsilon must be above 0, found %s", epsilon);
    }
  }
}

package dev.myna.spec;

/** How a model knows where a token stands. */
public sealed interface PositionSpec {
  /** No knowledge of positions but what a causal mask gives. */
  record None() implements PositionSpec {}

  /**
   * A learned vector a position, added to the embedding (GPT, BERT).
   *
   * @param context number of positions
   */
  record Learned(int context) implements PositionSpec {
    public Learned {
      Require.positive("context", context);
    }
  }

  /**
   * Rotary positions (Su et al., 2021): pairs of elements of queries and keys are turned by an
   * angle that grows with the position.
   *
   * @param headSize elements of a head that are turned, an even number
   * @param base of the wavelengths
   * @param scaling how the angles are stretched for contexts longer than those trained on
   */
  record Rotary(int headSize, double base, RotaryScaling scaling) implements PositionSpec {
    public Rotary {
      Require.that(
          headSize > 0 && headSize % 2 == 0, "rotary head size must be even, found %d", headSize);
      Require.that(base > 0, "rotary base must be above 0, found %s", base);
    }
  }
}

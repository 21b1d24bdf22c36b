package dev.myna.spec;

import java.util.OptionalInt;

/** How a model knows where a token stands. */
public sealed interface PositionSpec {
  /** No knowledge of positions but what a causal mask gives. */
  record None() implements PositionSpec {}

  /**
   * A learned vector a position, added to the embedding (GPT, BERT).
   *
   * @param context number of positions
   * @param offset rows of the table before that of the first position (BART, RoBERTa)
   * @param padding an id that stands nowhere: it takes the row before the first, and tokens after
   *     it are counted as if it were not there (RoBERTa)
   */
  record Learned(int context, int offset, OptionalInt padding) implements PositionSpec {
    public Learned {
      Require.positive("context", context);
      Require.that(offset >= 0, "offset must not be negative, found %d", offset);
      Require.that(
          padding.isEmpty() || offset > 0, "padding needs a row of its own: an offset above 0");
    }

    /** A table of the context and nothing more. */
    public Learned(int context) {
      this(context, 0, OptionalInt.empty());
    }
  }

  /**
   * Sines and cosines of falling frequency, added to the embedding (Vaswani et al., 2017).
   *
   * @param interleaved whether sine and cosine of a frequency stand side by side, as in the paper,
   *     or all sines before all cosines, as in Marian
   */
  record Sinusoidal(boolean interleaved) implements PositionSpec {}

  /**
   * A learned bias of each head for the distance of query and key, in buckets that widen with the
   * distance (T5, Raffel et al., 2020); shared by all layers.
   *
   * @param heads H
   * @param buckets how many distances are told apart
   * @param maxDistance from which all distances are alike
   * @param bidirectional whether half of the buckets are for keys after the query
   */
  record RelativeBias(int heads, int buckets, int maxDistance, boolean bidirectional)
      implements PositionSpec {
    public RelativeBias {
      Require.positive("heads", heads);
      int least = bidirectional ? 4 : 2;
      Require.that(buckets >= least, "buckets must be at least %d, found %d", least, buckets);
      int exact = buckets / least;
      Require.that(
          maxDistance > exact, "maxDistance must be above %d, found %d", exact, maxDistance);
    }
  }

  /**
   * A learned vector for each distance, seen by the queries (Shaw et al., 2018): {@code q · a} is
   * added to the score. Distances beyond the largest are taken for it. Shared by all layers and
   * heads; without the paper's second table for values, which it found to add nothing.
   *
   * @param headSize D
   * @param maxDistance k
   */
  record Shaw(int headSize, int maxDistance) implements PositionSpec {
    public Shaw {
      Require.positive("headSize", headSize);
      Require.positive("maxDistance", maxDistance);
    }
  }

  /**
   * A fixed slope a head, times the distance, taken from the score (ALiBi, Press et al., 2022).
   *
   * @param heads H
   */
  record Alibi(int heads) implements PositionSpec {
    public Alibi {
      Require.positive("heads", heads);
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

package dev.myna.spec;

/**
 * How rotary angles are stretched for longer contexts. Meanings and defaults are those of Hugging
 * Face's {@code rope_type}s.
 */
public sealed interface RotaryScaling {
  /** As trained. */
  record None() implements RotaryScaling {}

  /** All positions divided by a factor (Chen et al., 2023). */
  record Linear(double factor) implements RotaryScaling {
    public Linear {
      requireFactor(factor);
    }
  }

  /**
   * The base grows with the length of the text beyond the context ("NTK-aware").
   *
   * @param context length up to which nothing changes
   */
  record Dynamic(double factor, int context) implements RotaryScaling {
    public Dynamic {
      requireFactor(factor);
      Require.positive("context", context);
    }
  }

  /**
   * Low frequencies are stretched, high ones kept, with a ramp between (YaRN, Peng et al., 2023).
   *
   * @param context of the training before stretching
   * @param betaFast rotations over the context above which a frequency is kept
   * @param betaSlow rotations below which it is stretched whole
   * @param magnitude by which sines and cosines are multiplied
   * @param truncate whether the ramp starts and ends at whole dimensions
   */
  record Yarn(
      double factor,
      int context,
      double betaFast,
      double betaSlow,
      double magnitude,
      boolean truncate)
      implements RotaryScaling {
    public Yarn {
      Require.that(factor > 0, "rope factor must be above 0, found %s", factor);
      Require.positive("context", context);
    }

    /** The magnitude that the paper gives for a factor. */
    public static double paperMagnitude(double factor, double scale) {
      return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }
  }

  /**
   * Wavelengths longer than the old context are stretched, short ones kept (LLaMA 3.1).
   *
   * @param context of the training before stretching
   */
  record Llama3(double factor, double lowFactor, double highFactor, int context)
      implements RotaryScaling {
    public Llama3 {
      requireFactor(factor);
      Require.that(
          highFactor > lowFactor,
          "high_freq_factor must be above low_freq_factor, found %s and %s",
          highFactor,
          lowFactor);
      Require.positive("context", context);
    }
  }

  private static void requireFactor(double factor) {
    Require.that(factor >= 1, "rope factor must be at least 1, found %s", factor);
  }
}

package dev.myna.generate;

import org.jspecify.annotations.Nullable;

/** How the next token is chosen. */
public sealed interface Strategy {
  /** Always the likeliest token; of equals, the one with the lowest id. */
  record Greedy() implements Strategy {}

  /**
   * A token drawn from the model's distribution, after temperature and then the cuts in the order
   * of the components. A cut that is null is off.
   *
   * @param temperature divides the logits; below 1 bolder, above 1 more even
   * @param topK keeps the {@code k} likeliest tokens, and all that are level with the last of them
   * @param topP keeps the likeliest tokens up to and including the one that brings their
   *     probability to {@code p} (nucleus sampling, Holtzman et al., 2020)
   * @param minP drops tokens less likely than {@code p} times the likeliest (Nguyen et al., 2024)
   * @param typicalP keeps the tokens whose surprise is nearest to the entropy, up to this
   *     probability (locally typical sampling, Meister et al., 2023)
   * @param seed equal seeds give equal texts
   */
  record Random(
      float temperature,
      @Nullable Integer topK,
      @Nullable Float topP,
      @Nullable Float minP,
      @Nullable Float typicalP,
      long seed)
      implements Strategy {
    public Random {
      check(
          temperature > 0 && Float.isFinite(temperature),
          "temperature",
          "greater than 0 (for the likeliest token always, turn do_sample off)",
          temperature);
      check(topK == null || topK > 0, "top_k", "at least 1, or left out", topK);
      check(inside(topP) && (topP == null || topP > 0), "top_p", "in (0, 1], or left out", topP);
      check(inside(minP), "min_p", "in [0, 1], or left out", minP);
      check(
          inside(typicalP) && (typicalP == null || typicalP > 0),
          "typical_p",
          "in (0, 1], or left out",
          typicalP);
    }

    /** Draws from the whole distribution as the model gives it. */
    public Random(long seed) {
      this(1, null, null, null, null, seed);
    }

    public Random withTemperature(float value) {
      return new Random(value, topK, topP, minP, typicalP, seed);
    }

    public Random withTopK(int value) {
      return new Random(temperature, value, topP, minP, typicalP, seed);
    }

    public Random withTopP(float value) {
      return new Random(temperature, topK, value, minP, typicalP, seed);
    }

    public Random withMinP(float value) {
      return new Random(temperature, topK, topP, value, typicalP, seed);
    }

    public Random withTypicalP(float value) {
      return new Random(temperature, topK, topP, minP, value, seed);
    }

    private static boolean inside(@Nullable Float value) {
      return value == null || (value >= 0 && value <= 1);
    }
  }

  /**
   * Keeps the {@code count} likeliest texts side by side.
   *
   * @param count number of beams, at least 2
   * @param lengthPenalty exponent of the length by which a finished beam's log-probability is
   *     divided: above 0 favours long texts, below 0 short ones
   */
  record Beam(int count, float lengthPenalty, EarlyStopping earlyStopping) implements Strategy {
    public Beam {
      check(count > 1, "num_beams", "at least 2 for a beam search", count);
      check(Float.isFinite(lengthPenalty), "length_penalty", "a finite number", lengthPenalty);
    }

    public Beam(int count) {
      this(count, 1, EarlyStopping.HEURISTIC);
    }
  }

  private static void check(boolean holds, String name, String wanted, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + wanted + ": it is " + found);
    }
  }
}

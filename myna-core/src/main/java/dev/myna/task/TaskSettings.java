package dev.myna.task;

import java.util.Optional;

/**
 * What all tasks want to know.
 *
 * @param rows B, examples of a batch
 * @param length T, most tokens of an example
 * @param smoothing label smoothing (Szegedy et al., 2016): share of the target spread over all
 * @param evaluationBatches most batches of an evaluation; 0 for all there are; empty for all
 *     examples, and as much running text as is enough
 * @param seed of the order of batches, and of everything random in them
 */
public record TaskSettings(
    int rows, int length, double smoothing, Optional<Integer> evaluationBatches, long seed) {
  /** By so many tokens of running text a loss is known to about a hundredth. */
  private static final long TOKENS_ENOUGH = 500_000;

  public TaskSettings {
    if (rows < 1 || length < 1) {
      throw new IllegalArgumentException(
          "a batch wants at least one row and one token, found %d rows of %d"
              .formatted(rows, length));
    }
  }

  /** Most batches of running text that an evaluation reads; 0 for all. */
  int batchesOfText() {
    long enough = TOKENS_ENOUGH / ((long) rows * length) + 1;
    return evaluationBatches.orElse((int) enough);
  }

  /** Most batches of examples that an evaluation looks at; 0 for all. */
  int batchesOfExamples() {
    return evaluationBatches.orElse(0);
  }

  /** Random numbers that follow from the seed and a number alone. */
  java.util.Random random(long number) {
    return new java.util.Random(Permutation.mix(seed ^ Permutation.mix(number)));
  }
}

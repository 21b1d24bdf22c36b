package dev.myna.task;

/**
 * What all tasks want to know.
 *
 * @param rows B, examples of a batch
 * @param length T, most tokens of an example
 * @param smoothing label smoothing (Szegedy et al., 2016): share of the target spread over all
 * @param evaluationBatches batches of an evaluation; 0 for all there are
 * @param seed of the order of batches, and of everything random in them
 */
public record TaskSettings(
    int rows, int length, double smoothing, int evaluationBatches, long seed) {
  public TaskSettings {
    if (rows < 1 || length < 1) {
      throw new IllegalArgumentException(
          "a batch wants at least one row and one token, found %d rows of %d"
              .formatted(rows, length));
    }
  }

  /** Random numbers that follow from the seed and a number alone. */
  java.util.Random random(long number) {
    return new java.util.Random(Permutation.mix(seed ^ Permutation.mix(number)));
  }
}

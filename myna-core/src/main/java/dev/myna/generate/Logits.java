package dev.myna.generate;

import java.util.Arrays;

/** Arithmetic on one row of logits. Sums are in double precision. */
final class Logits {
  private Logits() {}

  /** The place of the greatest value, of equals the first; -1 where all are ruled out. */
  static int argmax(float[] scores) {
    int best = -1;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > greatest) {
        greatest = scores[i];
        best = i;
      }
    }
    return best;
  }

  /** Probabilities; all 0 where all tokens are ruled out. */
  static double[] softmax(float[] scores) {
    double[] chances = new double[scores.length];
    int best = argmax(scores);
    if (best < 0) {
      return chances;
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] != Float.NEGATIVE_INFINITY) {
        chances[i] = Math.exp((double) scores[i] - scores[best]);
        sum += chances[i];
      }
    }
    for (int i = 0; i < chances.length; i++) {
      chances[i] /= sum;
    }
    return chances;
  }

  /** Turns logits into natural log-probabilities, in place. */
  static void logSoftmax(float[] scores) {
    int best = argmax(scores);
    if (best < 0) {
      return;
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp((double) score - scores[best]);
    }
    double log = scores[best] + Math.log(sum);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (scores[i] - log);
    }
  }

  /** Places of the greatest values, the greatest first, of equals the first first. */
  static int[] top(float[] values, int count) {
    int[] best = new int[Math.min(count, values.length)];
    int filled = 0;
    for (int i = 0; i < values.length && best.length > 0; i++) {
      if (filled == best.length && !(values[i] > values[best[filled - 1]])) {
        continue;
      }
      int at = filled < best.length ? filled++ : filled - 1;
      while (at > 0 && values[i] > values[best[at - 1]]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = i;
    }
    return Arrays.copyOf(best, filled);
  }

  /** Refuses a row in which the model's arithmetic broke down. */
  static void checkNumbers(float[] logits, int place) {
    for (float logit : logits) {
      if (Float.isNaN(logit) || logit == Float.POSITIVE_INFINITY) {
        throw new GenerationException(
            "the model's logits of token %d hold %s: its weights are broken, or its precision is too"
                    .formatted(place, logit)
                + " low (try float32)");
      }
    }
  }
}

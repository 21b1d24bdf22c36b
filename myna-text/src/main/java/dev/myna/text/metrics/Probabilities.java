package dev.myna.text.metrics;

/** How well predicted probabilities fit what came out. */
public final class Probabilities {
  /** Probabilities are kept this far from 0 and 1, so that one certain mistake stays finite. */
  private static final double CLIP = Math.ulp(1.0);

  private Probabilities() {}

  /**
   * The mean negative logarithm of the probability of the true class, in nats; equal to
   * scikit-learn's {@code log_loss}.
   *
   * @param truth the true class of each example, from 0
   * @param probabilities one row an example, one column a class
   */
  public static double logLoss(int[] truth, double[][] probabilities) {
    check(truth, probabilities);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum -= Math.log(Math.clamp(probabilities[i][truth[i]], CLIP, 1 - CLIP));
    }
    return sum / truth.length;
  }

  /**
   * Brier's score of two classes: the mean square of the probability's error; 0 to 1.
   *
   * @param truth whether each example is positive
   * @param probabilities of being positive
   */
  public static double brier(boolean[] truth, double[] probabilities) {
    check(truth.length, probabilities);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = probabilities[i] - (truth[i] ? 1 : 0);
      sum += error * error;
    }
    return sum / truth.length;
  }

  /** Brier's score of any number of classes, as he defined it (1950); 0 to 2. */
  public static double brier(int[] truth, double[][] probabilities) {
    check(truth, probabilities);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      for (int k = 0; k < probabilities[i].length; k++) {
        double error = probabilities[i][k] - (truth[i] == k ? 1 : 0);
        sum += error * error;
      }
    }
    return sum / truth.length;
  }

  /**
   * The expected calibration error (Naeini et al., 2015; Guo et al., 2017): how far the confidence
   * in the likeliest class and its accuracy lie apart, over bins of equal width.
   *
   * @param bins usually 10 or 15
   */
  public static double calibrationError(int[] truth, double[][] probabilities, int bins) {
    check(truth, probabilities);
    if (bins < 1) {
      throw new IllegalArgumentException("at least one bin is wanted: " + bins);
    }
    double[] confidence = new double[bins];
    double[] right = new double[bins];
    for (int i = 0; i < truth.length; i++) {
      int best = 0;
      double[] row = probabilities[i];
      for (int k = 1; k < row.length; k++) {
        best = row[k] > row[best] ? k : best;
      }
      // bins are open at their lower end: (0, 0.1], (0.1, 0.2] …
      int bin = Math.clamp((int) Math.ceil(row[best] * bins) - 1, 0, bins - 1);
      confidence[bin] += row[best];
      right[bin] += best == truth[i] ? 1 : 0;
    }
    double error = 0;
    for (int b = 0; b < bins; b++) {
      error += Math.abs(confidence[b] - right[b]);
    }
    return error / truth.length;
  }

  private static void check(int[] truth, double[][] probabilities) {
    if (truth.length == 0 || truth.length != probabilities.length) {
      throw new MetricException(
          "a row of probabilities for each of %,d true classes is wanted, found %,d rows"
              .formatted(truth.length, probabilities.length));
    }
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] < 0 || truth[i] >= probabilities[i].length) {
        throw new MetricException(
            "example %,d has class %d but %d probabilities"
                .formatted(i + 1, truth[i], probabilities[i].length));
      }
      for (double p : probabilities[i]) {
        checkProbability(p, i);
      }
    }
  }

  private static void check(int examples, double[] probabilities) {
    if (examples == 0 || examples != probabilities.length) {
      throw new MetricException(
          "a probability for each of %,d examples is wanted, found %,d"
              .formatted(examples, probabilities.length));
    }
    for (int i = 0; i < examples; i++) {
      checkProbability(probabilities[i], i);
    }
  }

  private static void checkProbability(double p, int i) {
    if (!(p >= 0 && p <= 1)) {
      throw new MetricException(
          "probabilities from 0 to 1 are wanted, found %s in example %,d".formatted(p, i + 1));
    }
  }
}

package dev.myna.text.classify;

/** Numbers to probabilities. */
final class Softmax {
  private Softmax() {}

  /** The logarithm of the sum of the exponentials. */
  static double logSumExp(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      largest = Math.max(largest, v);
    }
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v - largest);
    }
    return largest + Math.log(sum);
  }

  static double[] of(double[] x) {
    double all = logSumExp(x);
    double[] probabilities = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      probabilities[k] = Math.exp(x[k] - all);
    }
    return probabilities;
  }

  static double sigmoid(double z) {
    if (z >= 0) {
      return 1 / (1 + Math.exp(-z));
    }
    double e = Math.exp(z);
    return e / (1 + e);
  }
}

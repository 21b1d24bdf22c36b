package dev.myna.text.classify;

/**
 * A sigmoid of a score: 1 / (1 + exp(a·score + b)), fitted to softened labels (Platt, 1999).
 *
 * @param a slope, below 0 where higher scores are likelier
 * @param b offset
 */
record Platt(double a, double b) {
  private static final double LARGE = 30;

  static Platt fit(double[] scores, boolean[] positive) {
    double positives = 0;
    double largest = 0;
    for (int i = 0; i < scores.length; i++) {
      positives += positive[i] ? 1 : 0;
      largest = Math.max(largest, Math.abs(scores[i]));
    }
    double negatives = scores.length - positives;
    double scale = largest >= LARGE ? largest : 1;
    double high = (positives + 1) / (positives + 2);
    double low = 1 / (negatives + 2);
    double[] x = {0, Math.log((negatives + 1) / (positives + 1))};
    Lbfgs.minimize(
        (at, gradient) -> {
          double loss = 0;
          gradient[0] = 0;
          gradient[1] = 0;
          for (int i = 0; i < scores.length; i++) {
            double score = scores[i] / scale;
            double z = -(at[0] * score + at[1]);
            double target = positive[i] ? high : low;
            double softplus = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
            loss += softplus - target * z;
            double slope = Softmax.sigmoid(z) - target;
            gradient[0] -= slope * score;
            gradient[1] -= slope;
          }
          return loss;
        },
        x,
        1e-8,
        1000);
    return new Platt(x[0] / scale, x[1]);
  }

  double at(double score) {
    return Softmax.sigmoid(-(a * score + b));
  }
}

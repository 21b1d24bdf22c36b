package dev.myna.text.metrics;

import java.util.List;

/**
 * Precision, recall and F-score of a class or of an average over classes, each 0 to 1 and 0 where
 * it is not defined.
 *
 * @param precision the part of the predictions that is right
 * @param recall the part of the true that was found; also called sensitivity
 * @param fscore their harmonic mean, weighted by beta
 * @param specificity the part of the examples of other classes that was not taken for this one
 * @param support how often the class is true
 */
public record ClassScores(
    double precision, double recall, double fscore, double specificity, long support) {
  /** The figures that these counts give. */
  static ClassScores of(Outcomes counts, double beta) {
    double weight = beta * beta;
    double fscore =
        ratio(
            (1 + weight) * counts.truePositives(),
            (1 + weight) * counts.truePositives()
                + weight * counts.falseNegatives()
                + counts.falsePositives());
    return new ClassScores(
        ratio(counts.truePositives(), counts.truePositives() + counts.falsePositives()),
        ratio(counts.truePositives(), counts.support()),
        fscore,
        ratio(counts.trueNegatives(), counts.trueNegatives() + counts.falsePositives()),
        counts.support());
  }

  /** The decisions about one class, counted. */
  record Outcomes(
      long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    long support() {
      return truePositives + falseNegatives;
    }

    Outcomes plus(Outcomes other) {
      return new Outcomes(
          truePositives + other.truePositives,
          falsePositives + other.falsePositives,
          falseNegatives + other.falseNegatives,
          trueNegatives + other.trueNegatives);
    }
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /** Averages over classes; counts are needed for the micro average. */
  static ClassScores average(List<Outcomes> classes, Averaging averaging, double beta) {
    if (averaging == Averaging.MICRO) {
      Outcomes sum = classes.stream().reduce(new Outcomes(0, 0, 0, 0), Outcomes::plus);
      return of(sum, beta);
    }
    double precision = 0;
    double recall = 0;
    double fscore = 0;
    double specificity = 0;
    double weights = 0;
    long support = 0;
    for (Outcomes counts : classes) {
      ClassScores scores = of(counts, beta);
      double weight = averaging == Averaging.WEIGHTED ? counts.support() : 1;
      precision += weight * scores.precision;
      recall += weight * scores.recall;
      fscore += weight * scores.fscore;
      specificity += weight * scores.specificity;
      weights += weight;
      support += counts.support();
    }
    return new ClassScores(
        ratio(precision, weights),
        ratio(recall, weights),
        ratio(fscore, weights),
        ratio(specificity, weights),
        support);
  }
}

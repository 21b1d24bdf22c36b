package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;

/** Fits the three kinds of naive Bayes, each one pass over the entries. */
final class NaiveBayes {
  /** scikit-learn's least alpha: zero would give logarithms of zero. */
  private static final double LEAST_ALPHA = 1e-10;

  private NaiveBayes() {}

  static void checkAlpha(double alpha) {
    if (!(alpha >= 0)) {
      throw new IllegalArgumentException("Alpha is not below 0, but is %s.".formatted(alpha));
    }
  }

  /** Sums (columns, K) of the values, and the weight of each class. */
  private record Counts(double[] sums, double[] classWeight, int columns, int classes) {
    static Counts of(
        SparseMatrix rows, int[] labels, int classes, Weighting weighting, boolean binary) {
      double[] weight = weighting.of(labels, classes);
      double[] sums = new double[Math.multiplyExact(rows.columns(), classes)];
      double[] classWeight = new double[classes];
      int[] starts = rows.starts();
      int[] indices = rows.indices();
      double[] values = rows.values();
      for (int row = 0; row < labels.length; row++) {
        int label = labels[row];
        double w = weight[label];
        classWeight[label] += w;
        for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
          double value = binary ? (values[k] > 0 ? 1 : 0) : values[k];
          if (value < 0) {
            throw new IllegalArgumentException(
                "Naive Bayes counts, so values are not negative, but row %d has %s; use features without signs."
                    .formatted(row, value));
          }
          sums[indices[k] * classes + label] += w * value;
        }
      }
      return new Counts(sums, classWeight, rows.columns(), classes);
    }

    double[] perClass() {
      double[] totals = new double[classes];
      for (int i = 0; i < sums.length; i += classes) {
        for (int k = 0; k < classes; k++) {
          totals[k] += sums[i + k];
        }
      }
      return totals;
    }

    double[] logPrior(boolean learned) {
      double all = Arrays.stream(classWeight).sum();
      double[] prior = new double[classes];
      for (int k = 0; k < classes; k++) {
        prior[k] = learned ? Math.log(classWeight[k]) - Math.log(all) : -Math.log(classes);
      }
      return prior;
    }
  }

  static Classifier fit(
      ClassifierSpec.Multinomial spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting(), false);
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] totals = counts.perClass();
    double[] weights = counts.sums();
    for (int k = 0; k < classes; k++) {
      double all = Math.log(totals[k] + alpha * rows.columns());
      for (int i = k; i < weights.length; i += classes) {
        weights[i] = Math.log(weights[i] + alpha) - all;
      }
    }
    return new LinearClassifier(
        classes, rows.columns(), Link.SOFTMAX, false, weights, counts.logPrior(spec.prior()));
  }

  static Classifier fit(
      ClassifierSpec.Bernoulli spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting(), true);
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] weights = counts.sums();
    double[] intercepts = counts.logPrior(spec.prior());
    for (int k = 0; k < classes; k++) {
      double all = Math.log(counts.classWeight()[k] + 2 * alpha);
      for (int i = k; i < weights.length; i += classes) {
        double present = Math.log(weights[i] + alpha) - all;
        double absent = Math.log1p(-Math.exp(present));
        intercepts[k] += absent;
        weights[i] = present - absent;
      }
    }
    return new LinearClassifier(classes, rows.columns(), Link.SOFTMAX, true, weights, intercepts);
  }

  static Classifier fit(
      ClassifierSpec.Complement spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting(), false);
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] weights = counts.sums();
    double[] totals = counts.perClass();
    double all = Arrays.stream(totals).sum();
    double[] norms = new double[classes];
    for (int i = 0; i < weights.length; i += classes) {
      double column = 0;
      for (int k = 0; k < classes; k++) {
        column += weights[i + k];
      }
      for (int k = 0; k < classes; k++) {
        double rest = column + alpha - weights[i + k];
        double logged = Math.log(rest / (all - totals[k] + alpha * rows.columns()));
        norms[k] += logged;
        weights[i + k] = spec.norm() ? logged : -logged;
      }
    }
    if (spec.norm()) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= norms[i % classes];
      }
    }
    return new LinearClassifier(
        classes, rows.columns(), Link.SOFTMAX, false, weights, new double[classes]);
  }
}

package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.stream.IntStream;

/**
 * Fits the linear support vector machine with squared hinge loss by dual coordinate descent with
 * shrinking (Hsieh and others, 2008, as in LIBLINEAR): minimises |w|² / 2 + C Σ max(0, 1 - y w·x)²,
 * the intercept being the weight of a column of ones.
 */
final class SvmFit {
  private SvmFit() {}

  static Classifier fit(ClassifierSpec.Svm spec, SparseMatrix rows, int[] labels, int classes) {
    int borders = classes == 2 ? 1 : classes;
    double[] byClass = spec.weighting().of(labels, classes);
    int columns = rows.columns();
    double[] weights = new double[Math.multiplyExact(columns, borders)];
    double[] intercepts = new double[borders];
    double[] lengths = new double[rows.rows()];
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = rows.squaredLength(row) + (spec.intercept() ? 1 : 0);
    }
    IntStream.range(0, borders)
        .parallel()
        .forEach(
            border -> {
              int positive = borders == 1 ? 1 : border;
              double[] w = border(spec, rows, labels, positive, byClass, lengths);
              for (int column = 0; column < columns; column++) {
                weights[column * borders + border] = w[column];
              }
              intercepts[border] = spec.intercept() ? w[columns] : 0;
            });
    return new LinearClassifier(classes, columns, Link.MARGIN, false, weights, intercepts);
  }

  /** The weights of one class against the rest, (columns + 1), the intercept last. */
  private static double[] border(
      ClassifierSpec.Svm spec,
      SparseMatrix rows,
      int[] labels,
      int positive,
      double[] byClass,
      double[] lengths) {
    int n = rows.rows();
    int bias = rows.columns();
    int[] starts = rows.starts();
    int[] indices = rows.indices();
    double[] values = rows.values();
    double[] w = new double[bias + 1];
    double[] alpha = new double[n];
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      // As in LIBLINEAR, of more than two classes only the one against the rest has its weight.
      double weight = byClass.length == 2 || labels[i] == positive ? byClass[labels[i]] : 1;
      diagonal[i] = 0.5 / (spec.c() * weight);
    }
    int[] order = IntStream.range(0, n).toArray();
    int active = n;
    double highest = Double.POSITIVE_INFINITY;
    long random = 0x9E3779B97F4A7C15L;
    for (int pass = 0; pass < spec.iterations(); pass++) {
      double most = Double.NEGATIVE_INFINITY;
      double least = Double.POSITIVE_INFINITY;
      for (int s = 0; s < active; s++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        int other = s + (int) ((random >>> 33) % (active - s));
        int i = order[other];
        order[other] = order[s];
        order[s] = i;
        int from = starts[i];
        int to = starts[i + 1];
        double y = labels[i] == positive ? 1 : -1;
        double dot = spec.intercept() ? w[bias] : 0;
        for (int k = from; k < to; k++) {
          dot += values[k] * w[indices[k]];
        }
        double gradient = y * dot - 1 + alpha[i] * diagonal[i];
        double projected = gradient;
        if (alpha[i] == 0) {
          if (gradient > highest) {
            active--;
            order[s] = order[active];
            order[active] = i;
            s--;
            continue;
          }
          projected = Math.min(gradient, 0);
        }
        most = Math.max(most, projected);
        least = Math.min(least, projected);
        if (Math.abs(projected) > 1e-12) {
          double before = alpha[i];
          double curvature = lengths[i] + diagonal[i];
          alpha[i] = curvature > 0 ? Math.max(before - gradient / curvature, 0) : before;
          double step = (alpha[i] - before) * y;
          for (int k = from; k < to; k++) {
            w[indices[k]] += step * values[k];
          }
          if (spec.intercept()) {
            w[bias] += step;
          }
        }
      }
      if (most - least <= spec.tolerance()) {
        if (active == n) {
          break;
        }
        active = n;
        highest = Double.POSITIVE_INFINITY;
      } else {
        highest = most <= 0 ? Double.POSITIVE_INFINITY : most;
      }
    }
    return w;
  }
}

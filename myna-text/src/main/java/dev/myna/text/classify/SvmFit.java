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
  /**
   * How far a step goes beyond the best value of its multiplier (Mangasarian and Musicant, 1999):
   * below 2 the search ends at the same place, and a bit above 1 in fewer passes.
   */
  private static final double RELAXATION = 1.4;

  /** What part of the tolerance a violation must reach to be worth a step. */
  private static final double WORTH_A_STEP = 0.1;

  private final ClassifierSpec.Svm spec;
  private final int[] labels;
  private final double[] byClass;
  private final SvmRows rows;

  private SvmFit(ClassifierSpec.Svm spec, SparseMatrix rows, int[] labels, int classes) {
    this.spec = spec;
    this.labels = labels;
    byClass = spec.weighting().of(labels, classes);
    this.rows = new SvmRows(rows);
  }

  static Classifier fit(ClassifierSpec.Svm spec, SparseMatrix rows, int[] labels, int classes) {
    SvmFit fit = new SvmFit(spec, rows, labels, classes);
    int borders = classes == 2 ? 1 : classes;
    double[] weights = new double[Math.multiplyExact(rows.columns(), borders)];
    double[] intercepts = new double[borders];
    IntStream.range(0, borders)
        .parallel()
        .forEach(
            border -> {
              int positive = borders == 1 ? 1 : border;
              double[] w = new double[fit.rows.shared + 1];
              double[] steps = fit.border(positive, w);
              fit.rows.spread(w, steps, weights, border, borders);
              intercepts[border] = spec.intercept() ? w[fit.rows.shared] : 0;
            });
    return new LinearClassifier(classes, rows.columns(), Link.MARGIN, false, weights, intercepts);
  }

  /**
   * One class against the rest.
   *
   * @param w filled with the weights of the shared columns and, last, of the column of ones
   * @return each row's multiplier times its sign
   */
  private double[] border(int positive, double[] w) {
    int n = labels.length;
    double[] alpha = new double[n];
    double[] diagonal = new double[n];
    double[] sign = new double[n];
    double[] curvature = new double[n];
    for (int i = 0; i < n; i++) {
      // As in LIBLINEAR, of more than two classes only the one against the rest has its weight.
      double weight = byClass.length == 2 || labels[i] == positive ? byClass[labels[i]] : 1;
      double penalty = 0.5 / (spec.c() * weight);
      sign[i] = labels[i] == positive ? 1 : -1;
      diagonal[i] = penalty + rows.own[i];
      curvature[i] = rows.lengths[i] + penalty + (spec.intercept() ? 1 : 0);
    }
    int[] order = IntStream.range(0, n).toArray();
    int active = n;
    double highest = Double.POSITIVE_INFINITY;
    double worth = WORTH_A_STEP * spec.tolerance();
    long random = 0x9E3779B97F4A7C15L;
    for (int pass = 0; pass < spec.iterations(); pass++) {
      double most = Double.NEGATIVE_INFINITY;
      double least = Double.POSITIVE_INFINITY;
      for (int s = 0; s < active; s++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        int other = s + (int) (((random >>> 33) * (active - s)) >>> 31);
        int i = order[other];
        order[other] = order[s];
        order[s] = i;
        double gradient = sign[i] * dot(w, i) - 1 + alpha[i] * diagonal[i];
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
        if (Math.abs(projected) > worth && curvature[i] > 0) {
          double next = Math.max(alpha[i] - RELAXATION * gradient / curvature[i], 0);
          add(w, i, (next - alpha[i]) * sign[i]);
          alpha[i] = next;
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
    for (int i = 0; i < n; i++) {
      alpha[i] *= sign[i];
    }
    return alpha;
  }

  private double dot(double[] w, int row) {
    float[] values = rows.values;
    int[] indices = rows.indices;
    double sum = spec.intercept() ? w[rows.shared] : 0;
    for (int k = rows.starts[row], end = rows.starts[row + 1]; k < end; k++) {
      sum += values[k] * w[indices[k]];
    }
    return sum;
  }

  private void add(double[] w, int row, double step) {
    float[] values = rows.values;
    int[] indices = rows.indices;
    for (int k = rows.starts[row], end = rows.starts[row + 1]; k < end; k++) {
      w[indices[k]] += step * values[k];
    }
    if (spec.intercept()) {
      w[rows.shared] += step;
    }
  }
}

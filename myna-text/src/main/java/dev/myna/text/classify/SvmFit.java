package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Fits the linear support vector machine with squared hinge loss by dual coordinate descent with
 * shrinking (Hsieh and others, 2008, as in LIBLINEAR): minimises |w|² / 2 + C Σ max(0, 1 - y w·x)²,
 * the intercept being the weight of a column of ones.
 *
 * <p>The rows are laid out anew for the many passes over them: the most frequent columns first, so
 * that the weights in use lie together; and columns of one row only, whose weights follow from that
 * row's multiplier, are worked out at the end.
 */
final class SvmFit {
  private final ClassifierSpec.Svm spec;
  private final int[] labels;
  private final double[] byClass;
  private final int columns;

  /** Columns that more than one row has, renumbered by frequency: that many. */
  private final int shared;

  /** The new number of each column, or -1 for one that a single row or none has. */
  private final int[] renumbered;

  private final SparseMatrix rows;
  private final int[] starts;
  private final int[] indices;
  private final float[] values;

  /** Squared lengths of the rows over their own columns. */
  private final double[] own;

  /** Squared lengths of the whole rows, the column of ones included. */
  private final double[] lengths;

  private SvmFit(ClassifierSpec.Svm spec, SparseMatrix rows, int[] labels, int classes) {
    this.spec = spec;
    this.rows = rows;
    this.labels = labels;
    byClass = spec.weighting().of(labels, classes);
    columns = rows.columns();
    int n = rows.rows();
    int[] frequency = new int[columns];
    for (int k = 0; k < rows.entries(); k++) {
      frequency[rows.indices()[k]]++;
    }
    renumbered = byFrequency(frequency, n);
    shared = (int) Arrays.stream(renumbered).filter(column -> column >= 0).count();
    starts = new int[n + 1];
    int[] laid = new int[rows.entries()];
    float[] laidValues = new float[rows.entries()];
    own = new double[n];
    lengths = new double[n];
    int at = 0;
    for (int row = 0; row < n; row++) {
      lengths[row] = rows.squaredLength(row) + (spec.intercept() ? 1 : 0);
      for (int k = rows.starts()[row]; k < rows.starts()[row + 1]; k++) {
        int column = renumbered[rows.indices()[k]];
        if (column >= 0) {
          laid[at] = column;
          laidValues[at++] = (float) rows.values()[k];
        } else {
          own[row] += rows.values()[k] * rows.values()[k];
        }
      }
      starts[row + 1] = at;
    }
    indices = laid;
    values = laidValues;
  }

  /** Counting sort: the most frequent column becomes 0. */
  private static int[] byFrequency(int[] frequency, int rows) {
    int[] first = new int[rows + 2];
    for (int f : frequency) {
      first[rows - f + 1]++;
    }
    for (int i = 0; i <= rows; i++) {
      first[i + 1] += first[i];
    }
    int[] result = new int[frequency.length];
    for (int column = 0; column < frequency.length; column++) {
      int f = frequency[column];
      result[column] = f > 1 ? first[rows - f]++ : -1;
    }
    return result;
  }

  static Classifier fit(ClassifierSpec.Svm spec, SparseMatrix rows, int[] labels, int classes) {
    SvmFit fit = new SvmFit(spec, rows, labels, classes);
    int borders = classes == 2 ? 1 : classes;
    double[] weights = new double[Math.multiplyExact(fit.columns, borders)];
    double[] intercepts = new double[borders];
    IntStream.range(0, borders)
        .parallel()
        .forEach(
            border -> {
              Border found = fit.border(borders == 1 ? 1 : border);
              fit.spread(found, borders == 1 ? 1 : border, weights, border, borders);
              intercepts[border] = spec.intercept() ? found.w[fit.shared] : 0;
            });
    return new LinearClassifier(classes, fit.columns, Link.MARGIN, false, weights, intercepts);
  }

  /** Weights (shared + 1), the intercept last, and a multiplier per row. */
  private record Border(double[] w, double[] alpha) {}

  /** Writes the weights of all columns into those of all borders. */
  private void spread(Border found, int positive, double[] weights, int border, int borders) {
    for (int column = 0; column < columns; column++) {
      if (renumbered[column] >= 0) {
        weights[column * borders + border] = found.w[renumbered[column]];
      }
    }
    for (int row = 0; row < labels.length; row++) {
      double step = labels[row] == positive ? found.alpha[row] : -found.alpha[row];
      if (own[row] > 0 && step != 0) {
        for (int k = rows.starts()[row]; k < rows.starts()[row + 1]; k++) {
          int column = rows.indices()[k];
          if (renumbered[column] < 0) {
            weights[column * borders + border] = step * rows.values()[k];
          }
        }
      }
    }
  }

  /** One class against the rest. */
  private Border border(int positive) {
    int n = labels.length;
    double[] w = new double[shared + 1];
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
        int other = s + (int) (((random >>> 33) * (active - s)) >>> 31);
        int i = order[other];
        order[other] = order[s];
        order[s] = i;
        double y = labels[i] == positive ? 1 : -1;
        double gradient = y * dot(w, i) - 1 + alpha[i] * (diagonal[i] + own[i]);
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
        double curvature = lengths[i] + diagonal[i];
        if (Math.abs(projected) > 1e-12 && curvature > 0) {
          double next = Math.max(alpha[i] - gradient / curvature, 0);
          add(w, i, (next - alpha[i]) * y);
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
    return new Border(w, alpha);
  }

  private double dot(double[] w, int row) {
    double sum = spec.intercept() ? w[shared] : 0;
    for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
      sum += values[k] * w[indices[k]];
    }
    return sum;
  }

  private void add(double[] w, int row, double step) {
    for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
      w[indices[k]] += step * values[k];
    }
    if (spec.intercept()) {
      w[shared] += step;
    }
  }
}

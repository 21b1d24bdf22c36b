package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Fits the three kinds of naive Bayes, each one pass over the entries. */
final class NaiveBayes {
  /** scikit-learn's least alpha: zero would give logarithms of zero. */
  private static final double LEAST_ALPHA = 1e-10;

  private static final int PART = 4096; // columns that are looked at on one thread

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
      if (!binary) {
        checkValues(rows);
      }
      double[] weight = weighting.of(labels, classes);
      double[] sums = new double[Math.multiplyExact(rows.columns(), classes)];
      double[] classWeight = new double[classes];
      for (int label : labels) {
        classWeight[label] += weight[label];
      }
      // A part for some of the columns each: no sum depends on the number of parts.
      int parts = Runtime.getRuntime().availableProcessors();
      IntStream.range(0, parts)
          .parallel()
          .forEach(
              part -> {
                int from = (int) ((long) rows.columns() * part / parts);
                int to = (int) ((long) rows.columns() * (part + 1) / parts);
                add(rows, labels, weight, binary, from, to, sums);
              });
      return new Counts(sums, classWeight, rows.columns(), classes);
    }

    private static void checkValues(SparseMatrix rows) {
      double[] values = rows.values();
      for (int row = 0; row < rows.rows(); row++) {
        for (int k = rows.starts()[row], end = rows.starts()[row + 1]; k < end; k++) {
          if (values[k] < 0) {
            throw new IllegalArgumentException(
                "Naive Bayes counts, so values are not negative, but row %d has %s; use features without signs."
                    .formatted(row, values[k]));
          }
        }
      }
    }

    /** Adds the entries of the columns {@code from} to {@code to}. */
    private static void add(
        SparseMatrix rows,
        int[] labels,
        double[] weight,
        boolean binary,
        int from,
        int to,
        double[] sums) {
      int[] starts = rows.starts();
      int[] indices = rows.indices();
      double[] values = rows.values();
      int classes = weight.length;
      for (int row = 0; row < labels.length; row++) {
        int label = labels[row];
        int end = starts[row + 1];
        int k = from == 0 ? starts[row] : first(indices, starts[row], end, from);
        for (; k < end && indices[k] < to; k++) {
          double value = binary ? (values[k] > 0 ? 1 : 0) : values[k];
          sums[indices[k] * classes + label] += weight[label] * value;
        }
      }
    }

    /** The place of the first entry whose column is not below the one given. */
    private static int first(int[] indices, int start, int end, int column) {
      int found = Arrays.binarySearch(indices, start, end, column);
      return found < 0 ? -found - 1 : found;
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
    double[] all =
        Arrays.stream(totals).map(total -> Math.log(total + alpha * rows.columns())).toArray();
    OfCounts logarithms = new OfCounts(count -> Math.log(count + alpha));
    perColumn(weights, classes, (i, k) -> weights[i] = logarithms.at(weights[i]) - all[k]);
    return new LinearClassifier(
        classes, rows.columns(), Link.SOFTMAX, false, weights, counts.logPrior(spec.prior()));
  }

  static Classifier fit(
      ClassifierSpec.Bernoulli spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting(), true);
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] weights = counts.sums();
    double[] intercepts = counts.logPrior(spec.prior());
    double[] classWeight = counts.classWeight();
    OfCounts present = new OfCounts(count -> Math.log(count + alpha));
    OfCounts[] absent =
        Arrays.stream(classWeight)
            .mapToObj(all -> new OfCounts(count -> Math.log(all - count + alpha)))
            .toArray(OfCounts[]::new);
    double[][] sums = new double[parts(weights, classes)][classes];
    perColumn(
        weights,
        classes,
        (i, k) -> {
          double none = absent[k].at(weights[i]);
          sums[part(i, classes)][k] += none;
          weights[i] = present.at(weights[i]) - none;
        });
    for (double[] sum : sums) {
      for (int k = 0; k < classes; k++) {
        intercepts[k] += sum[k];
      }
    }
    for (int k = 0; k < classes; k++) {
      intercepts[k] -= rows.columns() * Math.log(classWeight[k] + 2 * alpha);
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
    double[] rest =
        Arrays.stream(totals).map(t -> Math.log(all - t + alpha * rows.columns())).toArray();
    int sign = spec.norm() ? 1 : -1;
    perColumn(
        weights,
        classes,
        (i, k) -> {
          if (k == 0) {
            double column = alpha;
            for (int c = 0; c < classes; c++) {
              column += weights[i + c];
            }
            for (int c = 0; c < classes; c++) {
              weights[i + c] = sign * (Math.log(column - weights[i + c]) - rest[c]);
            }
          }
        });
    if (spec.norm()) {
      double[] norms = new double[classes];
      for (int i = 0; i < weights.length; i++) {
        norms[i % classes] += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= norms[i % classes];
      }
    }
    return new LinearClassifier(
        classes, rows.columns(), Link.SOFTMAX, false, weights, new double[classes]);
  }

  /** A function of counts, most of which are small and whole: what it gives for those is kept. */
  private static final class OfCounts {
    private static final int SMALL = 256;

    private final DoubleUnaryOperator function;
    private final double[] small = new double[SMALL];

    OfCounts(DoubleUnaryOperator function) {
      this.function = function;
      Arrays.setAll(small, function::applyAsDouble);
    }

    double at(double count) {
      int whole = (int) count;
      return whole < SMALL && whole == count ? small[whole] : function.applyAsDouble(count);
    }
  }

  /** Does something with the place and the class of every weight. */
  @FunctionalInterface
  private interface Each {
    void at(int place, int type);
  }

  private static int part(int place, int classes) {
    return place / (PART * classes);
  }

  private static int parts(double[] weights, int classes) {
    return Math.ceilDiv(weights.length, PART * classes);
  }

  /** Walks over weights (columns, K), in parts on the common pool's threads. */
  private static void perColumn(double[] weights, int classes, Each each) {
    int step = classes * PART;
    IntStream.range(0, parts(weights, classes))
        .parallel()
        .forEach(
            part -> {
              int end = (int) Math.min(weights.length, (part + 1L) * step);
              for (int i = part * step; i < end; i += classes) {
                for (int k = 0; k < classes; k++) {
                  each.at(i + k, k);
                }
              }
            });
  }
}

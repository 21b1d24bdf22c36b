package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Fits the three kinds of naive Bayes, each one pass over the entries. */
final class NaiveBayes {
  /** scikit-learn's least alpha: zero would give logarithms of zero. */
  private static final double LEAST_ALPHA = 1e-10;

  private static final int PART = 4096; // columns that are looked at on one thread
  private static final int SMALL = 64; // counts of texts whose logarithms are looked up
  private static final int BLOCK = 1024; // numbers whose logarithms are taken at a time

  private NaiveBayes() {}

  static void checkAlpha(double alpha) {
    if (!(alpha >= 0)) {
      throw new IllegalArgumentException("Alpha is not below 0, but is %s.".formatted(alpha));
    }
  }

  /** Sums (columns, K) of the values, those of all columns, and the weight of each class. */
  private record Counts(double[] sums, double[] totals, double[] classWeight) {
    /** One pass on one thread: to share it out costs more than it saves. */
    static Counts of(SparseMatrix rows, int[] labels, int classes, Weighting weighting) {
      double[] weight = weighting.of(labels, classes);
      double[] sums = new double[Math.multiplyExact(rows.columns(), classes)];
      double[] totals = new double[classes];
      double[] classWeight = new double[classes];
      int[] starts = rows.starts();
      int[] indices = rows.indices();
      double[] values = rows.values();
      for (int row = 0; row < labels.length; row++) {
        int label = labels[row];
        double factor = weight[label];
        double total = 0;
        for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
          double value = values[k];
          if (value < 0) {
            throw new IllegalArgumentException(
                "Naive Bayes counts, so values are not negative, but row %d has %s; use features without signs."
                    .formatted(row, value));
          }
          total += value;
          sums[indices[k] * classes + label] += factor * value;
        }
        totals[label] += factor * total;
        classWeight[label] += factor;
      }
      return new Counts(sums, totals, classWeight);
    }
  }

  private static double[] logPrior(double[] classWeight, boolean learned) {
    double all = Arrays.stream(classWeight).sum();
    int classes = classWeight.length;
    double[] prior = new double[classes];
    for (int k = 0; k < classes; k++) {
      prior[k] = learned ? Math.log(classWeight[k]) - Math.log(all) : -Math.log(classes);
    }
    return prior;
  }

  static Classifier fit(
      ClassifierSpec.Multinomial spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting());
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] weights = counts.sums();
    double[] all =
        inTurn(
            Arrays.stream(counts.totals())
                .map(total -> Math.log(total + alpha * rows.columns()))
                .toArray());
    inBlocks(
        weights,
        classes,
        (from, block, logarithms) -> {
          for (int i = 0; i < block.length; i++) {
            block[i] = weights[from + i] + alpha;
          }
          logarithms.of(block, block.length);
          for (int i = 0; i < block.length; i++) {
            weights[from + i] = block[i] - all[i];
          }
        });
    return new LinearClassifier(
        classes,
        rows.columns(),
        Link.JOINT,
        false,
        weights,
        logPrior(counts.classWeight(), spec.prior()));
  }

  /** Most words are in few texts of a class: logarithms of small counts are looked up. */
  static Classifier fit(
      ClassifierSpec.Bernoulli spec, SparseMatrix rows, int[] labels, int classes) {
    double[] factor = spec.weighting().of(labels, classes);
    int[] sizes = new int[classes];
    for (int label : labels) {
      sizes[label]++;
    }
    double[] classWeight = new double[classes];
    Arrays.setAll(classWeight, k -> factor[k] * sizes[k]);
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] with = new double[classes * SMALL];
    double[] without = new double[classes * SMALL];
    for (int i = 0; i < with.length; i++) {
      int k = i % classes;
      double texts = factor[k] * (i / classes);
      with[i] = Math.log(texts + alpha);
      without[i] = Math.log(classWeight[k] - texts + alpha);
    }
    int[] counts = texts(rows, labels, classes); // (columns, K)
    double[] weights = new double[counts.length];
    double[] absent = new double[classes];
    for (int from = 0; from < counts.length; from += classes) {
      for (int k = 0; k < classes; k++) {
        int count = counts[from + k];
        int small = count * classes + k;
        double none =
            count < SMALL ? without[small] : Math.log(classWeight[k] - factor[k] * count + alpha);
        double some = count < SMALL ? with[small] : Math.log(factor[k] * count + alpha);
        absent[k] += none;
        weights[from + k] = some - none;
      }
    }
    double[] intercepts = logPrior(classWeight, spec.prior());
    for (int k = 0; k < classes; k++) {
      intercepts[k] += absent[k] - rows.columns() * Math.log(classWeight[k] + 2 * alpha);
    }
    return new LinearClassifier(classes, rows.columns(), Link.JOINT, true, weights, intercepts);
  }

  /** In how many texts of each class each column is above zero, (columns, K). */
  private static int[] texts(SparseMatrix rows, int[] labels, int classes) {
    int[] counts = new int[Math.multiplyExact(rows.columns(), classes)];
    int[] starts = rows.starts();
    int[] indices = rows.indices();
    double[] values = rows.values();
    for (int row = 0; row < labels.length; row++) {
      for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
        if (values[k] > 0) {
          counts[indices[k] * classes + labels[row]]++;
        }
      }
    }
    return counts;
  }

  static Classifier fit(
      ClassifierSpec.Complement spec, SparseMatrix rows, int[] labels, int classes) {
    Counts counts = Counts.of(rows, labels, classes, spec.weighting());
    double alpha = Math.max(spec.alpha(), LEAST_ALPHA);
    double[] weights = counts.sums();
    double[] totals = counts.totals();
    double all = Arrays.stream(totals).sum();
    double[] rest =
        inTurn(
            Arrays.stream(totals).map(t -> Math.log(all - t + alpha * rows.columns())).toArray());
    int sign = spec.norm() ? 1 : -1;
    inBlocks(
        weights,
        classes,
        (from, block, logarithms) -> {
          for (int i = 0; i < block.length; i += classes) {
            double column = alpha;
            for (int k = 0; k < classes; k++) {
              column += weights[from + i + k];
            }
            for (int k = 0; k < classes; k++) {
              block[i + k] = column - weights[from + i + k];
            }
          }
          logarithms.of(block, block.length);
          for (int i = 0; i < block.length; i++) {
            weights[from + i] = sign * (block[i] - rest[i]);
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
        classes, rows.columns(), Link.JOINT, false, weights, new double[classes]);
  }

  /** Does something with the weights from a place on. */
  @FunctionalInterface
  private interface Each {
    /**
     * @param block room for as many numbers as there are weights to work on
     */
    void at(int from, double[] block, Logarithms logarithms);
  }

  /** What each class has, in turn, for a whole block: loops over it become vector instructions. */
  private static double[] inTurn(double[] ofClasses) {
    double[] block = new double[blockLength(ofClasses.length)];
    for (int i = 0; i < block.length; i++) {
      block[i] = ofClasses[i % ofClasses.length];
    }
    return block;
  }

  /** Whole columns, about {@link #BLOCK} numbers. */
  private static int blockLength(int classes) {
    return Math.max(1, BLOCK / classes) * classes;
  }

  /** Walks over weights (columns, K), in parts on the common pool's threads, in blocks each. */
  private static void inBlocks(double[] weights, int classes, Each each) {
    int part = classes * PART;
    int step = blockLength(classes);
    IntStream.range(0, Math.ceilDiv(weights.length, part))
        .parallel()
        .forEach(
            p -> {
              Logarithms logarithms = new Logarithms(step);
              double[] block = new double[step];
              int end = (int) Math.min(weights.length, (p + 1L) * part);
              for (int from = p * part; from < end; from += step) {
                int length = Math.min(step, end - from);
                block = block.length == length ? block : new double[length];
                each.at(from, block, logarithms);
              }
            });
  }
}

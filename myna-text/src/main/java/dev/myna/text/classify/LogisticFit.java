package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;

/**
 * Fits logistic regression: the mean weighted log-loss plus |W|² / (2 C S), S the sum of the
 * weights; the intercepts are not regularised. Two classes have one border, more have one each.
 */
final class LogisticFit {
  private final SparseMatrix rows;
  private final int[] labels;
  private final double[] exampleWeights;
  private final int borders;
  private final boolean intercept;
  private final double total;
  private final double ridge;

  private LogisticFit(ClassifierSpec.Logistic spec, SparseMatrix rows, int[] labels, int classes) {
    this.rows = rows;
    this.labels = labels;
    double[] byClass = spec.weighting().of(labels, classes);
    exampleWeights = Arrays.stream(labels).mapToDouble(label -> byClass[label]).toArray();
    borders = classes == 2 ? 1 : classes;
    intercept = spec.intercept();
    total = Arrays.stream(exampleWeights).sum();
    ridge = 1 / (spec.c() * total);
  }

  static Classifier fit(
      ClassifierSpec.Logistic spec, SparseMatrix rows, int[] labels, int classes) {
    LogisticFit fit = new LogisticFit(spec, rows, labels, classes);
    int columns = rows.columns();
    int borders = fit.borders;
    double[] x = new double[Math.multiplyExact(columns + 1, borders)];
    Lbfgs.minimize(fit::loss, x, spec.tolerance(), spec.iterations());
    return new LinearClassifier(
        classes,
        columns,
        borders == 1 ? Link.SIGMOID : Link.SOFTMAX,
        false,
        Arrays.copyOf(x, columns * borders),
        Arrays.copyOfRange(x, columns * borders, x.length));
  }

  /** The loss at the parameters: weights (columns, borders), then intercepts (borders). */
  private double loss(double[] x, double[] gradient) {
    int free = rows.columns() * borders;
    double squares = 0;
    for (int i = 0; i < free; i++) {
      squares += x[i] * x[i];
      gradient[i] = ridge * x[i];
    }
    Arrays.fill(gradient, free, gradient.length, 0);
    double loss = 0;
    double[] scores = new double[borders];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(x, free, scores, 0, borders);
      scores(x, row, scores);
      double weight = exampleWeights[row] / total;
      loss += weight * (borders == 1 ? two(scores, labels[row]) : many(scores, labels[row]));
      for (int b = 0; b < borders; b++) {
        scores[b] *= weight;
        if (intercept) {
          gradient[free + b] += scores[b];
        }
      }
      spread(scores, row, gradient);
    }
    return loss + ridge * squares / 2;
  }

  private void scores(double[] x, int row, double[] scores) {
    int[] indices = rows.indices();
    double[] values = rows.values();
    int from = rows.starts()[row];
    int to = rows.starts()[row + 1];
    if (borders == 1) {
      double sum = scores[0];
      for (int k = from; k < to; k++) {
        sum += values[k] * x[indices[k]];
      }
      scores[0] = sum;
      return;
    }
    for (int k = from; k < to; k++) {
      int at = indices[k] * borders;
      for (int b = 0; b < borders; b++) {
        scores[b] += values[k] * x[at + b];
      }
    }
  }

  private void spread(double[] slopes, int row, double[] gradient) {
    int[] indices = rows.indices();
    double[] values = rows.values();
    for (int k = rows.starts()[row], to = rows.starts()[row + 1]; k < to; k++) {
      int at = indices[k] * borders;
      for (int b = 0; b < borders; b++) {
        gradient[at + b] += values[k] * slopes[b];
      }
    }
  }

  /** The loss of one score, which becomes its slope. */
  private static double two(double[] score, int label) {
    double z = score[0];
    score[0] = Softmax.sigmoid(z) - label;
    double signed = label == 1 ? -z : z;
    return signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
  }

  /** The loss of the scores, which become their slopes. */
  private static double many(double[] scores, int label) {
    double all = Softmax.logSumExp(scores);
    double loss = all - scores[label];
    for (int b = 0; b < scores.length; b++) {
      scores[b] = Math.exp(scores[b] - all) - (b == label ? 1 : 0);
    }
    return loss;
  }
}

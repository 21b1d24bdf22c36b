package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;

/**
 * A classifier whose scores are a matrix times the row, plus a vector: naive Bayes, logistic
 * regression, the linear support vector machine and the nearest centroid.
 *
 * <p>With two classes there may be one row of weights, whose score z becomes (-z, z).
 */
public final class LinearClassifier implements Classifier {
  /** How scores become probabilities. */
  public enum Link {
    /** Scores are logarithms up to a common constant. */
    SOFTMAX,
    /**
     * Scores are logarithms of how likely the row and the class are together: the same softmax, but
     * a score by itself says more about the row than about the class.
     */
    JOINT,
    /** The one score of two classes is the logarithm of the odds of the second. */
    SIGMOID,
    /** Scores are distances from a border; there are no probabilities. */
    MARGIN,
    /** Scores are minus squared distances, less the row's length; there are no probabilities. */
    DISTANCE
  }

  private final int classes;
  private final int columns;
  private final Link link;
  private final boolean binary;

  /** Rows of weights: 1 for two classes with one border, else the number of classes. */
  private final int borders;

  /** Weights (columns, borders): those of a column stand together. */
  private final double[] weights;

  private final double[] intercepts;

  /**
   * A classifier of known weights, which are not copied.
   *
   * @param binary whether a value above zero counts as one
   * @param weights (columns, borders), borders being 1 or {@code classes}
   * @param intercepts (borders)
   */
  public LinearClassifier(
      int classes, int columns, Link link, boolean binary, double[] weights, double[] intercepts) {
    borders = intercepts.length;
    if (borders != classes
        && !(borders == 1 && classes == 2 && (link == Link.SIGMOID || link == Link.MARGIN))) {
      throw new IllegalArgumentException(
          "A linear classifier of %d classes has as many borders, but %d were given."
              .formatted(classes, borders));
    }
    if (weights.length != (long) columns * borders) {
      throw new IllegalArgumentException(
          "A linear classifier of %d columns and %d borders has %d weights, but %d were given."
              .formatted(columns, borders, (long) columns * borders, weights.length));
    }
    this.classes = classes;
    this.columns = columns;
    this.link = link;
    this.binary = binary;
    this.weights = weights;
    this.intercepts = intercepts;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** How scores become probabilities. */
  public Link link() {
    return link;
  }

  /** Whether a value above zero counts as one. */
  public boolean binary() {
    return binary;
  }

  /** The weights (columns, borders) as they are, not a copy. */
  public double[] weights() {
    return weights;
  }

  /** The intercepts (borders) as they are, not a copy. */
  public double[] intercepts() {
    return intercepts;
  }

  /**
   * The weight of the column for the class; with one border that of the first class is negative.
   */
  public double weight(int type, int column) {
    if (borders == classes) {
      return weights[column * borders + type];
    }
    return type == 1 ? weights[column] : -weights[column];
  }

  @Override
  public double[] scores(SparseMatrix rows, int row) {
    double[] scores = intercepts.clone();
    int[] indices = rows.indices();
    double[] values = rows.values();
    for (int k = rows.starts()[row], end = rows.starts()[row + 1]; k < end; k++) {
      double value = binary ? (values[k] > 0 ? 1 : 0) : values[k];
      int at = indices[k] * borders;
      for (int b = 0; b < borders; b++) {
        scores[b] += value * weights[at + b];
      }
    }
    return borders == classes ? scores : new double[] {-scores[0], scores[0]};
  }

  @Override
  public boolean givesProbabilities() {
    return link != Link.MARGIN && link != Link.DISTANCE;
  }

  @Override
  public double[] probabilities(SparseMatrix rows, int row) {
    double[] scores = scores(rows, row);
    return switch (link) {
      case SOFTMAX, JOINT -> Softmax.of(scores);
      case SIGMOID -> new double[] {Softmax.sigmoid(scores[0]), Softmax.sigmoid(scores[1])};
      case MARGIN, DISTANCE ->
          throw new IllegalStateException(
              "This classifier gives margins and no probabilities; calibrate it to have them.");
    };
  }

  @Override
  public double[] evidence(SparseMatrix rows, int row) {
    double[] scores = scores(rows, row);
    return switch (link) {
      case SOFTMAX, SIGMOID, MARGIN -> scores;
      case JOINT -> Softmax.of(scores);
      case DISTANCE -> {
        if (classes == 2) {
          double nearer = scores[1] - scores[0];
          yield new double[] {-nearer, nearer};
        }
        double length = rows.squaredLength(row);
        yield Arrays.stream(scores).map(score -> score - length).toArray();
      }
    };
  }
}

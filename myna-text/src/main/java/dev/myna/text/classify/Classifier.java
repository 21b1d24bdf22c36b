package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;
import java.util.stream.IntStream;

/** A fitted classifier: rows of features to classes 0 to K - 1. Unchangeable, safe for threads. */
public sealed interface Classifier
    permits LinearClassifier, KernelSvm, NearestNeighbours, Calibrated {

  /** How many classes there are: K. */
  int classes();

  /** How many columns a row has. */
  int columns();

  /**
   * A score per class, (K); {@link #answer} tells which class they speak for, usually the highest.
   * What the scores mean is up to the classifier: log-probabilities, margins, votes.
   */
  double[] scores(SparseMatrix rows, int row);

  /** Whether {@link #probabilities} can be asked for. */
  boolean givesProbabilities();

  /**
   * A probability per class, (K), adding up to one.
   *
   * @throws IllegalStateException when the classifier gives none; calibrate it then
   */
  double[] probabilities(SparseMatrix rows, int row);

  /**
   * What calibration goes by: a number per class, (K), that alone says how much speaks for the
   * class. Of two classes only the second's is looked at. As in scikit-learn's {@code
   * CalibratedClassifierCV} these are the scores where they are such numbers, else probabilities.
   */
  default double[] evidence(SparseMatrix rows, int row) {
    return scores(rows, row);
  }

  /** The class of the row. */
  default int predict(SparseMatrix rows, int row) {
    return answer(scores(rows, row));
  }

  /** The class that scores or probabilities speak for; of equally good ones the first. */
  default int answer(double[] scores) {
    return best(scores);
  }

  /** The classes of all rows. Uses the common pool's threads. */
  default int[] predict(SparseMatrix rows) {
    if (rows.columns() != columns()) {
      throw new IllegalArgumentException(
          "The classifier knows rows of %d columns, but these have %d."
              .formatted(columns(), rows.columns()));
    }
    int[] predicted = new int[rows.rows()];
    IntStream.range(0, predicted.length)
        .parallel()
        .forEach(row -> predicted[row] = predict(rows, row));
    return predicted;
  }

  /** The place of the largest number, the first of equals. */
  static int best(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}

package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;
import java.util.stream.IntStream;

/**
 * Rows laid out for many passes over them: the most frequent columns first, so that the weights in
 * use lie together; and apart from these the columns of one row only, whose weights follow from
 * that row's multiplier.
 */
final class SvmRows {
  private final SparseMatrix rows;

  /** Columns that more than one row has; their new numbers are below this. */
  final int shared;

  /** Where the shared entries of each row start, (N + 1). */
  final int[] starts;

  final int[] indices;
  final float[] values;

  /** Squared lengths of the rows over their own columns, (N). */
  final double[] own;

  /** Squared lengths of the whole rows, (N). */
  final double[] lengths;

  private final int[] oldNumbers; // of the shared columns
  private final int[] ownStarts;
  private final int[] ownColumns;
  private final double[] ownValues;

  SvmRows(SparseMatrix rows) {
    this.rows = rows;
    int n = rows.rows();
    int[] frequency = new int[rows.columns()];
    int[] columns = rows.indices();
    for (int k = 0; k < rows.entries(); k++) {
      frequency[columns[k]]++;
    }
    int[] newNumbers = new int[rows.columns()];
    shared = number(frequency, n, newNumbers);
    oldNumbers = new int[shared];
    for (int column = 0; column < newNumbers.length; column++) {
      if (newNumbers[column] >= 0) {
        oldNumbers[newNumbers[column]] = column;
      }
    }
    starts = new int[n + 1];
    ownStarts = new int[n + 1];
    inParts((from, to) -> count(newNumbers, from, to));
    for (int row = 0; row < n; row++) {
      starts[row + 1] += starts[row];
      ownStarts[row + 1] = rows.starts()[row + 1] - starts[row + 1];
    }
    indices = new int[starts[n]];
    values = new float[starts[n]];
    ownColumns = new int[ownStarts[n]];
    ownValues = new double[ownStarts[n]];
    own = new double[n];
    lengths = new double[n];
    inParts((from, to) -> fill(newNumbers, from, to));
  }

  /** Counting sort: the most frequent column becomes 0; one of a single row or none gets -1. */
  private static int number(int[] frequency, int rows, int[] numbers) {
    int[] first = new int[rows + 2];
    for (int f : frequency) {
      first[rows - f + 1]++;
    }
    for (int i = 0; i <= rows; i++) {
      first[i + 1] += first[i];
    }
    int shared = 0;
    for (int column = 0; column < frequency.length; column++) {
      int f = frequency[column];
      numbers[column] = f > 1 ? first[rows - f]++ : -1;
      shared += f > 1 ? 1 : 0;
    }
    return shared;
  }

  private interface Part {
    void rows(int from, int to);
  }

  private void inParts(Part part) {
    int parts = Runtime.getRuntime().availableProcessors();
    long n = rows.rows();
    IntStream.range(0, parts)
        .parallel()
        .forEach(i -> part.rows((int) (n * i / parts), (int) (n * (i + 1) / parts)));
  }

  private void count(int[] newNumbers, int from, int to) {
    int[] columns = rows.indices();
    for (int row = from; row < to; row++) {
      int count = 0;
      for (int k = rows.starts()[row], end = rows.starts()[row + 1]; k < end; k++) {
        count += 1 + (newNumbers[columns[k]] >> 31);
      }
      starts[row + 1] = count;
    }
  }

  private void fill(int[] newNumbers, int from, int to) {
    int[] columns = rows.indices();
    double[] all = rows.values();
    for (int row = from; row < to; row++) {
      double ownSquares = 0;
      double squares = 0;
      int at = starts[row];
      int ownAt = ownStarts[row];
      for (int k = rows.starts()[row], end = rows.starts()[row + 1]; k < end; k++) {
        double square = all[k] * all[k];
        int column = newNumbers[columns[k]];
        squares += square;
        if (column >= 0) {
          indices[at] = column;
          values[at++] = (float) all[k];
        } else {
          ownSquares += square;
          ownColumns[ownAt] = columns[k];
          ownValues[ownAt++] = all[k];
        }
      }
      own[row] = ownSquares;
      lengths[row] = squares;
    }
  }

  /**
   * Writes the weights of all columns of one border into those of all borders, (columns, borders).
   *
   * @param w weights of the shared columns, by their new numbers
   * @param steps each row's multiplier times its sign, (N)
   */
  void spread(double[] w, double[] steps, double[] weights, int border, int borders) {
    for (int j = 0; j < shared; j++) {
      weights[oldNumbers[j] * borders + border] = w[j];
    }
    for (int row = 0; row < steps.length; row++) {
      double step = steps[row];
      for (int k = ownStarts[row], end = ownStarts[row + 1]; step != 0 && k < end; k++) {
        weights[ownColumns[k] * borders + border] = step * ownValues[k];
      }
    }
  }
}

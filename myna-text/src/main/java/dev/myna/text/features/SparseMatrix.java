package dev.myna.text.features;

import java.util.Arrays;

/**
 * A matrix of doubles in compressed rows (CSR): the entries of row i stand at {@code starts[i]} to
 * {@code starts[i + 1]} exclusively, their columns ascending. At most 2³¹ entries.
 *
 * <p>The arrays are handed out as they are, for inner loops; who holds a matrix does not write to
 * them.
 */
public final class SparseMatrix {
  private final int rows;
  private final int columns;
  private final int[] starts;
  private final int[] indices;
  private final double[] values;

  /**
   * A matrix over the given arrays, which are not copied.
   *
   * @param starts rows + 1 ascending places, the first 0
   * @param indices columns, ascending within a row
   * @param values the entries
   */
  public SparseMatrix(int rows, int columns, int[] starts, int[] indices, double[] values) {
    if (rows < 0 || columns < 0 || starts.length != rows + 1 || starts[0] != 0) {
      throw new IllegalArgumentException(
          "A matrix of %d rows has %d places of rows from 0, but %d were given."
              .formatted(rows, rows + 1, starts.length));
    }
    if (indices.length < starts[rows] || values.length < starts[rows]) {
      throw new IllegalArgumentException(
          "A matrix of %d entries has as many columns and values, but %d and %d were given."
              .formatted(starts[rows], indices.length, values.length));
    }
    for (int row = 0; row < rows; row++) {
      if (starts[row] > starts[row + 1]) {
        throw new IllegalArgumentException(
            "Row %d of a matrix ends before it starts.".formatted(row));
      }
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        if (indices[k] < (k > starts[row] ? indices[k - 1] + 1 : 0) || indices[k] >= columns) {
          throw new IllegalArgumentException(
              "The columns of a row ascend from 0 to %d, but row %d has column %d at entry %d."
                  .formatted(columns - 1, row, indices[k], k));
        }
      }
    }
    this.rows = rows;
    this.columns = columns;
    this.starts = starts;
    this.indices = indices;
    this.values = values;
  }

  /** A matrix with the entries of the dense rows that are not zero. */
  public static SparseMatrix of(double[][] dense) {
    int columns = dense.length == 0 ? 0 : dense[0].length;
    Builder builder = new Builder(columns);
    for (double[] row : dense) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "The rows of a matrix are equally wide, but are %d and %d."
                .formatted(columns, row.length));
      }
      for (int column = 0; column < columns; column++) {
        if (row[column] != 0) {
          builder.add(column, row[column]);
        }
      }
      builder.endRow();
    }
    return builder.build();
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Places of the rows, rows + 1 of them. */
  public int[] starts() {
    return starts;
  }

  /** Columns of the entries. */
  public int[] indices() {
    return indices;
  }

  /** The entries. */
  public double[] values() {
    return values;
  }

  /** How many entries are stored. */
  public int entries() {
    return starts[rows];
  }

  /** The entry, zero where none is stored. */
  public double get(int row, int column) {
    int at = Arrays.binarySearch(indices, starts[row], starts[row + 1], column);
    return at < 0 ? 0 : values[at];
  }

  /** The row times a dense vector, columns long. */
  public double dot(int row, double[] dense) {
    double sum = 0;
    for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
      sum += values[k] * dense[indices[k]];
    }
    return sum;
  }

  /** The sum of the squares of the row. */
  public double squaredLength(int row) {
    double sum = 0;
    for (int k = starts[row], end = starts[row + 1]; k < end; k++) {
      sum += values[k] * values[k];
    }
    return sum;
  }

  /** The row times the row of another matrix. */
  public double dot(int row, SparseMatrix other, int otherRow) {
    int i = starts[row];
    int end = starts[row + 1];
    int j = other.starts[otherRow];
    int otherEnd = other.starts[otherRow + 1];
    double sum = 0;
    while (i < end && j < otherEnd) {
      int difference = indices[i] - other.indices[j];
      if (difference == 0) {
        sum += values[i++] * other.values[j++];
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }

  /** Columns become rows. */
  public SparseMatrix transpose() {
    int[] at = new int[columns + 1];
    for (int k = 0; k < entries(); k++) {
      at[indices[k] + 1]++;
    }
    for (int column = 0; column < columns; column++) {
      at[column + 1] += at[column];
    }
    int[] turnedStarts = at.clone();
    int[] turned = new int[entries()];
    double[] turnedValues = new double[entries()];
    for (int row = 0; row < rows; row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        int place = at[indices[k]]++;
        turned[place] = row;
        turnedValues[place] = values[k];
      }
    }
    return new SparseMatrix(columns, rows, turnedStarts, turned, turnedValues);
  }

  /** The rows with the numbers, in that order. */
  public SparseMatrix select(int[] wanted) {
    int[] selectedStarts = new int[wanted.length + 1];
    for (int i = 0; i < wanted.length; i++) {
      selectedStarts[i + 1] = selectedStarts[i] + starts[wanted[i] + 1] - starts[wanted[i]];
    }
    int[] selected = new int[selectedStarts[wanted.length]];
    double[] selectedValues = new double[selected.length];
    for (int i = 0; i < wanted.length; i++) {
      int length = selectedStarts[i + 1] - selectedStarts[i];
      System.arraycopy(indices, starts[wanted[i]], selected, selectedStarts[i], length);
      System.arraycopy(values, starts[wanted[i]], selectedValues, selectedStarts[i], length);
    }
    return new SparseMatrix(wanted.length, columns, selectedStarts, selected, selectedValues);
  }

  /** The row with its zeros. */
  public double[] denseRow(int row) {
    double[] dense = new double[columns];
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      dense[indices[k]] = values[k];
    }
    return dense;
  }

  static FeatureException tooLarge() {
    return new FeatureException(
        "A sparse matrix holds about a billion entries, and these texts give more; transform them"
            + " in parts.");
  }

  /** Grows a matrix row by row. */
  public static final class Builder {
    private final int columns;
    private int[] starts = new int[64];
    private int[] indices = new int[1024];
    private double[] values = new double[1024];
    private int rows;
    private int size;

    public Builder(int columns) {
      this.columns = columns;
    }

    /** An entry of the row at hand; columns ascend within a row. */
    public void add(int column, double value) {
      if (size == indices.length) {
        if (size >= 1 << 30) {
          throw tooLarge();
        }
        indices = Arrays.copyOf(indices, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      indices[size] = column;
      values[size++] = value;
    }

    /** The row at hand is complete. */
    public void endRow() {
      if (++rows == starts.length) {
        starts = Arrays.copyOf(starts, rows * 2);
      }
      starts[rows] = size;
    }

    /** The matrix of the rows completed. */
    public SparseMatrix build() {
      int end = starts[rows];
      return new SparseMatrix(
          rows,
          columns,
          Arrays.copyOf(starts, rows + 1),
          Arrays.copyOf(indices, end),
          Arrays.copyOf(values, end));
    }
  }
}

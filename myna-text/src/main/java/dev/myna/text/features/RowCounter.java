package dev.myna.text.features;

import java.util.Arrays;

/** The counts of one document, by column. Made once, used for every document. */
final class RowCounter {
  private double[] counts;
  private boolean[] seen;
  int[] columns = new int[256];
  int size;

  RowCounter(int width) {
    counts = new double[width];
    seen = new boolean[width];
  }

  void add(int column, double value) {
    if (column >= counts.length) {
      int length = Math.max(column + 1, counts.length * 2);
      counts = Arrays.copyOf(counts, length);
      seen = Arrays.copyOf(seen, length);
    }
    if (!seen[column]) {
      seen[column] = true;
      if (size == columns.length) {
        columns = Arrays.copyOf(columns, size * 2);
      }
      columns[size++] = column;
    }
    counts[column] += value;
  }

  void sort() {
    Arrays.sort(columns, 0, size);
  }

  /** The count of the column, which is then forgotten. */
  double take(int column) {
    double count = counts[column];
    counts[column] = 0;
    seen[column] = false;
    return count;
  }
}

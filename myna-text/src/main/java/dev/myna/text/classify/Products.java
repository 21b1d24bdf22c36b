package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;

/** Products of one row with many. */
final class Products {
  private Products() {}

  /** The row times every row of a matrix given by its columns: only entries in common are read. */
  static double[] of(SparseMatrix rows, int row, SparseMatrix byColumn) {
    double[] products = new double[byColumn.columns()];
    for (int k = rows.starts()[row], end = rows.starts()[row + 1]; k < end; k++) {
      double value = rows.values()[k];
      int column = rows.indices()[k];
      for (int p = byColumn.starts()[column], until = byColumn.starts()[column + 1];
          p < until;
          p++) {
        products[byColumn.indices()[p]] += value * byColumn.values()[p];
      }
    }
    return products;
  }
}

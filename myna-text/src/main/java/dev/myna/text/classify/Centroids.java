package dev.myna.text.classify;

import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;

/**
 * Fits the nearest centroid. Minus the squared distance is 2 x·c - |c|² up to |x|², which is common
 * to all classes: a linear score.
 */
final class Centroids {
  private Centroids() {}

  static Classifier fit(SparseMatrix rows, int[] labels, int classes) {
    double[] weights = new double[Math.multiplyExact(rows.columns(), classes)];
    int[] counts = new int[classes];
    for (int row = 0; row < labels.length; row++) {
      counts[labels[row]]++;
      for (int k = rows.starts()[row]; k < rows.starts()[row + 1]; k++) {
        weights[rows.indices()[k] * classes + labels[row]] += rows.values()[k];
      }
    }
    double[] intercepts = new double[classes];
    for (int i = 0; i < weights.length; i++) {
      int k = i % classes;
      if (counts[k] > 0) {
        double mean = weights[i] / counts[k];
        intercepts[k] -= mean * mean;
        weights[i] = 2 * mean;
      }
    }
    for (int k = 0; k < classes; k++) {
      if (counts[k] == 0) {
        intercepts[k] = Double.NEGATIVE_INFINITY;
      }
    }
    return new LinearClassifier(classes, rows.columns(), Link.DISTANCE, false, weights, intercepts);
  }
}

package dev.myna.text.classify;

import java.util.Arrays;
import java.util.List;

/**
 * How much the examples of each class count.
 *
 * @param balanced whether every class counts as much as every other, however rare it is
 * @param weights a weight per class instead; empty: 1 each
 */
public record Weighting(boolean balanced, List<Double> weights) {
  /** Every example counts one. */
  public static final Weighting NONE = new Weighting(false, List.of());

  /** Every class counts the same: n / (K n_k), as scikit-learn's {@code "balanced"}. */
  public static final Weighting BALANCED = new Weighting(true, List.of());

  public Weighting {
    weights = List.copyOf(weights);
    if (balanced && !weights.isEmpty()) {
      throw new IllegalArgumentException("Classes are either balanced or weighted, not both.");
    }
    if (weights.stream().anyMatch(w -> !(w >= 0) || w.isInfinite())) {
      throw new IllegalArgumentException(
          "The weight of a class is a number from 0, but %s.".formatted(weights));
    }
  }

  /** The weight of each class, (K). */
  double[] of(int[] labels, int classes) {
    double[] result = new double[classes];
    Arrays.fill(result, 1);
    if (balanced) {
      int[] counts = new int[classes];
      for (int label : labels) {
        counts[label]++;
      }
      for (int k = 0; k < classes; k++) {
        result[k] = counts[k] == 0 ? 0 : labels.length / ((double) classes * counts[k]);
      }
    } else if (!weights.isEmpty()) {
      if (weights.size() != classes) {
        throw new IllegalArgumentException(
            "There are %d classes, but %d weights of classes.".formatted(classes, weights.size()));
      }
      for (int k = 0; k < classes; k++) {
        result[k] = weights.get(k);
      }
    }
    return result;
  }
}

package dev.myna.text.classify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A function that never falls, linear between its points and constant beyond them: the
 * least-squares fit, by pooling adjacent violators. Follows scikit-learn's {@code
 * IsotonicRegression}.
 *
 * @param x places, ascending
 * @param y values there, never falling
 */
record Isotonic(double[] x, double[] y) {
  static Isotonic fit(double[] places, double[] values) {
    int[] order =
        IntStream.range(0, places.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> places[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] x = new double[places.length];
    double[] sums = new double[places.length];
    double[] counts = new double[places.length];
    int n = 0;
    for (int i : order) {
      if (n == 0 || places[i] != x[n - 1]) {
        x[n++] = places[i];
      }
      sums[n - 1] += values[i];
      counts[n - 1]++;
    }
    return thin(Arrays.copyOf(x, n), pooled(sums, counts, n));
  }

  private static double[] pooled(double[] sums, double[] counts, int n) {
    int[] blockEnds = new int[n];
    double[] blockSums = new double[n];
    double[] blockCounts = new double[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      blockEnds[blocks] = i + 1;
      blockSums[blocks] = sums[i];
      blockCounts[blocks++] = counts[i];
      while (blocks > 1
          && blockSums[blocks - 2] * blockCounts[blocks - 1]
              >= blockSums[blocks - 1] * blockCounts[blocks - 2]) {
        blocks--;
        blockEnds[blocks - 1] = blockEnds[blocks];
        blockSums[blocks - 1] += blockSums[blocks];
        blockCounts[blocks - 1] += blockCounts[blocks];
      }
    }
    double[] y = new double[n];
    int from = 0;
    for (int b = 0; b < blocks; b++) {
      Arrays.fill(y, from, blockEnds[b], blockSums[b] / blockCounts[b]);
      from = blockEnds[b];
    }
    return y;
  }

  /** Without the points inside a flat stretch. */
  private static Isotonic thin(double[] x, double[] y) {
    int[] kept =
        IntStream.range(0, x.length)
            .filter(i -> i == 0 || i == x.length - 1 || y[i] != y[i - 1] || y[i] != y[i + 1])
            .toArray();
    return new Isotonic(
        Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
  }

  double at(double place) {
    int last = x.length - 1;
    if (!(place > x[0])) {
      return y[0];
    }
    if (place >= x[last]) {
      return y[last];
    }
    int found = Arrays.binarySearch(x, place);
    if (found >= 0) {
      return y[found];
    }
    int right = -found - 1;
    double share = (place - x[right - 1]) / (x[right] - x[right - 1]);
    return y[right - 1] + share * (y[right] - y[right - 1]);
  }
}

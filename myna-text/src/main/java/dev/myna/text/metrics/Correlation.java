package dev.myna.text.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How two lists of numbers go together, -1 to 1; NaN where one of them is constant. As SciPy's. */
public final class Correlation {
  private Correlation() {}

  /** Pearson's correlation: how well a straight line describes the pairs. */
  public static double pearson(double[] x, double[] y) {
    check(x, y);
    if (isConstant(x) || isConstant(y)) {
      return Double.NaN; // the mean is rounded: deviations from it may not be 0
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      products += dx * dy;
      squaresX += dx * dx;
      squaresY += dy * dy;
    }
    if (squaresX == 0 || squaresY == 0) {
      return Double.NaN;
    }
    return Math.clamp(products / (Math.sqrt(squaresX) * Math.sqrt(squaresY)), -1, 1);
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** Spearman's correlation: Pearson's of the ranks; equal values share their mean rank. */
  public static double spearman(double[] x, double[] y) {
    check(x, y);
    return pearson(ranks(x), ranks(y));
  }

  /** Ranks from 1; equal values share their mean rank. */
  public static double[] ranks(double[] values) {
    Integer[] order = sorted(values.length, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        ranks[order[k]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /** Kendall's tau-b: pairs in the same order less pairs in the other, corrected for ties. */
  public static double kendall(double[] first, double[] second) {
    check(first, second);
    double[] x = withoutNegativeZero(first);
    double[] y = withoutNegativeZero(second);
    int n = x.length;
    Integer[] order =
        sorted(n, Comparator.<Integer>comparingDouble(i -> x[i]).thenComparingDouble(i -> y[i]));
    double[] byX = new double[n];
    long tiedBoth = 0;
    long run = 0;
    for (int k = 0; k < n; k++) {
      byX[k] = y[order[k]];
      boolean same = k > 0 && x[order[k]] == x[order[k - 1]] && y[order[k]] == y[order[k - 1]];
      run = same ? run + 1 : 0;
      tiedBoth += run;
    }
    long tiedX = ties(x);
    long tiedY = ties(y);
    long discordant = inversions(byX, new double[n], 0, n);
    long pairs = (long) n * (n - 1) / 2;
    if (pairs == tiedX || pairs == tiedY) {
      return Double.NaN;
    }
    double difference = pairs - tiedX - tiedY + tiedBoth - 2.0 * discordant;
    double tau = difference / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY);
    return Math.clamp(tau, -1, 1);
  }

  /** The order of sorting tells 0 and -0 apart, equality does not. */
  private static double[] withoutNegativeZero(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }

  /** Pairs of equal values. */
  private static long ties(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    long ties = 0;
    long run = 0;
    for (int k = 1; k < sorted.length; k++) {
      run = sorted[k] == sorted[k - 1] ? run + 1 : 0;
      ties += run;
    }
    return ties;
  }

  /** Pairs in descending order; sorts the range on the way. */
  private static long inversions(double[] values, double[] merged, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long count = inversions(values, merged, from, middle) + inversions(values, merged, middle, to);
    int left = from;
    int right = middle;
    for (int k = from; k < to; k++) {
      if (right == to || (left < middle && values[left] <= values[right])) {
        merged[k] = values[left++];
      } else {
        merged[k] = values[right++];
        count += middle - left;
      }
    }
    System.arraycopy(merged, from, values, from, to - from);
    return count;
  }

  private static Integer[] sorted(int n, Comparator<Integer> comparator) {
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, comparator);
    return order;
  }

  private static void check(double[] x, double[] y) {
    if (x.length != y.length || x.length < 2) {
      throw new MetricException(
          "two lists of the same length, at least 2, are wanted; found %,d and %,d numbers"
              .formatted(x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new MetricException(
            "finite numbers are wanted, found %s and %s in line %,d".formatted(x[i], y[i], i + 1));
      }
    }
  }
}

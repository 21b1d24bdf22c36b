package dev.myna.text.vectors;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Correlation of two lists of numbers; NaN for fewer than two pairs or a constant list. */
final class Correlation {
  private Correlation() {}

  static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  static double pearson(double[] x, double[] y) {
    double meanX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElse(0);
    double meanY = IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }

  /** Ranks from 1; equal numbers share their mean rank. */
  private static double[] ranks(double[] x) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    var ranks = new double[x.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && x[order[to]] == x[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}

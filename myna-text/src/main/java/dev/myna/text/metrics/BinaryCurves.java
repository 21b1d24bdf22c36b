package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What two classes cost each other as the threshold of a score moves: receiver operating
 * characteristic and precision against recall. Equal to scikit-learn's.
 */
public final class BinaryCurves {
  /** Counts at the thresholds where the score changes, from the greatest score down. */
  private final double[] thresholds;

  private final long[] truePositives;
  private final long[] falsePositives;

  /**
   * @param truth whether each example is positive; both must occur
   * @param scores the greater the more likely positive
   */
  public BinaryCurves(boolean[] truth, double[] scores) {
    if (truth.length != scores.length) {
      throw new MetricException(
          "a score for each of %,d examples is wanted, found %,d"
              .formatted(truth.length, scores.length));
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new MetricException("numbers are wanted as scores, found NaN in example " + (i + 1));
      }
    }
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    List<Integer> ends = new ArrayList<>();
    for (int k = 0; k < order.length; k++) {
      if (k + 1 == order.length || scores[order[k]] != scores[order[k + 1]]) {
        ends.add(k);
      }
    }
    thresholds = new double[ends.size()];
    truePositives = new long[ends.size()];
    falsePositives = new long[ends.size()];
    long positives = 0;
    int at = 0;
    for (int k = 0; k < order.length; k++) {
      positives += truth[order[k]] ? 1 : 0;
      if (ends.get(at) == k) {
        thresholds[at] = scores[order[k]];
        truePositives[at] = positives;
        falsePositives[at++] = k + 1 - positives;
      }
    }
    if (positives == 0 || positives == truth.length) {
      throw new MetricException(
          "examples of both classes are wanted, found %,d positive of %,d"
              .formatted(positives, truth.length));
    }
  }

  /**
   * A point of a curve.
   *
   * @param x false positive rate, or recall
   * @param y true positive rate, or precision
   * @param threshold scores at least this great are taken as positive
   */
  public record Point(double x, double y, double threshold) {}

  /** False positive rate against true positive rate, from (0, 0) to (1, 1). */
  public List<Point> roc() {
    double positives = truePositives[truePositives.length - 1];
    double negatives = falsePositives[falsePositives.length - 1];
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
    for (int k = 0; k < thresholds.length; k++) {
      points.add(
          new Point(falsePositives[k] / negatives, truePositives[k] / positives, thresholds[k]));
    }
    return points;
  }

  /** The area under {@link #roc()}: how likely a positive example scores above a negative one. */
  public double rocArea() {
    List<Point> points = roc();
    double area = 0;
    for (int k = 1; k < points.size(); k++) {
      Point a = points.get(k - 1);
      Point b = points.get(k);
      area += (b.x - a.x) * (a.y + b.y) / 2;
    }
    return area;
  }

  /** Recall against precision, from the greatest threshold to the least. */
  public List<Point> precisionRecall() {
    double positives = truePositives[truePositives.length - 1];
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 1, Double.POSITIVE_INFINITY));
    for (int k = 0; k < thresholds.length; k++) {
      double precision = (double) truePositives[k] / (truePositives[k] + falsePositives[k]);
      points.add(new Point(truePositives[k] / positives, precision, thresholds[k]));
    }
    return points;
  }

  /** The mean of the precisions at each threshold, weighted by the recall it adds. */
  public double averagePrecision() {
    List<Point> points = precisionRecall();
    double sum = 0;
    for (int k = 1; k < points.size(); k++) {
      sum += (points.get(k).x - points.get(k - 1).x) * points.get(k).y;
    }
    return sum;
  }
}

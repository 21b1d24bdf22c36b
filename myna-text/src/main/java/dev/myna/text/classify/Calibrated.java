package dev.myna.text.classify;

import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.features.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A classifier whose {@linkplain Classifier#evidence evidence} becomes probabilities by curves
 * learned from predictions on examples it was not fitted on. With more than two classes each has
 * its curve, and they are scaled to one. Follows scikit-learn's {@code CalibratedClassifierCV}.
 */
public final class Calibrated implements Classifier {
  private final Classifier base;
  private final CalibrationMethod method;

  /** Per curve: (slope, offset), or x then y of its points. One curve for two classes. */
  private final List<double[]> curves;

  /**
   * A calibrated classifier of known parts.
   *
   * @param curves for Platt's method slope and offset, else places and then as many values
   */
  public Calibrated(Classifier base, CalibrationMethod method, List<double[]> curves) {
    if (curves.size() != (base.classes() == 2 ? 1 : base.classes())
        || curves.stream().anyMatch(c -> c.length < 2 || c.length % 2 != 0)) {
      throw new IllegalArgumentException(
          "A classifier of %d classes cannot have %d such curves."
              .formatted(base.classes(), curves.size()));
    }
    this.base = base;
    this.method = method;
    this.curves = List.copyOf(curves);
  }

  static Calibrated fit(
      ClassifierSpec.Calibration spec, SparseMatrix rows, int[] labels, int classes) {
    double[][] scores = new double[rows.rows()][];
    for (int[] test : Folds.stratified(labels, classes, spec.folds())) {
      int[] train = Folds.others(labels.length, test);
      Classifier classifier =
          spec.base()
              .fit(rows.select(train), Arrays.stream(train).map(i -> labels[i]).toArray(), classes);
      for (int i : test) {
        scores[i] = classifier.evidence(rows, i);
      }
    }
    List<double[]> curves = new ArrayList<>();
    for (int k = classes == 2 ? 1 : 0; k < classes; k++) {
      int type = k;
      double[] places = Arrays.stream(scores).mapToDouble(s -> s[type]).toArray();
      boolean[] positive = new boolean[labels.length];
      double[] targets = new double[labels.length];
      for (int i = 0; i < labels.length; i++) {
        positive[i] = labels[i] == type;
        targets[i] = positive[i] ? 1 : 0;
      }
      curves.add(
          switch (spec.method()) {
            case PLATT -> {
              Platt platt = Platt.fit(places, positive);
              yield new double[] {platt.a(), platt.b()};
            }
            case ISOTONIC -> {
              Isotonic isotonic = Isotonic.fit(places, targets);
              double[] both = Arrays.copyOf(isotonic.x(), isotonic.x().length * 2);
              System.arraycopy(isotonic.y(), 0, both, isotonic.x().length, isotonic.y().length);
              yield both;
            }
          });
    }
    return new Calibrated(spec.base().fit(rows, labels, classes), spec.method(), curves);
  }

  @Override
  public int classes() {
    return base.classes();
  }

  @Override
  public int columns() {
    return base.columns();
  }

  /** The classifier whose scores are calibrated. */
  public Classifier base() {
    return base;
  }

  CalibrationMethod method() {
    return method;
  }

  List<double[]> curves() {
    return curves;
  }

  @Override
  public double[] scores(SparseMatrix rows, int row) {
    return probabilities(rows, row);
  }

  @Override
  public boolean givesProbabilities() {
    return true;
  }

  @Override
  public double[] probabilities(SparseMatrix rows, int row) {
    double[] scores = base.evidence(rows, row);
    if (scores.length == 2) {
      double second = at(0, scores[1]);
      return new double[] {1 - second, second};
    }
    double[] probabilities = new double[scores.length];
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      probabilities[k] = at(k, scores[k]);
      sum += probabilities[k];
    }
    for (int k = 0; k < scores.length; k++) {
      probabilities[k] = sum == 0 ? 1.0 / scores.length : probabilities[k] / sum;
    }
    return probabilities;
  }

  private double at(int curve, double score) {
    double[] points = curves.get(curve);
    return switch (method) {
      case PLATT -> new Platt(points[0], points[1]).at(score);
      case ISOTONIC -> {
        int half = points.length / 2;
        yield new Isotonic(
                Arrays.copyOf(points, half), Arrays.copyOfRange(points, half, points.length))
            .at(score);
      }
    };
  }
}

package dev.myna.text.metrics;

import dev.myna.text.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How well predicted classes agree with the true ones, one class an example. Figures equal
 * scikit-learn's of the same name with {@code zero_division=0}.
 */
public final class Classification {
  private final List<String> labels;
  private final long[][] confusion;
  private final long examples;

  private Classification(List<String> labels, long[][] confusion) {
    this.labels = labels;
    this.confusion = confusion;
    this.examples = Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /**
   * Counts predictions; the classes are those that occur in either list, in their natural order.
   */
  public static Classification of(List<String> truth, List<String> predicted) {
    TreeSet<String> labels = new TreeSet<>(order(truth, predicted));
    labels.addAll(truth);
    labels.addAll(predicted);
    return of(truth, predicted, List.copyOf(labels));
  }

  /**
   * Counts predictions.
   *
   * @param labels all classes, in the order of the confusion matrix; some may occur nowhere
   */
  public static Classification of(List<String> truth, List<String> predicted, List<String> labels) {
    if (truth.size() != predicted.size()) {
      throw new MetricException(
          "as many predictions as true labels are wanted, found %,d and %,d; give files that are parallel line by line"
              .formatted(predicted.size(), truth.size()));
    }
    if (truth.isEmpty()) {
      throw new MetricException("labels to compare are wanted, found none");
    }
    Map<String, Integer> index = new LinkedHashMap<>();
    for (String label : labels) {
      if (index.put(label, index.size()) != null) {
        throw new MetricException(
            "each label once is wanted, found \"%s\" twice; leave one out".formatted(label));
      }
    }
    long[][] confusion = new long[labels.size()][labels.size()];
    for (int i = 0; i < truth.size(); i++) {
      confusion[find(index, truth.get(i), i)][find(index, predicted.get(i), i)]++;
    }
    return new Classification(List.copyOf(labels), confusion);
  }

  private static int find(Map<String, Integer> index, String label, int example) {
    Integer found = index.get(label);
    if (found == null) {
      throw new MetricException(
          "example %,d has the unknown label \"%s\"; the labels are %s"
              .formatted(example + 1, label, String.join(", ", index.keySet())));
    }
    return found;
  }

  /** Whole numbers by size, anything else by code points. */
  static Comparator<String> order(Collection<String> first, Collection<String> second) {
    boolean numbers =
        first.stream().allMatch(Classification::isNumber)
            && second.stream().allMatch(Classification::isNumber);
    return numbers
        ? Comparator.<String>comparingLong(Long::parseLong).thenComparing(CodePoints.ORDER)
        : CodePoints.ORDER;
  }

  private static boolean isNumber(String label) {
    return label.matches("-?[0-9]{1,18}");
  }

  /** The classes, in the order of the confusion matrix. */
  public List<String> labels() {
    return labels;
  }

  /** How often each true class (row) was predicted as each class (column). */
  public long[][] confusion() {
    return Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
  }

  /** How many examples were counted. */
  public long examples() {
    return examples;
  }

  /** The part of the examples that is right. */
  public double accuracy() {
    return (double) right() / examples;
  }

  private long right() {
    long right = 0;
    for (int k = 0; k < confusion.length; k++) {
      right += confusion[k][k];
    }
    return right;
  }

  /** The mean recall of the classes that occur in the truth. */
  public double balancedAccuracy() {
    return outcomes().stream()
        .filter(counts -> counts.support() > 0)
        .mapToDouble(counts -> ClassScores.of(counts, 1).recall())
        .average()
        .orElse(0);
  }

  /** Figures of one class. */
  public ClassScores of(String label, double beta) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("no class \"" + label + "\" among " + labels);
    }
    return ClassScores.of(outcomes().get(index), beta);
  }

  /** Figures averaged over all classes. */
  public ClassScores average(Averaging averaging, double beta) {
    if (averaging == Averaging.SAMPLES) {
      throw new IllegalArgumentException(
          "averages over samples need several labels an example; see MultiLabel");
    }
    return ClassScores.average(outcomes(), averaging, beta);
  }

  private List<ClassScores.Outcomes> outcomes() {
    List<ClassScores.Outcomes> all = new ArrayList<>();
    for (int k = 0; k < confusion.length; k++) {
      long right = confusion[k][k];
      long missed = row(k) - right;
      long wrong = column(k) - right;
      all.add(new ClassScores.Outcomes(right, wrong, missed, examples - right - missed - wrong));
    }
    return all;
  }

  private long row(int k) {
    return Arrays.stream(confusion[k]).sum();
  }

  private long column(int k) {
    return Arrays.stream(confusion).mapToLong(counts -> counts[k]).sum();
  }

  /** Matthews' correlation coefficient for any number of classes (Gorodkin, 2004); -1 to 1. */
  public double matthews() {
    double crossed = 0;
    double predictedSquares = 0;
    double trueSquares = 0;
    for (int k = 0; k < confusion.length; k++) {
      double predicted = column(k);
      double actual = row(k);
      crossed += predicted * actual;
      predictedSquares += predicted * predicted;
      trueSquares += actual * actual;
    }
    double total = (double) examples * examples;
    double spread = (total - predictedSquares) * (total - trueSquares);
    return ClassScores.ratio((double) right() * examples - crossed, Math.sqrt(spread));
  }

  /** Cohen's kappa: agreement beyond chance. */
  public double kappa() {
    return kappa(0);
  }

  /**
   * Cohen's weighted kappa for ordered classes.
   *
   * @param power 0 takes all disagreements as equal, 1 weighs them by their distance, 2 by its
   *     square
   */
  public double kappa(int power) {
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < confusion.length; i++) {
      for (int j = 0; j < confusion.length; j++) {
        double weight = i == j ? 0 : Math.pow(Math.abs(i - j), power);
        observed += weight * confusion[i][j];
        expected += weight * ((double) row(i) * column(j) / examples);
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / expected;
  }
}

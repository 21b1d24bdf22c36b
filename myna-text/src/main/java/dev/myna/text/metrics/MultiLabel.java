package dev.myna.text.metrics;

import dev.myna.text.CodePoints;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How well predicted sets of labels agree with the true ones, any number of labels an example.
 * Figures equal scikit-learn's for indicator matrices with {@code zero_division=0}.
 */
public final class MultiLabel {
  private final List<Set<String>> truth;
  private final List<Set<String>> predicted;
  private final List<String> labels;

  public MultiLabel(List<Set<String>> truth, List<Set<String>> predicted) {
    if (truth.size() != predicted.size()) {
      throw new MetricException(
          "as many predictions as true sets of labels are wanted, found %,d and %,d"
              .formatted(predicted.size(), truth.size()));
    }
    if (truth.isEmpty()) {
      throw new MetricException("sets of labels to compare are wanted, found none");
    }
    this.truth = List.copyOf(truth);
    this.predicted = List.copyOf(predicted);
    Set<String> all = new TreeSet<>(CodePoints.ORDER);
    truth.forEach(all::addAll);
    predicted.forEach(all::addAll);
    this.labels = List.copyOf(all);
  }

  /** All labels that occur, in the order of their code points. */
  public List<String> labels() {
    return labels;
  }

  /** The part of the examples whose labels are all right. */
  public double subsetAccuracy() {
    long right = 0;
    for (int i = 0; i < truth.size(); i++) {
      right += truth.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    return (double) right / truth.size();
  }

  /** The part of all decisions, one for each example and label, that is wrong. */
  public double hammingLoss() {
    long wrong = 0;
    for (int i = 0; i < truth.size(); i++) {
      ClassScores.Outcomes counts = ofExample(i);
      wrong += counts.falsePositives() + counts.falseNegatives();
    }
    return ClassScores.ratio(wrong, (double) truth.size() * labels.size());
  }

  /** Averaged figures. */
  public ClassScores average(Averaging averaging, double beta) {
    List<ClassScores.Outcomes> counts = new ArrayList<>();
    if (averaging == Averaging.SAMPLES) {
      for (int i = 0; i < truth.size(); i++) {
        counts.add(ofExample(i));
      }
      return ClassScores.average(counts, Averaging.MACRO, beta);
    }
    for (String label : labels) {
      counts.add(ofLabel(label));
    }
    return ClassScores.average(counts, averaging, beta);
  }

  private ClassScores.Outcomes ofExample(int i) {
    Set<String> both = new HashSet<>(truth.get(i));
    both.retainAll(predicted.get(i));
    long right = both.size();
    long wrong = predicted.get(i).size() - right;
    long missed = truth.get(i).size() - right;
    return new ClassScores.Outcomes(right, wrong, missed, labels.size() - right - wrong - missed);
  }

  private ClassScores.Outcomes ofLabel(String label) {
    long right = 0;
    long wrong = 0;
    long missed = 0;
    for (int i = 0; i < truth.size(); i++) {
      boolean actual = truth.get(i).contains(label);
      boolean claimed = predicted.get(i).contains(label);
      right += actual && claimed ? 1 : 0;
      wrong += !actual && claimed ? 1 : 0;
      missed += actual && !claimed ? 1 : 0;
    }
    return new ClassScores.Outcomes(right, wrong, missed, truth.size() - right - wrong - missed);
  }
}

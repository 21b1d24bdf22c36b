package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A classifier that remembers its examples and asks the k nearest: by Euclidean distance or by one
 * minus the cosine. Of equally near ones the earlier counts as nearer.
 */
public final class NearestNeighbours implements Classifier {
  private final ClassifierSpec.Neighbours spec;
  private final SparseMatrix examples;
  private final SparseMatrix byColumn;
  private final int[] labels;
  private final int classes;
  private final double[] lengths;

  /** A classifier of the examples, which are not copied. */
  public NearestNeighbours(
      ClassifierSpec.Neighbours spec, SparseMatrix examples, int[] labels, int classes) {
    if (spec.k() > labels.length) {
      throw new ClassifierException(
          "%d neighbours were wanted of %d examples; take a smaller k."
              .formatted(spec.k(), labels.length));
    }
    this.spec = spec;
    this.examples = examples;
    this.labels = labels;
    this.classes = classes;
    byColumn = examples.transpose();
    lengths = new double[labels.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = examples.squaredLength(i);
    }
  }

  private record Neighbour(int row, double distance) {}

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int columns() {
    return examples.columns();
  }

  ClassifierSpec.Neighbours spec() {
    return spec;
  }

  SparseMatrix examples() {
    return examples;
  }

  int[] labels() {
    return labels;
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
    double[] products = Products.of(rows, row, byColumn);
    double length = rows.squaredLength(row);
    Comparator<Neighbour> nearer =
        Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row);
    PriorityQueue<Neighbour> nearest = new PriorityQueue<>(nearer.reversed());
    for (int i = 0; i < products.length; i++) {
      double distance = distance(products[i], length, lengths[i]);
      if (nearest.size() < spec.k()) {
        nearest.add(new Neighbour(i, distance));
      } else if (distance < nearest.element().distance()) {
        nearest.remove();
        nearest.add(new Neighbour(i, distance));
      }
    }
    return votes(nearest);
  }

  private double distance(double product, double a, double b) {
    if (spec.cosine()) {
      return a == 0 || b == 0 ? 1 : 1 - product / Math.sqrt(a * b);
    }
    return Math.sqrt(Math.max(0, a + b - 2 * product));
  }

  private double[] votes(Iterable<Neighbour> nearest) {
    double[] votes = new double[classes];
    boolean exact = false;
    if (spec.byDistance()) {
      for (Neighbour neighbour : nearest) {
        exact |= neighbour.distance() == 0;
      }
    }
    for (Neighbour neighbour : nearest) {
      double vote = 1;
      if (spec.byDistance()) {
        // Examples in the very place outvote all others.
        vote = exact ? (neighbour.distance() == 0 ? 1 : 0) : 1 / neighbour.distance();
      }
      votes[labels[neighbour.row()]] += vote;
    }
    double all = Arrays.stream(votes).sum();
    for (int k = 0; k < classes; k++) {
      votes[k] /= all;
    }
    return votes;
  }
}

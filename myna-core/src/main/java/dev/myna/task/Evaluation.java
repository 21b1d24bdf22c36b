package dev.myna.task;

import java.util.List;
import java.util.Optional;

/**
 * How good a model is on held-out data.
 *
 * @param figures the first decides which of two models is better
 */
public record Evaluation(List<Figure> figures) {
  /** Name of the mean loss, nats a counted target. */
  public static final String LOSS = "validation_loss";

  /**
   * A figure.
   *
   * @param name in snake_case
   * @param smallerIsBetter whether a model gets better as it falls
   */
  public record Figure(String name, double value, boolean smallerIsBetter) {
    /** A figure that falls as a model gets better. */
    public static Figure falling(String name, double value) {
      return new Figure(name, value, true);
    }

    /** A figure that rises as a model gets better. */
    public static Figure rising(String name, double value) {
      return new Figure(name, value, false);
    }

    /** A correlation, which rises; 0 where there is none because one side never changes. */
    public static Figure correlation(String name, double value) {
      return rising(name, Double.isNaN(value) ? 0 : value);
    }

    /** The value, turned so that smaller is better. */
    public double score() {
      return smallerIsBetter ? value : -value;
    }

    /** The name in words. */
    public String title() {
      return name.replace('_', ' ');
    }
  }

  public Evaluation {
    figures = List.copyOf(figures);
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("an evaluation has at least one figure");
    }
  }

  public static Evaluation of(Figure... figures) {
    return new Evaluation(List.of(figures));
  }

  /** The figure that decides. */
  public Figure deciding() {
    return figures.getFirst();
  }

  /** The figure of a name. */
  public Optional<Double> figure(String name) {
    return figures.stream().filter(f -> f.name().equals(name)).map(Figure::value).findFirst();
  }

  /** The mean loss on held-out data; not a number where the task gives none. */
  public double loss() {
    return figure(LOSS).orElse(Double.NaN);
  }
}

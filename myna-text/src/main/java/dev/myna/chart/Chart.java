package dev.myna.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One picture of a {@link ChartPage}: its kind, its axes and its data. */
public sealed interface Chart {
  /** What stands above the picture; empty for none. */
  String title();

  /**
   * Curves over a common number line.
   *
   * @param series one curve each; a value that is not finite leaves a gap
   */
  record Lines(String title, Axis x, Axis y, List<Series> series) implements Chart {
    public Lines {
      series = List.copyOf(series);
    }
  }

  /**
   * Points in a plane. A point's label is drawn beside it while there are few enough to read, and
   * shown on touch in any case.
   *
   * @param series one colour each
   */
  record Scatter(String title, Axis x, Axis y, List<Series> series) implements Chart {
    public Scatter {
      series = List.copyOf(series);
    }
  }

  /**
   * A bar for each category and group.
   *
   * @param categories the names below the bars
   * @param groups one colour each, with a value for every category
   */
  record Bars(String title, Axis y, List<String> categories, List<Group> groups) implements Chart {
    public Bars {
      categories = List.copyOf(categories);
      groups = List.copyOf(groups);
      for (Group group : groups) {
        if (group.values().size() != categories.size()) {
          throw new IllegalArgumentException(
              "bars need one value for each of the %d categories; group %s has %d"
                  .formatted(categories.size(), group.name(), group.values().size()));
        }
      }
    }
  }

  /**
   * What an axis measures.
   *
   * @param label name and unit: {@code "tokens per second"}
   * @param logarithmic whether equal steps are equal ratios; values of zero and below leave a gap
   */
  record Axis(String label, boolean logarithmic) {
    /** An axis with equal steps. */
    public static Axis linear(String label) {
      return new Axis(label, false);
    }

    /** An axis of ratios. */
    public static Axis logarithmic(String label) {
      return new Axis(label, true);
    }
  }

  /** One place in a plane; the label may be empty. */
  record Point(double x, double y, String label) {
    public Point(double x, double y) {
      this(x, y, "");
    }
  }

  /** Points that belong together; for a curve, in the order in which they are joined. */
  record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** The points {@code (x[i], y[i])}. */
    public static Series of(String name, double[] x, double[] y) {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "series %s needs as many x as y: %d and %d".formatted(name, x.length, y.length));
      }
      return new Series(
          name, IntStream.range(0, x.length).mapToObj(i -> new Point(x[i], y[i])).toList());
    }
  }

  /** One colour of a bar chart: a value for each category. */
  record Group(String name, List<Double> values) {
    public Group {
      values = List.copyOf(values);
    }

    /** The same from plain numbers. */
    public static Group of(String name, double... values) {
      List<Double> list = new ArrayList<>(values.length);
      for (double value : values) {
        list.add(value);
      }
      return new Group(name, list);
    }
  }
}

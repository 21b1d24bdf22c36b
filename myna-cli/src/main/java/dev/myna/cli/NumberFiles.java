package dev.myna.cli;

import dev.myna.text.metrics.Decimals;
import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.List;

/** Files of numbers: one row a line, fields separated by commas, tabs or spaces. */
final class NumberFiles {
  private NumberFiles() {}

  /** A number a line, as many as there are examples. */
  static double[] column(Path file, int examples) {
    double[] column = column(file);
    requireLines(column.length, examples, file);
    return column;
  }

  /** A row of probabilities a line, as many as there are examples. */
  static double[][] probabilities(Path file, int width, int examples) {
    double[][] rows = rows(file, width);
    requireLines(rows.length, examples, file);
    for (int i = 0; i < rows.length; i++) {
      for (double p : rows[i]) {
        if (!(p >= 0 && p <= 1)) {
          throw new MetricException(
              "probabilities from 0 to 1 are wanted, found %s in line %,d of %s"
                  .formatted(p, i + 1, file));
        }
      }
    }
    return rows;
  }

  private static void requireLines(int found, int examples, Path file) {
    if (found != examples) {
      throw new MetricException(
          "a line for each of %,d examples is wanted, found %,d in %s"
              .formatted(examples, found, file));
    }
  }

  static double[] column(Path file) {
    double[][] rows = rows(file, 1);
    double[] column = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      column[i] = rows[i][0];
    }
    return column;
  }

  static double[][] rows(Path file, int width) {
    List<String> lines = Segments.read(file);
    double[][] rows = new double[lines.size()][width];
    for (int i = 0; i < rows.length; i++) {
      String[] fields = lines.get(i).strip().split("[,\\s]+", -1);
      if (fields.length != width) {
        throw new MetricException(
            "%d numbers a line are wanted, found %d in line %,d of %s"
                .formatted(width, fields.length, i + 1, file));
      }
      for (int k = 0; k < width; k++) {
        rows[i][k] = number(fields[k], i, file);
      }
    }
    return rows;
  }

  private static double number(String field, int i, Path file) {
    try {
      return Decimals.parse(field);
    } catch (NumberFormatException e) {
      throw new MetricException(
          "a number is wanted, found \"%s\" in line %,d of %s".formatted(field, i + 1, file), e);
    }
  }
}

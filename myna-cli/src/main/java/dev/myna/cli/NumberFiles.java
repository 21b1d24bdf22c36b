package dev.myna.cli;

import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.List;

/** Files of numbers: one row a line, fields separated by commas, tabs or spaces. */
final class NumberFiles {
  private NumberFiles() {}

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
      return Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw new MetricException(
          "a number is wanted, found \"%s\" in line %,d of %s".formatted(field, i + 1, file), e);
    }
  }
}

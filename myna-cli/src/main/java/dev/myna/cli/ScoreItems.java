package dev.myna.cli;

import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** A file of predictions and one of what is right: labels, numbers or answers, one a line. */
final class ScoreItems {
  @Option(
      names = {"--predictions", "--hypotheses"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "What was predicted, one example a line.")
  Path predictions = Path.of("");

  @Option(
      names = {"--targets", "--truth", "--references"},
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "What is right, one example a line.")
  Path targets = Path.of("");

  /** The lines of both files, which are as many. */
  record Lines(List<String> predictions, List<String> targets) {}

  Lines read() {
    List<String> given = Segments.read(predictions);
    List<String> right = Segments.read(targets);
    if (given.isEmpty() || given.size() != right.size()) {
      throw new MetricException(
          "as many lines and at least one are wanted, found %,d in %s and %,d in %s"
              .formatted(given.size(), predictions, right.size(), targets));
    }
    return new Lines(given, right);
  }
}

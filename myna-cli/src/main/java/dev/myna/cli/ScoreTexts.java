package dev.myna.cli;

import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Files of texts and of what they should be, parallel line by line. */
final class ScoreTexts {
  @Option(
      names = {"--hypotheses", "--hypothesis", "--predictions"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "What the system wrote, one segment a line (plain or .gz).")
  Path hypotheses = Path.of("");

  @Option(
      names = {"--references", "--reference", "--targets"},
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      order = 2,
      description = "What it should be, one file a reference, parallel line by line.")
  List<Path> references = List.of();

  /** What the system wrote: at least one segment. */
  List<String> hypotheses() {
    List<String> texts = Segments.read(hypotheses);
    if (texts.isEmpty()) {
      throw new MetricException(
          "a file with one segment a line is wanted, and %s is empty".formatted(hypotheses));
    }
    return texts;
  }

  /** What it should be, a list a file, each as long as the hypotheses. */
  List<List<String>> references() {
    return parallel(references, hypotheses().size());
  }

  /** Another system's output, as long as the hypotheses. */
  List<String> other(Path file) {
    return parallel(List.of(file), hypotheses().size()).getFirst();
  }

  private List<List<String>> parallel(List<Path> files, int size) {
    List<List<String>> read = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Segments.read(file);
      if (lines.size() != size) {
        throw new MetricException(
            "as many segments are wanted, found %,d in %s and %,d in %s; give files that are parallel line by line"
                .formatted(size, hypotheses, lines.size(), file));
      }
      read.add(lines);
    }
    return read;
  }
}

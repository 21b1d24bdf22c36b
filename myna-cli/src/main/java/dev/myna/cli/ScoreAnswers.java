package dev.myna.cli;

import dev.myna.text.metrics.Answers;
import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Exact match and F1 of short answers. */
@Command(
    name = "answers",
    description = "Exact match and token F1 of answers, as SQuAD's script gives them.",
    footer = "  myna score answers --predictions out.txt --targets gold.txt")
final class ScoreAnswers extends Work {
  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "One answer a line.")
  Path predictions = Path.of("");

  @Option(
      names = {"--targets", "--references"},
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "The right answers, one line a question, several separated by tabs.")
  Path targets = Path.of("");

  @Override
  int run(Output out, Figures figures) {
    List<String> given = Segments.read(predictions);
    List<String> right = Segments.read(targets);
    if (given.isEmpty() || given.size() != right.size()) {
      throw new MetricException(
          "as many answers are wanted, found %,d in %s and %,d in %s"
              .formatted(given.size(), predictions, right.size(), targets));
    }
    double exact = 0;
    double f1 = 0;
    for (int i = 0; i < given.size(); i++) {
      List<String> answers = List.of(right.get(i).split("\t", -1));
      exact += Answers.exactMatch(given.get(i), answers) ? 1 : 0;
      f1 += Answers.f1(given.get(i), answers);
    }
    figures.put("exact_match", 100 * exact / given.size());
    figures.put("f1", 100 * f1 / given.size());
    figures.put("answers", given.size());
    out.line("exact match %.2f", 100 * exact / given.size());
    out.line("F1          %.2f", 100 * f1 / given.size());
    return Myna.DONE;
  }
}

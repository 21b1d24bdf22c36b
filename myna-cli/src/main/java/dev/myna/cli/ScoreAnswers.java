package dev.myna.cli;

import dev.myna.text.metrics.Answers;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Exact match and F1 of short answers. */
@Command(
    name = "answers",
    description = "Exact match and token F1 of answers, as SQuAD's script; right answers by tabs.",
    footer = "  myna score answers --predictions out.txt --targets gold.txt")
final class ScoreAnswers extends Work {
  @Mixin ScoreItems files = new ScoreItems();

  @Override
  int run(Output out, Figures figures) {
    ScoreItems.Lines lines = files.read();
    List<String> given = lines.predictions();
    List<String> right = lines.targets();
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

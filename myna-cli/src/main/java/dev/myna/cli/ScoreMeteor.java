package dev.myna.cli;

import dev.myna.text.metrics.Meteor;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** METEOR by equal words and equal stems. */
@Command(
    name = "meteor",
    description = "METEOR by equal words and stems, without synonyms; mean over segments.",
    footer = "  myna score meteor --hypotheses out.txt --references gold.txt")
final class ScoreMeteor extends Work {
  @Mixin ScoreTexts files = new ScoreTexts();

  @Override
  int run(Output out, Figures figures) {
    List<String> texts = files.hypotheses();
    List<List<String>> wanted = files.references();
    double mean =
        IntStream.range(0, texts.size())
            .mapToDouble(
                i ->
                    Meteor.standard()
                        .sentence(texts.get(i), wanted.stream().map(w -> w.get(i)).toList()))
            .average()
            .orElse(0);
    out.line("METEOR (exact, stem) = %.5f", mean);
    figures.put("name", "METEOR");
    figures.put("score", mean);
    figures.put("segments", texts.size());
    return Myna.DONE;
  }
}

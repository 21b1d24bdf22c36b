package dev.myna.cli;

import dev.myna.text.metrics.Meteor;
import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** METEOR by equal words and equal stems. */
@Command(
    name = "meteor",
    description = "METEOR by equal words and stems, without synonyms; mean over segments.",
    footer = "  myna score meteor --hypotheses out.txt --references gold.txt")
final class ScoreMeteor extends Work {
  @Option(
      names = {"--hypotheses", "--predictions"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "What the system wrote, one segment a line.")
  Path hypotheses = Path.of("");

  @Option(
      names = {"--references", "--targets"},
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      order = 2,
      description = "What it should be, one file a reference, parallel line by line.")
  List<Path> references = List.of();

  @Override
  int run(Output out, Figures figures) {
    List<String> texts = Segments.read(hypotheses);
    List<List<String>> wanted = references.stream().map(Segments::read).toList();
    for (int r = 0; r < wanted.size(); r++) {
      if (texts.isEmpty() || wanted.get(r).size() != texts.size()) {
        throw new MetricException(
            "as many segments are wanted, found %,d in %s and %,d in %s"
                .formatted(texts.size(), hypotheses, wanted.get(r).size(), references.get(r)));
      }
    }
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

package dev.myna.cli;

import dev.myna.text.metrics.MetricException;
import dev.myna.text.tagging.TaggedReader;
import dev.myna.text.tagging.TaggedSentence;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entities found and tags right. */
@Command(
    name = "tags",
    description = {
      "Precision, recall and F1 of entities (tags B-X, I-X, O …) as seqeval; of other tags each"
          + " one's and their mean.",
      "Files hold a word and its tag a line, in the first and the last column, and empty lines"
          + " between sentences (CoNLL), or lists of both (.jsonl)."
    },
    footer = "  myna score tags --predictions out.conll --targets gold.conll")
final class ScoreTags extends Work {
  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "Words with the tags that were predicted.")
  Path predictions = Path.of("");

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "The same words with the tags that are right.")
  Path targets = Path.of("");

  @Override
  int run(Output out, Figures figures) {
    List<TaggedSentence> said = TaggedReader.read(predictions);
    List<TaggedSentence> right = TaggedReader.read(targets);
    for (int i = 0; i < Math.min(said.size(), right.size()); i++) {
      if (!said.get(i).words().equals(right.get(i).words())) {
        throw new MetricException(
            "the same words in both files were wanted, but sentence %,d is \"%s\" in %s and \"%s\" in %s"
                .formatted(i + 1, text(said.get(i)), predictions, text(right.get(i)), targets));
      }
    }
    TagScores.show(tags(right), tags(said), out, figures);
    return Myna.DONE;
  }

  private static String text(TaggedSentence sentence) {
    String text = String.join(" ", sentence.words());
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static List<List<String>> tags(List<TaggedSentence> sentences) {
    return sentences.stream().map(TaggedSentence::tags).toList();
  }
}

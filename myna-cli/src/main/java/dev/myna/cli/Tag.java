package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.tagging.ConllFile;
import dev.myna.text.tagging.TaggedReader;
import dev.myna.text.tagging.TaggedSentence;
import dev.myna.train.TrainedTagger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says a tag of each word. */
@Command(
    name = "tag",
    footer = {
      "  myna tag runs/wikitext-2-case-bilstm \"the film was shot in new york\"",
      "  myna tag runs/wikitext-2-case-bilstm --judge test.conll"
    })
final class Tag extends Work {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run with task.kind: tagging, of which the best model is taken, or a"
              + " Hugging Face folder of a model for token classification.")
  Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "Sentences, words parted by spaces.")
  List<String> texts = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "Sentences, a line each.")
  @Nullable Path file;

  @Option(
      names = "--conll",
      paramLabel = "FILE",
      description = "Words, a line each (CoNLL): written back with the tag in a further column.")
  @Nullable Path conll;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description =
          "Words with their tags (CoNLL, or .jsonl): shows how well they are said, as myna score"
              + " tags does.")
  @Nullable Path judged;

  @Mixin DeviceOption where = new DeviceOption();

  @Override
  int run(Output out, Figures figures) throws IOException {
    if ((conll != null || judged != null)
        && (!texts.isEmpty() || file != null || (conll != null && judged != null))) {
      throw new MynaException(
          "one of texts (with --file), --conll and --judge was wanted, found several; run the"
              + " command once for each");
    }
    if (judged != null) {
      List<TaggedSentence> right = TaggedReader.read(judged);
      List<List<String>> said =
          tags(tagged(right.stream().map(TaggedSentence::words).toList(), out));
      TagScores.show(right.stream().map(TaggedSentence::tags).toList(), said, out, figures);
      return Myna.DONE;
    }
    List<List<TrainedTagger.Word>> tagged;
    if (conll != null) {
      ConllFile given = ConllFile.read(conll, StandardCharsets.UTF_8);
      tagged = tagged(given.sentences(), out);
      given.with(tags(tagged)).forEach(out::line);
    } else {
      tagged =
          tagged(
              TextLines.all(texts, file, "texts to tag").stream()
                  .map(TrainedTagger::words)
                  .toList(),
              out);
      show(tagged, out);
    }
    figures.put("sentences", tagged.stream().map(Tag::map).toList());
    return Myna.DONE;
  }

  private List<List<TrainedTagger.Word>> tagged(List<List<String>> sentences, Output out) {
    try (TrainedTagger tagger = TrainedTagger.load(LoadedModel.folder(model), where.device())) {
      return tagger.tag(sentences, out.progress());
    }
  }

  private static List<List<String>> tags(List<List<TrainedTagger.Word>> sentences) {
    return sentences.stream()
        .map(words -> words.stream().map(TrainedTagger.Word::tag).toList())
        .toList();
  }

  private static void show(List<List<TrainedTagger.Word>> sentences, Output out) {
    for (int i = 0; i < sentences.size(); i++) {
      if (i > 0) {
        out.line("");
      }
      out.table(
          List.of("word", "tag", "probability"),
          sentences.get(i).stream()
              .map(
                  word ->
                      List.of(
                          word.word(),
                          word.tag(),
                          String.format(Locale.ROOT, "%.4f", word.probability())))
              .toList());
    }
  }

  private static List<Map<String, Object>> map(List<TrainedTagger.Word> words) {
    return words.stream()
        .map(
            word -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("word", word.word());
              one.put("tag", word.tag());
              one.put("probability", word.probability());
              return one;
            })
        .toList();
  }
}

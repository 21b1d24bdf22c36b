package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.train.TokenizerStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Several tokenizers, or several sizes of one kind, on the same text. */
@Command(
    name = "compare",
    description =
        "Compare tokenizers on a text: tokens per word and byte, unknown ones, vocabulary used,"
            + " speed. With --sweep, learn vocabularies of several sizes and compare those.",
    footer = "  myna tokenizer compare tokenizers/a tokenizers/b --text books/*.txt")
final class TokenizerCompare extends Work {
  private static final List<String> HEAD =
      List.of(
          "tokenizer", "vocabulary", "tokens", "per word", "per byte", "unknown", "used", "speed");

  @Parameters(
      arity = "0..*",
      paramLabel = "TOKENIZER",
      description = "Files or folders of tokenizers, or folders of runs.")
  List<Path> tokenizers = new ArrayList<>();

  @Option(
      names = "--text",
      arity = "1..*",
      required = true,
      paramLabel = "TEXT",
      description = "Files, folders or globs to compare on.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--by-script",
      description = "Also apart for each script that lines are written in.")
  boolean byScript;

  @Option(
      names = "--sweep",
      split = ",",
      paramLabel = "N",
      description =
          "Learn vocabularies of these sizes from nine lines of ten, compare on the rest.")
  List<Integer> sweep = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "KIND",
      defaultValue = "bpe",
      completionCandidates = TokenizerKinds.class,
      description = "What --sweep learns: one of ${COMPLETION-CANDIDATES}.")
  String model = "bpe";

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Draw what --sweep finds into this HTML page.")
  @Nullable Path chart;

  @Override
  int run(Output out, Figures figures) {
    if (tokenizers.isEmpty() == sweep.isEmpty()) {
      throw new MynaException("name tokenizers to compare, or sizes to learn with --sweep");
    }
    if (chart != null && sweep.isEmpty()) {
      throw new MynaException("--chart draws what --sweep finds; name sizes with --sweep");
    }
    Corpus corpus = Corpus.of(texts);
    Map<String, TokenizerStatistics> all = new LinkedHashMap<>();
    if (sweep.isEmpty()) {
      List<Tokenizer> loaded = tokenizers.stream().map(TokenizerCommand::load).toList();
      for (int i = 0; i < loaded.size(); i++) {
        measure(tokenizers.get(i).toString(), loaded.get(i), corpus, all);
      }
    } else {
      all.putAll(VocabularySweep.run(corpus, model, sweep, out.progress()));
    }
    out.table(HEAD, all.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
    figures.put(
        "tokenizers", all.entrySet().stream().map(e -> figures(e.getKey(), e.getValue())).toList());
    if (chart != null) {
      VocabularySweep.page(model, all.values()).write(chart);
      out.line("chart  %s", chart);
      figures.put("chart", chart.toString());
    }
    return Myna.DONE;
  }

  private void measure(
      String name, Tokenizer tokenizer, Corpus corpus, Map<String, TokenizerStatistics> all) {
    try (Stream<String> stream = corpus.texts()) {
      all.put(name, TokenizerStatistics.of(tokenizer, stream::iterator));
    }
    if (!byScript) {
      return;
    }
    try (Stream<String> lines = VocabularySweep.lines(corpus)) {
      TokenizerStatistics.byScript(tokenizer, lines::iterator)
          .forEach(
              (script, statistics) ->
                  all.put(name + " " + script.name().toLowerCase(Locale.ROOT), statistics));
    }
  }

  private static Map<String, Object> figures(String name, TokenizerStatistics s) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("tokenizer", name);
    map.put("vocabulary_size", s.vocabulary());
    map.put("tokens", s.tokens());
    map.put("tokens_per_word", s.tokensPerWord());
    map.put("tokens_per_byte", s.tokensPerByte());
    map.put("unknown_rate", s.unknownRate());
    map.put("vocabulary_used", s.vocabularyShare());
    map.put("bytes_per_second", s.megabytesPerSecond() * 1e6);
    return map;
  }

  private static List<String> row(String name, TokenizerStatistics s) {
    return List.of(
        name,
        format("%,d", s.vocabulary()),
        format("%,d", s.tokens()),
        format("%.3f", s.tokensPerWord()),
        format("%.4f", s.tokensPerByte()),
        format("%.2f %%", 100 * s.unknownRate()),
        format("%.1f %%", 100 * s.vocabularyShare()),
        format("%.1f MB/s", s.megabytesPerSecond()));
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}

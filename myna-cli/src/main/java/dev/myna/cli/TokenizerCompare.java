package dev.myna.cli;

import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Several tokenizers on the same text. */
@Command(
    name = "compare",
    description = "Compare tokenizers on a text: tokens per word and byte, vocabulary used, speed.",
    footer = "  myna tokenizer compare tokenizers/a tokenizers/b --text books/*.txt")
final class TokenizerCompare extends Work {
  @Parameters(
      arity = "1..*",
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

  /** What one tokenizer made of the text. */
  private static final class Tally {
    private final Tokenizer tokenizer;
    private final BitSet used = new BitSet();
    private long tokens;
    private long bytes;
    private long words;
    private long nanos;

    Tally(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    void add(String text) {
      long start = System.nanoTime();
      int[] ids = tokenizer.ids(text);
      nanos += System.nanoTime() - start;
      tokens += ids.length;
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      words += text.isBlank() ? 0 : text.strip().split("\\s+").length;
      for (int id : ids) {
        used.set(id);
      }
    }

    double perWord() {
      return tokens / (double) Math.max(1, words);
    }

    double perByte() {
      return tokens / (double) Math.max(1, bytes);
    }

    double used() {
      return used.cardinality() / (double) tokenizer.vocabularySize();
    }

    double bytesPerSecond() {
      return bytes / Math.max(1e-9, nanos / 1e9);
    }

    Map<String, Object> figures(Path path) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("tokenizer", path.toString());
      map.put("vocabulary_size", tokenizer.vocabularySize());
      map.put("tokens", tokens);
      map.put("tokens_per_word", perWord());
      map.put("tokens_per_byte", perByte());
      map.put("vocabulary_used", used());
      map.put("bytes_per_second", bytesPerSecond());
      return map;
    }

    List<String> row(Path path) {
      return List.of(
          path.toString(),
          format("%,d", tokenizer.vocabularySize()),
          format("%,d", tokens),
          format("%.3f", perWord()),
          format("%.4f", perByte()),
          format("%.1f %%", 100 * used()),
          format("%.1f MB/s", bytesPerSecond() / 1e6));
    }
  }

  @Override
  int run(Output out, Figures figures) {
    Corpus corpus = Corpus.of(texts);
    List<Tally> tallies = tokenizers.stream().map(TokenizerCommand::load).map(Tally::new).toList();
    try (Stream<String> stream = corpus.texts()) {
      stream.forEach(text -> tallies.forEach(tally -> tally.add(text)));
    }
    List<Map<String, Object>> list = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < tallies.size(); i++) {
      list.add(tallies.get(i).figures(tokenizers.get(i)));
      rows.add(tallies.get(i).row(tokenizers.get(i)));
    }
    out.table(
        List.of("tokenizer", "vocabulary", "tokens", "per word", "per byte", "used", "speed"),
        rows);
    figures.put("tokenizers", list);
    return Myna.DONE;
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}

package dev.myna.text.vectors;

import dev.myna.WholeFile;
import dev.myna.text.vectors.FastTextConfig.Loss;
import dev.myna.text.vectors.FastTextConfig.Model;
import dev.myna.text.vectors.FastTextConfig.NGrams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .bin} and {@code .ftz} files of the fastText program, versions 11 and 12: settings,
 * dictionary, input matrix, output matrix; all little-endian.
 */
final class FastTextFile {
  static final int MAGIC = 793712314;
  private static final int VERSION = 12;

  private FastTextFile() {}

  private record Dictionary(
      Vocabulary words, Vocabulary labels, long tokens, @Nullable Map<Integer, Integer> kept) {}

  static FastText read(Path file) throws IOException {
    try (var in = new BinaryInput(file)) {
      if (in.left() < 8 || in.readInt("the magic number") != MAGIC) {
        throw in.broken("a fastText model (.bin or .ftz)", "another first number");
      }
      int version = in.readInt("the version");
      if (version > VERSION || version < 11) {
        throw in.broken("version 11 or 12 of the fastText format", "version " + version);
      }
      FastTextConfig config = readHeader(in, version);
      Dictionary dictionary = readDictionary(in);
      boolean quantized = in.readByte("the input's kind") != 0;
      if (!quantized && dictionary.kept() != null) {
        throw in.broken("a whole input matrix", "a pruned dictionary without a quantized matrix");
      }
      Rows input = QuantizedMatrix.readEither(in, quantized, config.dimension(), "input matrix");
      boolean quantizedOutput = in.readByte("the output's kind") != 0;
      Rows output =
          QuantizedMatrix.readEither(
              in, quantized && quantizedOutput, config.dimension(), "output matrix");
      requireRows(in, config, dictionary, input, output);
      return new FastText(
          config,
          dictionary.words(),
          dictionary.labels(),
          dictionary.tokens(),
          dictionary.kept(),
          input,
          output);
    }
  }

  private static FastTextConfig readHeader(BinaryInput in, int version) throws IOException {
    String field = "the settings";
    int dimension = in.readInt(field);
    int window = in.readInt(field);
    int epochs = in.readInt(field);
    int minCount = in.readInt(field);
    int negatives = in.readInt(field);
    int wordNGrams = in.readInt(field);
    int loss = in.readInt(field);
    int model = in.readInt(field);
    int buckets = in.readInt(field);
    int minChars = in.readInt(field);
    int maxChars = in.readInt(field);
    int unused = in.readInt(field); // how often the program updates its rate
    double sample = in.readDouble(field);
    if (loss < 1 || loss > Loss.values().length || model < 1 || model > Model.values().length) {
      throw in.broken("a loss from 1 to 4 and a model from 1 to 3", loss + " and " + model);
    }
    Model kind = Model.values()[model - 1];
    boolean wordsOnly = version == 11 && kind == Model.SUPERVISED; // n-grams came with version 12
    try {
      int longest = wordsOnly ? 0 : maxChars;
      var ngrams = new NGrams(minChars, longest, Math.max(wordNGrams, 1), buckets);
      var training = TrainingSettings.of(epochs, kind == Model.SUPERVISED ? 0.1 : 0.05);
      return new FastTextConfig(
          kind,
          Loss.values()[loss - 1],
          dimension,
          window,
          Math.max(minCount, 1),
          0,
          Math.max(negatives, 1),
          ngrams,
          sample,
          FastTextConfig.Words.PROGRAM,
          "__label__",
          training);
    } catch (IllegalArgumentException e) {
      throw in.broken("sound settings", String.valueOf(e.getMessage()));
    }
  }

  private static Dictionary readDictionary(BinaryInput in) throws IOException {
    int size = in.readInt("the dictionary's size");
    int wordCount = in.readInt("the number of words");
    int labelCount = in.readInt("the number of labels");
    long tokens = in.readLong("the number of tokens");
    long pruned = in.readLong("the number of kept n-grams");
    if (wordCount < 0 || labelCount < 0 || (long) wordCount + labelCount != size) {
      throw in.broken(
          "a dictionary of words and labels", size + " = " + wordCount + " + " + labelCount);
    }
    in.requireLeft(10L * size, "a dictionary of %,d entries".formatted(size));
    Vocabulary words = readEntries(in, wordCount, 0);
    Vocabulary labels = readEntries(in, labelCount, 1);
    in.requireLeft(8 * Math.max(pruned, 0), "kept n-grams");
    Map<Integer, Integer> kept = pruned < 0 ? null : new HashMap<>();
    for (long i = 0; kept != null && i < pruned; i++) {
      kept.put(in.readInt("a kept n-gram"), in.readInt("a kept n-gram"));
    }
    return new Dictionary(words, labels, tokens, kept);
  }

  private static Vocabulary readEntries(BinaryInput in, int size, int kind) throws IOException {
    var table = new WordTable();
    var counts = new long[size];
    for (int id = 0; id < size; id++) {
      String field = "entry %,d of the dictionary".formatted(id);
      byte[] word = in.readUntil((byte) 0, field);
      counts[id] = in.readLong(field);
      int found = in.readByte(field);
      if (found != kind) {
        throw in.broken("words before labels", "kind %d in %s".formatted(found, field));
      }
      int unused = table.add(word);
    }
    return new Vocabulary(table, counts);
  }

  private static void requireRows(
      BinaryInput in, FastTextConfig config, Dictionary dictionary, Rows input, Rows output) {
    Map<Integer, Integer> kept = dictionary.kept();
    int buckets = config.ngrams().buckets();
    if (kept != null) {
      buckets = kept.size();
      for (int row : kept.values()) {
        if (row < 0 || row >= buckets) {
          throw in.broken("a kept n-gram's row below " + buckets, String.valueOf(row));
        }
      }
    }
    long rows = (long) dictionary.words().size() + buckets;
    if (input.count < rows) {
      throw in.broken("an input matrix of %,d rows".formatted(rows), input.count + " rows");
    }
    Vocabulary predicted =
        config.model() == Model.SUPERVISED ? dictionary.labels() : dictionary.words();
    if (output.count < predicted.size()) {
      throw in.broken(
          "an output matrix of %,d rows".formatted(predicted.size()), output.count + " rows");
    }
  }

  /**
   * Writes a model.
   *
   * @param after bytes behind it, which the program and other readers pass over
   */
  static void write(FastText model, byte[] after, Path file) throws IOException {
    Map<Integer, Integer> kept = model.keptBuckets();
    if (kept != null) {
      throw new VectorsException(
          "writing wants a model with all its n-grams, and this one was read from a pruned .ftz;"
              + " train a .bin anew");
    }
    WholeFile.stream(
        file,
        stream -> {
          var out = new BinaryOutput(stream);
          writeHeader(model.config(), out);
          writeDictionary(model, out);
          writeMatrix(model.input(), out);
          writeMatrix(model.output(), out);
          stream.write(after);
        });
  }

  private static void writeHeader(FastTextConfig config, BinaryOutput out) throws IOException {
    NGrams ngrams = config.ngrams();
    var unused =
        out.ints(MAGIC, VERSION)
            .ints(config.dimension(), config.window(), config.training().epochs())
            .ints(config.minCount(), config.negatives(), ngrams.words())
            .ints(config.loss().ordinal() + 1, config.model().ordinal() + 1, ngrams.buckets())
            .ints(ngrams.minChars(), ngrams.maxChars(), 100)
            .number(config.sample());
  }

  private static void writeDictionary(FastText model, BinaryOutput out) throws IOException {
    Vocabulary words = model.words();
    Vocabulary labels = model.labelVocabulary();
    var unused =
        out.ints(words.size() + labels.size(), words.size(), labels.size())
            .longs(model.tokens(), -1);
    writeEntries(words, 0, out);
    writeEntries(labels, 1, out);
  }

  private static void writeEntries(Vocabulary entries, int kind, BinaryOutput out)
      throws IOException {
    for (int id = 0; id < entries.size(); id++) {
      var unused = out.bytes(entries.table().bytes(id)).one(0).longs(entries.count(id)).one(kind);
    }
  }

  private static void writeMatrix(Rows rows, BinaryOutput out) throws IOException {
    var unused = out.one(0).longs(rows.count, rows.width);
    for (int row = 0; row < rows.count; row++) {
      unused = out.floats(rows.data, rows.at(row), rows.width);
    }
  }
}

package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.text.vectors.FastTextConfig.Loss;
import dev.myna.text.vectors.FastTextConfig.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fastText model: vectors of words from their character n-grams, for words never seen too, and a
 * classifier of lines.
 *
 * <p>Follows the fastText program 0.9.2 and reads and writes its {@code .bin} files. A model may be
 * used by many threads once it is learned.
 */
public final class FastText {
  private final FastTextConfig config;
  private final Vocabulary words;
  private final Vocabulary labels; // with their prefix; empty unless supervised
  private final long tokens;
  private final @Nullable Map<Integer, Integer> keptBuckets;
  private final Subwords subwords;
  private final Rows input; // (V + buckets, D)
  private final Rows output; // (V or labels, D); one less has meaning under hierarchical softmax

  FastText(
      FastTextConfig config,
      Vocabulary words,
      Vocabulary labels,
      long tokens,
      @Nullable Map<Integer, Integer> keptBuckets,
      Rows input,
      Rows output) {
    this.config = config;
    this.words = words;
    this.labels = labels;
    this.tokens = tokens;
    this.keptBuckets = keptBuckets;
    this.input = input;
    this.output = output;
    subwords = new Subwords(words.table(), config.ngrams(), keptBuckets);
  }

  /**
   * Learns from a text of words parted by white space, one sentence a line; a supervised model's
   * lines hold labels among their words.
   *
   * @throws VectorsException if the text is empty, not UTF-8, or has no word (or label) often
   *     enough
   */
  public static FastText train(Path text, FastTextConfig config, Progress progress)
      throws IOException {
    FastText model = FastTextTrainer.prepare(text, config, progress);
    new FastTextTrainer(model).run(text, progress);
    return model;
  }

  /**
   * Reads a {@code .bin} (or quantized {@code .ftz}) file of the fastText program.
   *
   * @throws VectorsException if the file is cut off or of another kind
   */
  public static FastText load(Path file) throws IOException {
    return FastTextFile.read(file);
  }

  /** Writes a {@code .bin} file, version 12, that the fastText program reads. */
  public void save(Path file) throws IOException {
    FastTextFile.write(this, new byte[0], file);
  }

  /** The vector of any word, known or not: the mean of its own row and its n-grams'. */
  public float[] vector(String word) {
    var rows = new IntList();
    subwords.add(word.getBytes(StandardCharsets.UTF_8), rows);
    return mean(rows);
  }

  /** The vectors of all known words, as the program writes them to {@code .vec}. */
  public WordVectors wordVectors() {
    var vectors = new Rows(words.size(), input.width);
    var rows = new IntList();
    for (int id = 0; id < words.size(); id++) {
      rows.clear();
      subwords.add(id, rows);
      System.arraycopy(mean(rows), 0, vectors.data, vectors.at(id), vectors.width);
    }
    return new WordVectors(words, vectors);
  }

  /**
   * The most probable labels of a line, the most probable first.
   *
   * @throws VectorsException if the model is not supervised
   */
  public List<Prediction> predict(String line, int count) {
    if (config.model() != Model.SUPERVISED) {
      throw new VectorsException(
          "predicting wants a supervised fastText model, found %s; train one with labelled lines"
              .formatted(config.model()));
    }
    Require.atLeast("count", count, 1);
    var rows = new IntList();
    FastTextLine.addRows(line, this, rows);
    return rows.size() == 0
        ? List.of()
        : new FastTextPredictor(this).best(hidden(rows), Math.min(count, labels.size()));
  }

  /** A vector of a whole line: for a supervised model, what its labels are predicted from. */
  public float[] lineVector(String line) {
    var rows = new IntList();
    FastTextLine.addRows(line, this, rows);
    return mean(rows);
  }

  /** The labels without their prefix, the most frequent first. */
  public List<String> labels() {
    return IntStream.range(0, labels.size()).mapToObj(this::label).toList();
  }

  public FastTextConfig config() {
    return config;
  }

  /** The known words. */
  public Vocabulary words() {
    return words;
  }

  /** Words of the text it was learned from, with repetitions, line ends and labels. */
  public long tokens() {
    return tokens;
  }

  String label(int id) {
    String label = labels.word(id);
    return label.startsWith(config.label()) ? label.substring(config.label().length()) : label;
  }

  private float[] mean(IntList rows) {
    return Arrays.copyOf(hidden(rows), input.width);
  }

  /** The mean of input rows, padded. */
  float[] hidden(IntList rows) {
    var starts = new int[rows.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = input.at(rows.get(i));
    }
    var hidden = new float[input.stride];
    if (starts.length > 0) {
      Kernel.sum(input.data, starts, starts.length, input.stride, 1f / starts.length, hidden);
    }
    return hidden;
  }

  /** What is predicted: the labels of a supervised model, else the words. */
  Vocabulary predicted() {
    return config.model() == Model.SUPERVISED ? labels : words;
  }

  Targets targets() {
    long[] counts = predicted().counts();
    return switch (config.loss()) {
      case HIERARCHICAL_SOFTMAX -> new HuffmanTree(counts, output.stride, false);
      case NEGATIVE_SAMPLING ->
          new NegativeSampler(
              counts, config.words().power(), config.negatives(), output.stride, true);
      case SOFTMAX, ONE_VS_ALL -> new AllTargets(counts.length, output.stride);
    };
  }

  boolean has(Loss loss) {
    return config.loss() == loss;
  }

  Vocabulary labelVocabulary() {
    return labels;
  }

  Subwords subwords() {
    return subwords;
  }

  @Nullable Map<Integer, Integer> keptBuckets() {
    return keptBuckets;
  }

  Rows input() {
    return input;
  }

  Rows output() {
    return output;
  }
}

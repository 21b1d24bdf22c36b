package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * GloVe (Pennington, Socher and Manning, 2014): vectors whose inner products are the logarithms of
 * how often words stand near each other, fitted by AdaGrad.
 *
 * <p>Follows the reference program: counts by 1/distance in both directions within a line, squared
 * gradients that start at one, and the sum of a word's own and its context vector as the result.
 */
public final class GloVe {
  private final GloVeConfig config;
  private final Rows words;
  private final Rows contexts;
  private final Rows wordSquares; // sums of squared gradients
  private final Rows contextSquares;
  private final float[] wordBias;
  private final float[] contextBias;
  private final float[] wordBiasSquares;
  private final float[] contextBiasSquares;

  private GloVe(GloVeConfig config, int vocabulary) {
    this.config = config;
    int width = config.dimension();
    var draws = new Draws(config.training().seed());
    words = new Rows(vocabulary, width).randomize(draws, 0.5f / width);
    contexts = new Rows(vocabulary, width).randomize(draws, 0.5f / width);
    wordSquares = new Rows(vocabulary, width);
    contextSquares = new Rows(vocabulary, width);
    Arrays.fill(wordSquares.data, 1);
    Arrays.fill(contextSquares.data, 1);
    wordBias = biases(draws, vocabulary);
    contextBias = biases(draws, vocabulary);
    wordBiasSquares = ones(vocabulary);
    contextBiasSquares = ones(vocabulary);
  }

  /**
   * Learns vectors from a text of words parted by white space, one sentence a line.
   *
   * @throws VectorsException if the text is empty, not UTF-8, or has no word often enough
   */
  public static WordVectors train(Path text, GloVeConfig config, Progress progress)
      throws IOException {
    Vocabulary vocabulary = Vocabulary.count(text, config.minCount(), progress);
    try (var pairs =
        Cooccurrences.count(text, vocabulary, config.window(), config.pairsInMemory(), progress)) {
      var model = new GloVe(config, vocabulary.size());
      model.fit(pairs, progress);
      return new WordVectors(vocabulary, model.sum());
    }
  }

  private void fit(Cooccurrences cooccurrences, Progress progress) throws IOException {
    var draws = new Draws(~config.training().seed());
    int threads = config.training().threads();
    int epochs = config.training().epochs();
    int shards = cooccurrences.shards();
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int shard = 0; shard < shards; shard++) {
        Cooccurrences.Pairs pairs = cooccurrences.shard(shard, draws);
        Crew.run(
            threads,
            thread -> {
              long from = (long) pairs.size() * thread / threads;
              long to = (long) pairs.size() * (thread + 1) / threads;
              fit(pairs, (int) from, (int) to);
            });
        progress.at("fitting pairs", (long) epoch * shards + shard + 1, (long) epochs * shards);
      }
    }
  }

  private float[] biases(Draws draws, int size) {
    var biases = new float[size];
    for (int i = 0; i < size; i++) {
      biases[i] = (draws.unit() - 0.5f) / config.dimension();
    }
    return biases;
  }

  private static float[] ones(int size) {
    var ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void fit(Cooccurrences.Pairs pairs, int from, int to) {
    for (int i = from; i < to; i++) {
      int word = pairs.first()[i];
      int context = pairs.second()[i];
      float weight = pairs.weight()[i];
      int wordAt = words.at(word);
      int contextAt = contexts.at(context);
      float dot = Kernel.dot(words.data, wordAt, contexts.data, contextAt, words.stride);
      double difference = dot + wordBias[word] + contextBias[context] - Math.log(weight);
      float step = (float) (share(weight) * difference * config.training().rate());
      if (Float.isFinite(step)) {
        Kernel.adagrad(
            step,
            words.data,
            wordSquares.data,
            wordAt,
            contexts.data,
            contextSquares.data,
            contextAt,
            words.stride);
        move(wordBias, wordBiasSquares, word, step);
        move(contextBias, contextBiasSquares, context, step);
      }
    }
  }

  /** How much a pair of this weight counts. */
  private double share(float weight) {
    double ratio = weight / config.mostWeight();
    return ratio >= 1 ? 1 : Math.pow(ratio, config.power());
  }

  private static void move(float[] biases, float[] squares, int at, float step) {
    biases[at] -= step / (float) Math.sqrt(squares[at]);
    squares[at] += step * step;
  }

  private Rows sum() {
    for (int id = 0; id < words.count; id++) {
      Kernel.add(contexts.data, contexts.at(id), 1, words.data, words.at(id), words.stride);
    }
    return words;
  }
}

package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.text.vectors.Word2VecConfig.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * word2vec (Mikolov et al., 2013): continuous bag of words and skip-gram, with negative sampling or
 * hierarchical softmax, subsampling of frequent words and a dynamic window.
 *
 * <p>Follows the original C program, with the wider first vectors of gensim: sentences end at a
 * line's end or after 1,000 words, words are thinned out before the window is laid, and the
 * learning rate falls linearly. Unlike there, the scores of a word's targets are all taken before
 * the first of them is updated.
 */
public final class Word2Vec {
  private static final int LONGEST_SENTENCE = 1000;

  private final Word2VecConfig config;
  private final Vocabulary vocabulary;
  private final Rows input; // (V, D)
  private final Rows output; // (V or V - 1, D)
  private final Targets targets;
  private final long[] keep; // a word stays if 32 random bits are at most this
  private final Sigmoid sigmoid = new Sigmoid(1000, 6);
  private final boolean skipsSaturated;

  private Word2Vec(Word2VecConfig config, Vocabulary vocabulary) {
    this.config = config;
    this.vocabulary = vocabulary;
    int dimension = config.dimension();
    input =
        new Rows(vocabulary.size(), dimension)
            .randomize(new Draws(config.training().seed()), 1f / dimension);
    targets =
        switch (config.output()) {
          case Word2VecConfig.Output.Negative(int samples) ->
              new NegativeSampler(vocabulary.counts(), 0.75, samples, input.stride, false);
          case Word2VecConfig.Output.HierarchicalSoftmax() ->
              new HuffmanTree(vocabulary.counts(), input.stride, true);
        };
    skipsSaturated = config.output() instanceof Word2VecConfig.Output.HierarchicalSoftmax;
    output = new Rows(targets.outputs(), dimension);
    keep = thresholds(vocabulary, config.sample());
  }

  /**
   * Learns vectors from a text of words parted by white space, one sentence a line.
   *
   * @throws VectorsException if the text is empty, not UTF-8, or has no word often enough
   */
  public static WordVectors train(Path text, Word2VecConfig config, Progress progress)
      throws IOException {
    return train(text, Vocabulary.count(text, config.minCount(), progress), config, progress);
  }

  /** As above, for the words of a given vocabulary. */
  public static WordVectors train(
      Path text, Vocabulary vocabulary, Word2VecConfig config, Progress progress)
      throws IOException {
    var model = new Word2Vec(config, vocabulary);
    new Passes(config.training(), vocabulary.total())
        .run(text, thread -> model.new Worker(config.training().seed() + thread), progress);
    return new WordVectors(vocabulary, model.input);
  }

  private static long[] thresholds(Vocabulary vocabulary, double sample) {
    var keep = new long[vocabulary.size()];
    Arrays.fill(keep, Long.MAX_VALUE);
    double threshold = sample * vocabulary.total();
    for (int id = 0; sample > 0 && id < keep.length; id++) {
      double count = vocabulary.count(id);
      keep[id] = (long) ((Math.sqrt(count / threshold) + 1) * threshold / count * 0x1p32);
    }
    return keep;
  }

  /** One thread's sentence and scratch rows. */
  private final class Worker implements Passes.Worker {
    private final Draws draws;
    private final int[] sentence = new int[LONGEST_SENTENCE];
    private final int[] around = new int[2 * config.window()];
    private final int[] rows = new int[targets.most()];
    private final float[] answers = new float[targets.most()];
    private final float[] scores = new float[targets.most()];
    private final float[] hidden = new float[input.stride];
    private final float[] error = new float[input.stride];
    private float rate;

    Worker(long seed) {
      draws = new Draws(~seed);
    }

    @Override
    public boolean line(WordReader reader, Passes.Pace pace) throws IOException {
      int length = 0;
      var token = reader.next();
      for (; token == WordReader.Token.WORD; token = reader.next()) {
        int id = vocabulary.id(reader);
        if (id >= 0) {
          pace.advance();
          if (keep[id] > draws.next() >>> 32) {
            sentence[length++] = id;
          }
        }
        if (length == LONGEST_SENTENCE) {
          break;
        }
      }
      learn(length, pace.rate());
      return token != WordReader.Token.END;
    }

    private void learn(int length, float rate) {
      this.rate = rate;
      for (int position = 0; position < length; position++) {
        int reach = config.window() - draws.below(config.window());
        int from = Math.max(0, position - reach);
        int to = Math.min(length, position + reach + 1);
        if (config.context() == Context.CBOW) {
          bag(position, from, to);
        } else {
          pairs(position, from, to);
        }
      }
    }

    private void pairs(int position, int from, int to) {
      for (int i = from; i < to; i++) {
        if (i != position) {
          int at = input.at(sentence[i]);
          System.arraycopy(input.data, at, hidden, 0, hidden.length);
          predict(sentence[position], input.data, at);
        }
      }
    }

    private void bag(int position, int from, int to) {
      int count = 0;
      for (int i = from; i < to; i++) {
        if (i != position) {
          around[count++] = input.at(sentence[i]);
        }
      }
      if (count > 0) {
        Kernel.sum(input.data, around, count, hidden.length, 1f / count, hidden);
        Arrays.fill(error, 0);
        predict(sentence[position], error, 0);
        for (int i = 0; i < count; i++) {
          Kernel.add(error, 0, 1, input.data, around[i], hidden.length);
        }
      }
    }

    /**
     * Tells the word from its targets by the hidden row; what hidden should change goes to error.
     */
    private void predict(int word, float[] error, int errorAt) {
      int count = targets.fill(word, draws, rows, answers);
      Kernel.dots(hidden, 0, output.data, rows, count, hidden.length, scores);
      for (int i = 0; i < count; i++) {
        boolean skipped = skipsSaturated && sigmoid.saturated(scores[i]);
        scores[i] = skipped ? 0 : (answers[i] - sigmoid.at(scores[i])) * rate;
      }
      Kernel.update(hidden, output.data, rows, scores, count, hidden.length, error, errorAt);
    }
  }
}

package dev.myna.text.vectors;

/**
 * Settings of word2vec, with the meaning that the original C program gives them.
 *
 * @param context what predicts what
 * @param output how a word is predicted
 * @param dimension floats a word
 * @param window words to each side at most; the reach of every position is drawn from 1 to it
 * @param minCount words seen less often are left out
 * @param sample words more frequent than this share of the text are thinned out; 0 keeps all
 */
public record Word2VecConfig(
    Context context,
    Output output,
    int dimension,
    int window,
    int minCount,
    double sample,
    TrainingSettings training) {

  /** What predicts what. */
  public enum Context {
    /** The mean of the words around predicts the word. */
    CBOW,
    /** Every word around predicts the word. */
    SKIP_GRAM
  }

  /** How a word is predicted. */
  public sealed interface Output {
    /** Told apart from {@code samples} words drawn by their frequency to the power 0.75. */
    record Negative(int samples) implements Output {
      public Negative {
        Require.atLeast("negative samples", samples, 1);
      }
    }

    /** By the decisions on the way to the word's leaf in a Huffman tree. */
    record HierarchicalSoftmax() implements Output {}
  }

  public Word2VecConfig {
    Require.atLeast("dimension", dimension, 1);
    Require.atLeast("window", window, 1);
    Require.atLeast("minCount", minCount, 1);
    Require.notNegative("sample", sample);
  }

  /** 100 dimensions, window 5, 5 negative samples, 5 epochs from rate 0.025. */
  public static Word2VecConfig skipGram() {
    return new Word2VecConfig(
        Context.SKIP_GRAM, new Output.Negative(5), 100, 5, 5, 1e-3, TrainingSettings.of(5, 0.025));
  }

  /** As {@link #skipGram()}, from rate 0.05. */
  public static Word2VecConfig cbow() {
    return new Word2VecConfig(
        Context.CBOW, new Output.Negative(5), 100, 5, 5, 1e-3, TrainingSettings.of(5, 0.05));
  }

  public Word2VecConfig withOutput(Output output) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }

  public Word2VecConfig withDimension(int dimension) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }

  public Word2VecConfig withWindow(int window) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }

  public Word2VecConfig withMinCount(int minCount) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }

  public Word2VecConfig withSample(double sample) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }

  public Word2VecConfig withTraining(TrainingSettings training) {
    return new Word2VecConfig(context, output, dimension, window, minCount, sample, training);
  }
}

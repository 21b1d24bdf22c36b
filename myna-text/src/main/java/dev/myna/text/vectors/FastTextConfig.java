package dev.myna.text.vectors;

/**
 * Settings of fastText, with the meaning and the defaults of its command-line program but for what
 * {@link Words} says.
 *
 * @param dimension floats a row
 * @param window words to each side at most
 * @param minCount words seen less often are left out
 * @param minLabelCount labels seen less often are left out
 * @param negatives words drawn against each word under {@link Loss#NEGATIVE_SAMPLING}
 * @param sample words more frequent than this share of the text are thinned out
 * @param words how words without labels are met
 * @param label what a label begins with
 */
public record FastTextConfig(
    Model model,
    Loss loss,
    int dimension,
    int window,
    int minCount,
    int minLabelCount,
    int negatives,
    NGrams ngrams,
    double sample,
    Words words,
    String label,
    TrainingSettings training) {

  /**
   * How words without labels are met; of labelled lines the end is always a word.
   *
   * @param power negative samples are drawn by this power of a word's frequency
   * @param lineEnds whether the end of a line is a word too
   */
  public record Words(double power, boolean lineEnds) {
    /** As in word2vec and gensim, which makes better vectors. */
    public static final Words WORD2VEC = new Words(0.75, false);

    /** As in fastText's own program. */
    public static final Words PROGRAM = new Words(0.5, true);

    public Words {
      Require.notNegative("power", power);
    }
  }

  /** What is learned; the order is that of the numbers 1, 2, 3 in a .bin file. */
  public enum Model {
    /** The mean of the words around predicts the word. */
    CBOW,
    /** A word predicts every word around. */
    SKIP_GRAM,
    /** A line predicts its label. */
    SUPERVISED
  }

  /** How a word or label is predicted; the order is that of the numbers 1 to 4 in a .bin file. */
  public enum Loss {
    HIERARCHICAL_SOFTMAX,
    NEGATIVE_SAMPLING,
    SOFTMAX,
    /** A yes or no for every label on its own: lines may have several. */
    ONE_VS_ALL
  }

  /**
   * N-grams beside the words, hashed into buckets.
   *
   * @param minChars shortest character n-gram of a word
   * @param maxChars longest; 0 for none
   * @param words longest word n-gram of a line (supervised only); 1 for none
   * @param buckets rows that all n-grams share
   */
  public record NGrams(int minChars, int maxChars, int words, int buckets) {
    public NGrams {
      Require.atLeast("minChars", minChars, 0);
      Require.atLeast("maxChars", maxChars, 0);
      Require.atLeast("words", words, 1);
      Require.atLeast("buckets", buckets, maxChars > 0 || words > 1 ? 1 : 0);
    }
  }

  public FastTextConfig {
    Require.atLeast("dimension", dimension, 1);
    Require.atLeast("window", window, 1);
    Require.atLeast("minCount", minCount, 1);
    Require.atLeast("minLabelCount", minLabelCount, 0);
    Require.atLeast("negatives", negatives, 1);
    Require.notNegative("sample", sample);
    if (label.isBlank() && model == Model.SUPERVISED) {
      throw new IllegalArgumentException("label must not be blank");
    }
  }

  /** Whether the end of a line is a word. */
  boolean lineEnds() {
    return model == Model.SUPERVISED || words.lineEnds();
  }

  /** Skip-gram over character n-grams of 3 to 6, 100 dimensions, rate 0.05. */
  public static FastTextConfig skipGram() {
    return unsupervised(Model.SKIP_GRAM);
  }

  /** CBOW over character n-grams of 3 to 6, 100 dimensions, rate 0.05. */
  public static FastTextConfig cbow() {
    return unsupervised(Model.CBOW);
  }

  private static FastTextConfig unsupervised(Model model) {
    return new FastTextConfig(
        model,
        Loss.NEGATIVE_SAMPLING,
        100,
        5,
        5,
        0,
        5,
        new NGrams(3, 6, 1, 2_000_000),
        1e-4,
        Words.WORD2VEC,
        "__label__",
        TrainingSettings.of(5, 0.05));
  }

  /** A softmax over labels from whole words, 100 dimensions, rate 0.1. */
  public static FastTextConfig supervised() {
    return new FastTextConfig(
        Model.SUPERVISED,
        Loss.SOFTMAX,
        100,
        5,
        1,
        0,
        5,
        new NGrams(0, 0, 1, 0),
        1e-4,
        Words.PROGRAM,
        "__label__",
        TrainingSettings.of(5, 0.1));
  }

  public FastTextConfig withLoss(Loss loss) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withDimension(int dimension) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withWindow(int window) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withMinCount(int minCount) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withNGrams(NGrams ngrams) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withSample(double sample) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withWords(Words words) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  public FastTextConfig withTraining(TrainingSettings training) {
    return with(loss, dimension, window, minCount, ngrams, sample, words, training);
  }

  private FastTextConfig with(
      Loss loss,
      int dimension,
      int window,
      int minCount,
      NGrams ngrams,
      double sample,
      Words words,
      TrainingSettings training) {
    return new FastTextConfig(
        model,
        loss,
        dimension,
        window,
        minCount,
        minLabelCount,
        negatives,
        ngrams,
        sample,
        words,
        label,
        training);
  }
}

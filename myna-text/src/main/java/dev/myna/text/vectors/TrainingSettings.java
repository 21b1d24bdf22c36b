package dev.myna.text.vectors;

/**
 * How long, how fast and by how many a model is learned.
 *
 * @param epochs passes over the text
 * @param rate learning rate at the start; word2vec and fastText let it fall linearly
 * @param threads threads that write to the same matrices; one gives the same bits every time
 * @param seed of every random choice
 */
public record TrainingSettings(int epochs, double rate, int threads, long seed) {
  public TrainingSettings {
    Require.atLeast("epochs", epochs, 1);
    Require.positive("rate", rate);
    Require.atLeast("threads", threads, 1);
  }

  /** All processors, seed 1. */
  public static TrainingSettings of(int epochs, double rate) {
    return new TrainingSettings(epochs, rate, Runtime.getRuntime().availableProcessors(), 1);
  }

  public TrainingSettings withEpochs(int epochs) {
    return new TrainingSettings(epochs, rate, threads, seed);
  }

  public TrainingSettings withRate(double rate) {
    return new TrainingSettings(epochs, rate, threads, seed);
  }

  public TrainingSettings withThreads(int threads) {
    return new TrainingSettings(epochs, rate, threads, seed);
  }

  public TrainingSettings withSeed(long seed) {
    return new TrainingSettings(epochs, rate, threads, seed);
  }
}

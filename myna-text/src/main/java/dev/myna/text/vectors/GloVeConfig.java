package dev.myna.text.vectors;

/**
 * Settings of GloVe, with the meaning that its reference program gives them.
 *
 * @param dimension floats a word
 * @param window words to each side; a word at distance d counts 1/d
 * @param minCount words seen less often are left out
 * @param mostWeight pairs seen at least so often have full weight
 * @param power how weight rises with counts below that
 * @param pairsInMemory distinct pairs held at once; more are kept in temporary files
 */
public record GloVeConfig(
    int dimension,
    int window,
    int minCount,
    double mostWeight,
    double power,
    int pairsInMemory,
    TrainingSettings training) {
  public GloVeConfig {
    Require.atLeast("dimension", dimension, 1);
    Require.atLeast("window", window, 1);
    Require.atLeast("minCount", minCount, 1);
    Require.positive("mostWeight", mostWeight);
    Require.positive("power", power);
    Require.atLeast("pairsInMemory", pairsInMemory, 1);
  }

  /** 100 dimensions, window 10, full weight from 100, 25 epochs of rate 0.05. */
  public static GloVeConfig standard() {
    return new GloVeConfig(100, 10, 5, 100, 0.75, 16_000_000, TrainingSettings.of(25, 0.05));
  }

  public GloVeConfig withDimension(int dimension) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }

  public GloVeConfig withWindow(int window) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }

  public GloVeConfig withMinCount(int minCount) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }

  public GloVeConfig withMostWeight(double mostWeight) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }

  public GloVeConfig withPairsInMemory(int pairsInMemory) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }

  public GloVeConfig withTraining(TrainingSettings training) {
    return new GloVeConfig(dimension, window, minCount, mostWeight, power, pairsInMemory, training);
  }
}

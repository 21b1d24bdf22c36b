package dev.myna.generate;

import java.util.SplittableRandom;

/** Chooses a token by the scores of all. Keeps the state of its random stream; one a row. */
final class Sampler {
  private final Strategy strategy;
  private final SplittableRandom stream;

  private Sampler(Strategy strategy, long seed, int sequence) {
    this.strategy = strategy;
    // A row's stream depends on seed and number of the sample alone, so that a row of a batch says
    // what it would say by itself. Multiplying by an odd constant keeps neighbouring seeds apart.
    this.stream = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sequence);
  }

  /**
   * @param sequence which of the texts of one prompt, counted from 0
   */
  static Sampler of(Strategy strategy, int sequence) {
    return switch (strategy) {
      case Strategy.Random random -> new Sampler(strategy, random.seed(), sequence);
      case Strategy.Greedy _ -> new Sampler(strategy, 0, 0);
      case Strategy.Beam _ ->
          throw new IllegalArgumentException("beams are not sampled one by one");
    };
  }

  /** The token chosen, -1 where all are ruled out. */
  int next(float[] scores) {
    return switch (strategy) {
      case Strategy.Random _ -> draw(scores);
      case Strategy.Greedy _, Strategy.Beam _ -> Logits.argmax(scores);
    };
  }

  private int draw(float[] scores) {
    double[] chances = Logits.softmax(scores);
    double left = stream.nextDouble();
    int last = -1;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        last = i; // rounding may leave a little after the last token
        left -= chances[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}

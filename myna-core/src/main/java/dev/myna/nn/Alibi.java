package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;

/** A fixed slope a head, times the distance, taken from the score (Press et al., 2022). */
final class Alibi extends Positions {
  private final float[] slopes;

  Alibi(PositionSpec.Alibi spec) {
    slopes = slopes(spec.heads());
  }

  @Override
  public Tensor added(long queries, long keys, Tensor like) {
    Tensor distances = distances(queries, keys, like).abs().to(DType.FLOAT32);
    Tensor perHead = Tensor.of(slopes, 1, slopes.length, 1, 1).to(like.device());
    return distances.mul(perHead).neg(); // (1, H, T, S)
  }

  /**
   * A geometric row from 2^(-8/n) on; for a number of heads that is no power of two, the row of the
   * power below it, filled up with every second slope of the power above.
   */
  static float[] slopes(int heads) {
    int power = Integer.highestOneBit(heads);
    float[] slopes = new float[heads];
    for (int i = 0; i < power; i++) {
      slopes[i] = (float) Math.pow(2, -8.0 * (i + 1) / power);
    }
    for (int i = power; i < heads; i++) {
      slopes[i] = (float) Math.pow(2, -4.0 * (2 * (i - power) + 1) / power);
    }
    return slopes;
  }
}

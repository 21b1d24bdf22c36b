package dev.myna.text.vectors;

/** The logistic function from a table, as the reference programs compute it. */
final class Sigmoid {
  private final float[] table;
  private final float bound;
  private final float scale;

  /**
   * @param bound the table spans -bound to bound
   */
  Sigmoid(int size, float bound) {
    this.bound = bound;
    scale = size / (2 * bound);
    table = new float[size + 1];
    for (int i = 0; i <= size; i++) {
      table[i] = (float) (1 / (1 + Math.exp(-(i / (double) scale - bound))));
    }
  }

  /** 0 and 1 outside the table; NaN gives 0. */
  float at(float x) {
    if (x >= bound) {
      return 1;
    }
    return x > -bound ? table[(int) ((x + bound) * scale)] : 0;
  }

  boolean saturated(float x) {
    return !(x > -bound && x < bound);
  }
}

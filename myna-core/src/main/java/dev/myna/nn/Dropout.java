package dev.myna.nn;

import dev.myna.tensor.Tensor;

/** Drops elements while training (Srivastava et al., 2014). */
public final class Dropout extends Module {
  private final double probability;

  public Dropout(double probability) {
    this.probability = probability;
  }

  public Tensor forward(Tensor x) {
    double now = now();
    return now > 0 ? x.dropout(now) : x;
  }

  /** The probability that counts now: zero outside training. */
  public double now() {
    return training() ? probability : 0;
  }
}

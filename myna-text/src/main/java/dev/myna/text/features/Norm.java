package dev.myna.text.features;

/** To what length rows are scaled. A row of zeros stays as it is. */
public enum Norm {
  /** Not at all. */
  NONE,
  /** The absolute values add up to one. */
  L1,
  /** The squares add up to one. */
  L2;

  void scale(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum +=
          switch (this) {
            case NONE -> 0;
            case L1 -> Math.abs(values[i]);
            case L2 -> values[i] * values[i];
          };
    }
    if (sum == 0) {
      return;
    }
    double length = this == L2 ? Math.sqrt(sum) : sum;
    for (int i = from; i < to; i++) {
      values[i] /= length;
    }
  }
}

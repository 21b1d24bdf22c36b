package dev.myna.text.train;

/**
 * Sums of fractions in fixed point: whole-number addition gives the same sum in any order, so that
 * work shared among threads ends in the same bits however many there were.
 */
final class FixedSums {
  private static final double UNIT = 1L << 20;

  private final long[] sums;

  FixedSums(int size) {
    sums = new long[size];
  }

  /** Adds {@code amount} (at most 2^42 over all additions) at {@code index}. */
  void add(int index, double amount) {
    sums[index] += Math.round(amount * UNIT);
  }

  void addAll(FixedSums other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
  }

  double get(int index) {
    return sums[index] / UNIT;
  }
}

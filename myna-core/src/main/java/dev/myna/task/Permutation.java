package dev.myna.task;

/**
 * The numbers below {@code size} in an order that a key decides, without a table: any of them can
 * be asked for, so that a run goes on wherever it was stopped.
 *
 * <p>A Feistel network over the next even number of bits, walked until it lands below {@code size}
 * (Black and Rogaway, 2002).
 */
record Permutation(long size, long key) {
  private static final int ROUNDS = 6;

  Permutation {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, found " + size);
    }
  }

  /** The number at place {@code i}. */
  long at(long i) {
    int half = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
    long x = i;
    do {
      x = shuffle(x, half);
    } while (x >= size);
    return x;
  }

  private long shuffle(long x, int half) {
    long mask = (1L << half) - 1;
    long left = x >>> half;
    long right = x & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = left ^ (mix(right + key * 31 + round) & mask);
      left = right;
      right = mixed;
    }
    return left << half | right;
  }

  /** SplitMix64's finaliser (Steele et al., 2014). */
  static long mix(long z) {
    long a = (z + 0x9e3779b97f4a7c15L);
    a = (a ^ a >>> 30) * 0xbf58476d1ce4e5b9L;
    a = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return a ^ a >>> 31;
  }
}

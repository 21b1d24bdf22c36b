package dev.myna.text.vectors;

/** SplitMix64 (Steele, Lea and Flood, 2014): a fast random sequence for one thread. */
final class Draws {
  private long state;

  Draws(long seed) {
    state = seed * 0x9E3779B97F4A7C15L + 0xD1B54A32D192ED03L;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** From 0 to 1, without 1; 24 bits. */
  float unit() {
    return (next() >>> 40) * 0x1p-24f;
  }
}

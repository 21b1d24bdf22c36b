package dev.myna.text.similarity;

import dev.myna.text.features.FeatureHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Signatures of sets whose share of equal places estimates {@link Sets#jaccard}. With n places the
 * estimate's standard deviation is at most 1 / (2 √n). Broder, 1997.
 */
public final class MinHash {
  private static final long PRIME = (1L << 61) - 1;

  private final long[] factors;
  private final long[] offsets;

  /**
   * Signatures with the number of places.
   *
   * @param seed signatures of the same seed and length can be compared
   */
  public MinHash(int places, long seed) {
    if (places < 1) {
      throw new IllegalArgumentException(
          "A signature has at least 1 place, but %d were wanted.".formatted(places));
    }
    SplittableRandom random = new SplittableRandom(seed);
    factors = random.longs(places, 1, PRIME).toArray();
    offsets = random.longs(places, 0, PRIME).toArray();
  }

  /** How many places a signature has. */
  public int places() {
    return factors.length;
  }

  /** The signature of the set of the items; order and repetition do not matter. */
  public long[] signature(Iterable<String> items) {
    long[] signature = new long[factors.length];
    Arrays.fill(signature, Long.MAX_VALUE);
    for (String item : items) {
      byte[] bytes = item.getBytes(StandardCharsets.UTF_8);
      long low = FeatureHash.murmur3(bytes, bytes.length, 0) & 0xffff_ffffL;
      long high = FeatureHash.murmur3(bytes, bytes.length, 0x9747b28c) & 0x1fff_ffffL;
      long hash = (high << 32 | low) % PRIME;
      for (int i = 0; i < factors.length; i++) {
        long mixed = modulo(factors[i], hash) + offsets[i];
        signature[i] = Math.min(signature[i], mixed >= PRIME ? mixed - PRIME : mixed);
      }
    }
    return signature;
  }

  /** The product modulo the Mersenne prime 2⁶¹ - 1. */
  private static long modulo(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    long sum = (low & PRIME) + (high << 3 | low >>> 61);
    return sum >= PRIME ? sum - PRIME : sum;
  }

  /** The estimate of Jaccard's similarity, in [0, 1]. */
  public static double similarity(long[] a, long[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Signatures to compare have equally many places, but have %d and %d."
              .formatted(a.length, b.length));
    }
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] == b[i]) {
        same++;
      }
    }
    return (double) same / a.length;
  }
}

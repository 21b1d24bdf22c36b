package dev.myna.text.features;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Columns by hash: MurmurHash3 (32 bits, seed 0) of the term's UTF-8. Follows scikit-learn's {@code
 * FeatureHasher}.
 */
public final class FeatureHash {
  private FeatureHash() {}

  /** MurmurHash3 of Austin Appleby, x86, 32 bits. */
  public static int murmur3(byte[] bytes, int length, int seed) {
    int h = seed;
    int blocks = length & ~3;
    for (int i = 0; i < blocks; i += 4) {
      int k =
          bytes[i] & 0xff
              | (bytes[i + 1] & 0xff) << 8
              | (bytes[i + 2] & 0xff) << 16
              | bytes[i + 3] << 24;
      h = Integer.rotateLeft(h ^ scrambled(k), 13) * 5 + 0xe6546b64;
    }
    int k = 0;
    for (int i = length - 1; i >= blocks; i--) {
      k = k << 8 | bytes[i] & 0xff;
    }
    h ^= scrambled(k) ^ length;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }

  private static int scrambled(int k) {
    return Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
  }

  /** The column of a hash, 0 to {@code columns} exclusively. */
  static int column(int hash, int columns) {
    return hash == Integer.MIN_VALUE
        ? (Integer.MAX_VALUE - (columns - 1)) % columns
        : Math.abs(hash) % columns;
  }

  /** Adds a row of the features with their values, which are added up where columns meet. */
  public static void row(
      Map<String, Double> features, int columns, boolean signs, SparseMatrix.Builder to) {
    TreeMap<Integer, Double> row = new TreeMap<>();
    features.forEach(
        (name, value) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          int hash = murmur3(bytes, bytes.length, 0);
          if (value != 0) {
            row.merge(column(hash, columns), signs && hash < 0 ? -value : value, Double::sum);
          }
        });
    row.forEach(to::add);
    to.endRow();
  }
}

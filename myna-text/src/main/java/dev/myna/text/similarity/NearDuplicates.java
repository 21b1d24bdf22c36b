package dev.myna.text.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds signatures alike without comparing all pairs: locality-sensitive hashing by bands. Two sets
 * of Jaccard similarity s meet in at least one of b bands of r places with probability 1 - (1 -
 * sʳ)ᵇ.
 */
public final class NearDuplicates {
  private final int bands;
  private final int width;
  private final List<Map<Long, List<Integer>>> buckets = new ArrayList<>();
  private final List<long[]> signatures = new ArrayList<>();

  /**
   * For signatures of {@code places} places, cut into bands for the threshold: the most bands whose
   * turning point (1/b)^(1/r) is not below it.
   */
  public NearDuplicates(int places, double threshold) {
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "A threshold of similarity is between 0 and 1, but is %s.".formatted(threshold));
    }
    int best = places;
    for (int r = places; r >= 1; r--) {
      int b = places / r;
      if (Math.pow(1.0 / b, 1.0 / r) >= threshold * 0.9) {
        best = r;
      }
    }
    width = best;
    bands = places / best;
    for (int i = 0; i < bands; i++) {
      buckets.add(new HashMap<>());
    }
  }

  /** Adds a signature and gives its number, counted from 0. */
  public int add(long[] signature) {
    int number = signatures.size();
    for (int band = 0; band < bands; band++) {
      buckets.get(band).computeIfAbsent(key(signature, band), k -> new ArrayList<>()).add(number);
    }
    signatures.add(signature.clone());
    return number;
  }

  /** The numbers of those added that are at least that similar, ascending. */
  public List<Integer> find(long[] signature, double similarity) {
    Set<Integer> candidates = new HashSet<>();
    for (int band = 0; band < bands; band++) {
      candidates.addAll(buckets.get(band).getOrDefault(key(signature, band), List.of()));
    }
    return candidates.stream()
        .filter(i -> MinHash.similarity(signatures.get(i), signature) >= similarity)
        .sorted()
        .toList();
  }

  private long key(long[] signature, int band) {
    if (signature.length < bands * width) {
      throw new IllegalArgumentException(
          "A signature has %d places here, but has %d.".formatted(bands * width, signature.length));
    }
    long hash = 0;
    for (long place : Arrays.copyOfRange(signature, band * width, (band + 1) * width)) {
      hash = (hash ^ place) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}

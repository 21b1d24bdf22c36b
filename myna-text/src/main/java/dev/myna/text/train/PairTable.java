package dev.myna.text.train;

import java.util.Arrays;

/**
 * Pairs of neighbouring symbols and how often each stands in the text: an open-addressing table of
 * packed pairs ({@code left << 32 | right}), each with a dense index.
 */
final class PairTable {
  private static final long FREE = -1; // no pair of two ids packs to it

  private long[] keys;
  private int[] indices;
  private int size;

  /** Packed pair and its count, by dense index. */
  private long[] pairs = new long[1 << 10];

  private long[] counts = new long[1 << 10];

  PairTable() {
    keys = new long[1 << 12];
    Arrays.fill(keys, FREE);
    indices = new int[1 << 12];
  }

  static long pack(int left, int right) {
    return ((long) left << 32) | right;
  }

  /** Adds {@code change} to the pair's count, from 0 where it is new; gives its index. */
  int add(int left, int right, long change) {
    long pair = pack(left, right);
    int at = find(keys, pair);
    if (keys[at] == FREE) {
      at = insert(pair, at);
    }
    int index = indices[at];
    counts[index] += change;
    return index;
  }

  long count(int index) {
    return counts[index];
  }

  long pair(int index) {
    return pairs[index];
  }

  int size() {
    return size;
  }

  private static int find(long[] keys, long pair) {
    int mask = keys.length - 1;
    long mixed = pair * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed >>> 32) & mask;
    while (keys[at] != FREE && keys[at] != pair) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int insert(long pair, int at) {
    int place = at;
    if (size >= keys.length / 2 && keys.length < 1 << 30) {
      widen();
      place = find(keys, pair);
    }
    if (size == pairs.length) {
      int capacity = size + (size >> 1);
      pairs = Arrays.copyOf(pairs, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    keys[place] = pair;
    indices[place] = size;
    pairs[size] = pair;
    size++;
    return place;
  }

  private void widen() {
    long[] wider = new long[keys.length * 2];
    int[] moved = new int[wider.length];
    Arrays.fill(wider, FREE);
    for (int index = 0; index < size; index++) {
      int at = find(wider, pairs[index]);
      wider[at] = pairs[index];
      moved[at] = index;
    }
    keys = wider;
    indices = moved;
  }
}

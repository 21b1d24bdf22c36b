package dev.myna.text.train;

import java.util.Arrays;

/**
 * Pairs of neighbouring symbols and how often each stands in the text: packed pairs ({@code left <<
 * 32 | right}) with dense indices, found through an open-addressing table of indices.
 */
final class PairTable {
  /** Index of a pair plus one, 0 where free; the length is a power of two. */
  private int[] table = new int[1 << 12];

  private int size;

  /** Packed pair and its count, by dense index. */
  private long[] pairs = new long[1 << 10];

  private long[] counts = new long[1 << 10];

  static long pack(int left, int right) {
    return ((long) left << 32) | right;
  }

  /** Adds {@code change} to the pair's count, from 0 where it is new; gives its index. */
  int add(int left, int right, long change) {
    long pair = pack(left, right);
    int at = find(pair);
    int index = table[at] == 0 ? insert(pair, at) : table[at] - 1;
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

  private int find(long pair) {
    int at = start(pair);
    int mask = table.length - 1;
    while (table[at] != 0 && pairs[table[at] - 1] != pair) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int start(long pair) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (table.length - 1);
  }

  private int insert(long pair, int at) {
    int place = at;
    if (size >= table.length / 2 && table.length < 1 << 30) {
      widen();
      place = find(pair);
    }
    if (size == pairs.length) {
      int capacity = size + (size >> 1);
      pairs = Arrays.copyOf(pairs, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    pairs[size] = pair;
    table[place] = size + 1;
    return size++;
  }

  private void widen() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int index = 0; index < size; index++) {
      int at = start(pairs[index]);
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = index + 1;
    }
  }
}

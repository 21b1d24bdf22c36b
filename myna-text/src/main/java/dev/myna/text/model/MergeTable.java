package dev.myna.text.model;

import java.util.Arrays;
import java.util.BitSet;

/** Merges of pairs of ids: an open-addressing hash from a packed pair to rank and merged id. */
final class MergeTable {
  /** What a pair without a merge has. */
  static final long NONE = Long.MAX_VALUE;

  private final long[] table;
  private final int mask;
  private final BitSet parts = new BitSet();
  private int ranks;
  private boolean ordered = true;

  MergeTable(int capacity) {
    int size = Integer.highestOneBit(Math.max(8, capacity)) * 4;
    table = new long[size * 2];
    Arrays.fill(table, -1);
    mask = size - 1;
  }

  /** Adds a merge; the first rank of a pair stays only until a later one comes. */
  void put(int left, int right, int rank, int merged) {
    // Merges come by rising rank: a token that was part of one must not be made later.
    parts.set(left);
    parts.set(right);
    ordered &= !parts.get(merged);
    ranks = Math.max(ranks, rank + 1);
    long key = (long) left << 32 | right;
    int slot = slot(key);
    while (table[slot * 2] != -1 && table[slot * 2] != key) {
      slot = slot + 1 & mask;
    }
    table[slot * 2] = key;
    table[slot * 2 + 1] = (long) rank << 32 | merged;
  }

  /** The largest rank and one. */
  int ranks() {
    return ranks;
  }

  /** Whether every merge comes after all that make its parts. */
  boolean ordered() {
    return ordered;
  }

  /** Rank in the high half and merged id in the low half, or {@link #NONE}. */
  long get(int left, int right) {
    long key = (long) left << 32 | right;
    int slot = slot(key);
    while (true) {
      long found = table[slot * 2];
      if (found == key) {
        return table[slot * 2 + 1];
      }
      if (found == -1) {
        return NONE;
      }
      slot = slot + 1 & mask;
    }
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 40 ^ h >>> 20) & mask;
  }
}

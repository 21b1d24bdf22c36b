package dev.myna.text.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Merges of pairs of ids: an open-addressing hash from a packed pair to rank and merged id. Most
 * pairs that are asked for have no merge, so a small filter that stays in the processor's cache is
 * asked first; pairs of the lowest ids, usually those of bytes, have a table of their own.
 */
final class MergeTable {
  private static final int LOW = 256; // ids below this have a direct table

  /** What a pair without a merge has. */
  static final long NONE = Long.MAX_VALUE;

  private final long[] table;
  private final int mask;
  private final long[] filter; // a bit for some hash of each pair
  private final int filterShift;
  private final long[] low = new long[LOW * LOW];
  private final BitSet parts = new BitSet();
  private int ranks;
  private boolean ordered = true;

  MergeTable(int capacity) {
    int size = Integer.highestOneBit(Math.max(8, capacity)) * 4;
    table = new long[size * 2];
    Arrays.fill(table, -1);
    mask = size - 1;
    filter = new long[size / 8];
    filterShift = Long.numberOfLeadingZeros(filter.length * 64L) + 1;
    Arrays.fill(low, NONE);
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
    long value = (long) rank << 32 | merged;
    table[slot * 2 + 1] = value;
    int bit = bit(key);
    filter[bit >>> 6] |= 1L << bit;
    if ((left | right) < LOW) {
      low[left * LOW + right] = value;
    }
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
    if ((left | right) < LOW) {
      return low[left * LOW + right];
    }
    long key = (long) left << 32 | right;
    int bit = bit(key);
    if ((filter[bit >>> 6] >>> bit & 1) == 0) {
      return NONE;
    }
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

  private int bit(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> filterShift);
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 40 ^ h >>> 20) & mask;
  }
}

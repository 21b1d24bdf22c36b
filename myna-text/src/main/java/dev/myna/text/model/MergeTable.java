package dev.myna.text.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private int limit;
  private boolean prepared;
  private @Nullable LongestMatches matches;

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
    limit = Math.max(limit, Math.max(merged, Math.max(left, right)) + 1);
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

  /** One more than the largest id. */
  int limit() {
    return limit;
  }

  /** All pairs that have a merge, packed as for {@link #get(long)}. */
  long[] pairs() {
    long[] pairs = new long[table.length / 2];
    int n = 0;
    for (int slot = 0; slot < table.length; slot += 2) {
      if (table[slot] != -1) {
        pairs[n++] = table[slot];
      }
    }
    return Arrays.copyOf(pairs, n);
  }

  /** The way to encode long pieces, made when it is first asked for; null where there is none. */
  synchronized @Nullable LongestMatches matches() {
    if (!prepared) {
      matches = LongestMatches.of(this);
      prepared = true;
    }
    return matches;
  }

  /** Rank in the high half and merged id in the low half, or {@link #NONE}. */
  long get(int left, int right) {
    if ((left | right) < LOW) {
      return low[left * LOW + right];
    }
    return get((long) left << 32 | right);
  }

  /** The same for a pair that has its left id in the high half. */
  long get(long key) {
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

package dev.myna.text.features;

import java.util.Arrays;

/**
 * Terms numbered in the order in which they were first seen: a hash table over one buffer of chars,
 * some ten bytes a term beside its letters.
 */
final class TermTable {
  /** Terms that fit: ids and places are ints, and the table is at most half full. */
  private static final int MOST = 1 << 29;

  private char[] pool = new char[1 << 14];

  /** Start of term i in the pool; one more for the end of the last. */
  private int[] starts = new int[1 << 11];

  /** Ids plus one by hash; zero is free. A power of two long. */
  private int[] slots = new int[1 << 12];

  private int size;

  int size() {
    return size;
  }

  String term(int id) {
    return new String(pool, starts[id], starts[id + 1] - starts[id]);
  }

  int length(int id) {
    return starts[id + 1] - starts[id];
  }

  /** The term's id, or -1. */
  int find(char[] chars, int start, int end) {
    return slots[slot(chars, start, end)] - 1;
  }

  /** The term's id, a new one where it was not known. */
  int add(char[] chars, int start, int end) {
    int slot = slot(chars, start, end);
    if (slots[slot] == 0) {
      append(chars, start, end);
      slots[slot] = size;
      int id = size - 1;
      if (size * 2 > slots.length) {
        grow();
      }
      return id;
    }
    return slots[slot] - 1;
  }

  private int slot(char[] chars, int start, int end) {
    int mask = slots.length - 1;
    int slot = hash(chars, start, end) & mask;
    while (slots[slot] != 0 && !same(slots[slot] - 1, chars, start, end)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean same(int id, char[] chars, int start, int end) {
    int from = starts[id];
    int length = end - start;
    if (starts[id + 1] - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (pool[from + i] != chars[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(char[] chars, int start, int end) {
    int h = 0;
    for (int i = start; i < end; i++) {
      h = h * 31 + chars[i];
    }
    h *= 0x9E3779B1;
    return h ^ h >>> 15;
  }

  private void append(char[] chars, int start, int end) {
    int used = starts[size];
    int length = end - start;
    if (size == MOST || used + (long) length > Integer.MAX_VALUE - 16) {
      throw new FeatureException(
          "A vocabulary holds at most two billion letters, and this text has more distinct terms;"
              + " use hashed features or shorter n-grams.");
    }
    if (used + length > pool.length) {
      pool =
          Arrays.copyOf(
              pool,
              (int) Math.min(Integer.MAX_VALUE - 16, Math.max(pool.length * 2L, used + length)));
    }
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    System.arraycopy(chars, start, pool, used, length);
    starts[++size] = used + length;
  }

  private void grow() {
    int[] bigger = new int[slots.length * 2];
    int mask = bigger.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hash(pool, starts[id], starts[id + 1]) & mask;
      while (bigger[slot] != 0) {
        slot = slot + 1 & mask;
      }
      bigger[slot] = id + 1;
    }
    slots = bigger;
  }

  /** Below, at or above zero as term a stands before, at or after term b by code points. */
  int compare(int a, int b) {
    int i = starts[a];
    int j = starts[b];
    int until = i + Math.min(length(a), length(b));
    for (; i < until; i++, j++) {
      char x = pool[i];
      char y = pool[j];
      if (x != y) {
        // Surrogates stand for code points above all other chars.
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? x - y : high ? 1 : -1;
      }
    }
    return length(a) - length(b);
  }

  /** The ids among the first {@code count} of the array, in the order of their terms. */
  void sort(int[] ids, int count) {
    sort(ids, new int[count], 0, count);
  }

  private void sort(int[] ids, int[] scratch, int from, int to) {
    if (to - from < 12) {
      for (int i = from + 1; i < to; i++) {
        int id = ids[i];
        int j = i;
        for (; j > from && compare(ids[j - 1], id) > 0; j--) {
          ids[j] = ids[j - 1];
        }
        ids[j] = id;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(ids, scratch, from, middle);
    sort(ids, scratch, middle, to);
    System.arraycopy(ids, from, scratch, from, middle - from);
    int i = from;
    int j = middle;
    for (int k = from; i < middle; k++) {
      ids[k] = j < to && compare(scratch[i], ids[j]) > 0 ? ids[j++] : scratch[i++];
    }
  }

  /** A table of the given terms only, numbered in the order of the ids. */
  TermTable select(int[] ids, int count) {
    TermTable table = new TermTable();
    for (int i = 0; i < count; i++) {
      int unused = table.add(pool, starts[ids[i]], starts[ids[i] + 1]);
    }
    return table;
  }
}

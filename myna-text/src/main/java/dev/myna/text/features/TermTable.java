package dev.myna.text.features;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RecursiveAction;

/**
 * Terms numbered in the order in which they were first seen: a hash table over one buffer of chars,
 * some ten bytes a term beside its letters.
 */
final class TermTable {
  /** Terms that fit: ids and places are ints, and the table is at most half full. */
  private static final int MOST = 1 << 29;

  private static final int PARALLEL = 1 << 12; // ids that are worth a task of their own

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

  /** The id of another table's term, a new one where it was not known. */
  int add(TermTable other, int id) {
    return add(other.pool, other.starts[id], other.starts[id + 1]);
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

  /**
   * Puts the first {@code count} ids into the order of their terms by code points: a quicksort by
   * one char at a time (Bentley and Sedgewick, 1997), on all cores.
   */
  void sort(int[] ids, int count) {
    new Sorting(ids, 0, count, 0).invoke();
  }

  /** Sorts a range whose terms agree in their first chars; the parts of a large one in parallel. */
  private final class Sorting extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient int[] ids;
    private final int from;
    private final int to;
    private final int at;

    Sorting(int[] ids, int from, int to, int at) {
      this.ids = ids;
      this.from = from;
      this.to = to;
      this.at = at;
    }

    @Override
    protected void compute() {
      if (to - from < PARALLEL) {
        sort(ids, from, to, at);
        return;
      }
      int pivot = median(ids, from, to, at);
      long borders = partition(ids, from, to, at, pivot);
      int below = (int) (borders >>> 32);
      int above = (int) borders;
      int ended = pivot < 0 ? above : below; // terms that have ended are equal
      invokeAll(
          List.of(
              new Sorting(ids, from, below, at),
              new Sorting(ids, above, to, at),
              new Sorting(ids, ended, above, at + 1)));
    }
  }

  private void sort(int[] ids, int start, int stop, int depth) {
    int from = start;
    int to = stop;
    int at = depth;
    while (to - from > 1) {
      int pivot = median(ids, from, to, at);
      long borders = partition(ids, from, to, at, pivot);
      sort(ids, from, (int) (borders >>> 32), at);
      sort(ids, (int) borders, to, at);
      if (pivot < 0) {
        return;
      }
      from = (int) (borders >>> 32);
      to = (int) borders;
      at++;
    }
  }

  /** Where the ids that equal the pivot begin, in the high half, and end, in the low half. */
  private long partition(int[] ids, int from, int to, int at, int pivot) {
    int below = from;
    int above = to;
    int i = from;
    while (i < above) {
      int order = order(ids[i], at);
      if (order < pivot) {
        swap(ids, below++, i++);
      } else if (order > pivot) {
        swap(ids, i, --above);
      } else {
        i++;
      }
    }
    return (long) below << 32 | above;
  }

  private int median(int[] ids, int from, int to, int at) {
    int a = order(ids[from], at);
    int b = order(ids[(from + to) >>> 1], at);
    int c = order(ids[to - 1], at);
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(int[] ids, int i, int j) {
    int swapped = ids[i];
    ids[i] = ids[j];
    ids[j] = swapped;
  }

  /**
   * The char's place in the order of code points, in which surrogates stand above all others; -1
   * after the term's end.
   */
  private int order(int id, int at) {
    int place = starts[id] + at;
    if (place >= starts[id + 1]) {
      return -1;
    }
    char c = pool[place];
    return c < Character.MIN_SURROGATE ? c : c <= Character.MAX_SURROGATE ? c + 0x10000 : c;
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

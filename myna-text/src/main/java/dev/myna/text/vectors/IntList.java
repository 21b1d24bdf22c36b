package dev.myna.text.vectors;

import java.util.Arrays;

/** A growing list of ints whose array the inner loops read. */
final class IntList {
  private int[] items = new int[16];
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  void addAll(int[] from, int start, int end) {
    if (size + end - start > items.length) {
      items = Arrays.copyOf(items, Math.max(size * 2, size + end - start));
    }
    System.arraycopy(from, start, items, size, end - start);
    size += end - start;
  }

  int get(int index) {
    return items[index];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Holds the items up to {@link #size}; used until the next change. */
  int[] items() {
    return items;
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}

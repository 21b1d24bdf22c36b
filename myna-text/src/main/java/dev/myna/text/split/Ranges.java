package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Ranges that tile a text in order, each a delimiter or not, and how behaviours join them. */
final class Ranges {
  private int[] ends = new int[16];
  private boolean[] delimiters = new boolean[16];
  private int size;

  /** Every character that {@code delimits} takes is a delimiter of its own. */
  static Ranges ofCharacters(AlignedText text, IntPredicate delimits) {
    Ranges ranges = new Ranges();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (delimits.test(c)) {
        ranges.addDelimiter(i, next);
      }
      i = next;
    }
    ranges.finish(text.length());
    return ranges;
  }

  void add(int end, boolean delimiter) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      delimiters = Arrays.copyOf(delimiters, size * 2);
    }
    ends[size] = end;
    delimiters[size++] = delimiter;
  }

  /** Adds what lies before a delimiter, if anything does, and then the delimiter. */
  void addDelimiter(int start, int end) {
    if (start > end()) {
      add(start, false);
    }
    add(end, true);
  }

  /** Adds the rest up to {@code end}, if there is any. */
  void finish(int end) {
    if (end > end()) {
      add(end, false);
    }
  }

  int end() {
    return size == 0 ? 0 : ends[size - 1];
  }

  /** Cuts {@code text} by these ranges; {@code invert} makes delimiters of the others. */
  void cut(AlignedText text, Behavior behavior, boolean invert, List<AlignedText> out) {
    for (int i = 0; i < size; i++) {
      boolean delimiter = delimiters[i] != invert;
      int start = i == 0 ? 0 : ends[i - 1];
      int last = i;
      switch (behavior) {
        case REMOVED -> {
          if (delimiter) {
            continue;
          }
        }
        case ISOLATED -> {}
        case CONTIGUOUS -> {
          while (last + 1 < size && delimiters[last + 1] == delimiters[i]) {
            last++;
          }
        }
        case MERGED_WITH_PREVIOUS -> {
          if (!delimiter && i + 1 < size && delimiters[i + 1] != invert) {
            last++;
          }
        }
        case MERGED_WITH_NEXT -> {
          if (delimiter && i + 1 < size && delimiters[i + 1] == invert) {
            last++;
          }
        }
      }
      if (ends[last] > start) {
        out.add(text.slice(start, ends[last]));
      }
      i = last;
    }
  }
}

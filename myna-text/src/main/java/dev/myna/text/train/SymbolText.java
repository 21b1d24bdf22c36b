package dev.myna.text.train;

import dev.myna.text.TokenizerException;
import java.util.Arrays;

/**
 * All words as symbols in one array, in which two neighbours merge in constant time.
 *
 * <p>A symbol owns as many slots as it has characters. Its first slot holds its id; its second and
 * its last one hold its length, negative, so that both neighbours can be found; {@link #END} stands
 * between words.
 */
final class SymbolText {
  private static final int END = -1;
  static final int NONE = -1;

  private int[] slots = new int[1 << 12];
  private int[] words = new int[1 << 12]; // index of the word that a slot belongs to
  private int size = 1;
  private long[] counts = new long[1 << 10];
  private int wordCount;

  SymbolText() {
    slots[0] = END;
  }

  /** Appends a word of {@code length} symbols that was seen {@code count} times. */
  void add(int[] symbols, int length, long count) {
    if (size > Integer.MAX_VALUE - 64 - length) {
      throw new TokenizerException(
          "the different words of the text must have fewer than 2^31 characters together, but have"
              + " more; choose a pre-tokenizer that cuts words shorter, or a smaller text");
    }
    if (size + length + 1 > slots.length) {
      int capacity =
          (int)
              Math.min(Integer.MAX_VALUE - 16, Math.max(slots.length * 3L / 2, size + length + 1L));
      slots = Arrays.copyOf(slots, capacity);
      words = Arrays.copyOf(words, capacity);
    }
    if (wordCount == counts.length) {
      counts = Arrays.copyOf(counts, wordCount + (wordCount >> 1));
    }
    System.arraycopy(symbols, 0, slots, size, length);
    Arrays.fill(words, size, size + length, wordCount);
    size += length;
    slots[size++] = END;
    counts[wordCount++] = count;
  }

  /** End of the text: places are 0 (exclusive) to this (exclusive). */
  int size() {
    return size;
  }

  /** Symbol at {@code place}; negative where no symbol begins there. */
  int symbol(int place) {
    return slots[place];
  }

  /** How often the word around {@code place} was seen. */
  long count(int place) {
    return counts[words[place]];
  }

  /** Characters of the symbol that begins at {@code place}. */
  int length(int place) {
    int second = slots[place + 1];
    return second < END ? -second - 1 : 1;
  }

  /** Where the next symbol of the same word begins, {@link #NONE} at the word's end. */
  int next(int place) {
    int next = place + length(place);
    return slots[next] == END ? NONE : next;
  }

  /** Where the symbol before begins, {@link #NONE} at the word's beginning. */
  int previous(int place) {
    int last = slots[place - 1];
    if (last == END) {
      return NONE;
    }
    return last >= 0 ? place - 1 : place + last + 1;
  }

  /** Makes one symbol of the one at {@code first} and its neighbour at {@code second}. */
  void merge(int first, int second, int symbol) {
    int length = second - first + length(second);
    int mark = -length - 1;
    slots[first] = symbol;
    slots[first + 1] = mark;
    slots[second] = mark;
    slots[first + length - 1] = mark;
  }
}

package dev.myna.text.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.text.TokenizerException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

/**
 * Words and how often each was seen: an open-addressing table over one array of characters, so that
 * counting a word that was seen before allocates nothing.
 *
 * <p>Not safe for several threads: each counts into its own and {@link #addAll} joins them.
 */
public final class WordCounts {
  /** UTF-16 units of all words in a row; a word is a slice of it. */
  private char[] text = new char[1 << 12];

  private int textLength;

  /** Where each word begins; the next word's beginning is its end. */
  private int[] starts = new int[1 << 8];

  private int[] hashes = new int[1 << 8];
  private long[] counts = new long[1 << 8];
  private int size;

  /** Index of a word plus one, 0 where free; the length is a power of two. */
  private int[] table = new int[1 << 9];

  /** Number of different words. */
  public int size() {
    return size;
  }

  /** Sees {@code word} {@code times} more often. */
  @CanIgnoreReturnValue
  public WordCounts add(String word, long times) {
    char[] chars = word.toCharArray();
    add(chars, 0, chars.length, times);
    return this;
  }

  /** Sees the word {@code source[from, to)} {@code times} more often. */
  public void add(char[] source, int from, int to, long times) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + source[i];
    }
    add(source, from, to, spread(hash), times);
  }

  /** Adds everything that {@code other} has seen. */
  public void addAll(WordCounts other) {
    for (int word = 0; word < other.size; word++) {
      add(other.text, other.starts[word], other.end(word), other.hashes[word], other.counts[word]);
    }
  }

  /** Times that the word at {@code index} was seen. */
  public long count(int index) {
    return counts[index];
  }

  /** The word at {@code index}, 0 to {@link #size} - 1, in the order of first sight. */
  public String word(int index) {
    return new String(text, starts[index], end(index) - starts[index]);
  }

  /** All words with their counts, in the order of their UTF-16 units. */
  public void forEachSorted(ObjLongConsumer<String> action) {
    for (int word : sorted()) {
      action.accept(word(word), counts[word]);
    }
  }

  /**
   * Indices of the words in the order of their UTF-16 units, whatever the order of counting was.
   */
  int[] sorted() {
    Comparator<Integer> byText =
        (a, b) -> Arrays.compare(text, starts[a], end(a), text, starts[b], end(b));
    return IntStream.range(0, size).boxed().sorted(byText).mapToInt(Integer::intValue).toArray();
  }

  private int end(int word) {
    return word + 1 < size ? starts[word + 1] : textLength;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }

  private void add(char[] source, int from, int to, int hash, long times) {
    int mask = table.length - 1;
    int at = hash & mask;
    while (table[at] != 0) {
      int word = table[at] - 1;
      if (hashes[word] == hash && Arrays.equals(text, starts[word], end(word), source, from, to)) {
        counts[word] += times;
        return;
      }
      at = (at + 1) & mask;
    }
    insert(source, from, to, hash, times, at);
  }

  private void insert(char[] source, int from, int to, int hash, long times, int at) {
    int length = to - from;
    if (textLength > Integer.MAX_VALUE - 16 - length) {
      throw new TokenizerException(
          "the different words of the text must fit into 2^31 characters together, but do not;"
              + " choose a pre-tokenizer that cuts words shorter, or a smaller text");
    }
    if (textLength + length > text.length) {
      text = Arrays.copyOf(text, grown(text.length, textLength + length));
    }
    System.arraycopy(source, from, text, textLength, length);
    if (size == starts.length) {
      int capacity = grown(size, size + 1);
      starts = Arrays.copyOf(starts, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    starts[size] = textLength;
    hashes[size] = hash;
    counts[size] = times;
    textLength += length;
    table[at] = ++size;
    if (size > table.length / 2 && table.length < 1 << 30) {
      rehash();
    }
  }

  private static int grown(int capacity, int wanted) {
    long half = capacity + (capacity >> 1);
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(half, wanted));
  }

  private void rehash() {
    int[] wider = new int[table.length * 2];
    int mask = wider.length - 1;
    for (int word = 0; word < size; word++) {
      int at = hashes[word] & mask;
      while (wider[at] != 0) {
        at = (at + 1) & mask;
      }
      wider[at] = word + 1;
    }
    table = wider;
  }
}

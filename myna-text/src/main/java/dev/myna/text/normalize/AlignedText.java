package dev.myna.text.normalize;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A text under change, in which every character knows the range of the original text that it came
 * from. Follows the alignment rules of Hugging Face Tokenizers: an inserted character shares the
 * range of the one before it.
 *
 * <p>All positions are UTF-16 units. While nothing has changed a length, the ranges are not stored:
 * character i came from the character at {@code originalStart + i}.
 */
public final class AlignedText implements CharSequence {
  private char[] chars;
  private int length;
  private final int originalStart;
  private final int originalEnd;
  private int @Nullable [] starts;
  private int @Nullable [] ends;

  /** A text that nothing has changed yet. */
  public AlignedText(String text) {
    this(text.toCharArray(), text.length(), 0, text.length(), null, null);
  }

  /** The part of a text from {@code from} to {@code to} that nothing has changed yet. */
  public static AlignedText of(char[] text, int from, int to) {
    return new AlignedText(Arrays.copyOfRange(text, from, to), to - from, from, to, null, null);
  }

  private AlignedText(
      char[] chars,
      int length,
      int originalStart,
      int originalEnd,
      int @Nullable [] starts,
      int @Nullable [] ends) {
    this.chars = chars;
    this.length = length;
    this.originalStart = originalStart;
    this.originalEnd = originalEnd;
    this.starts = starts;
    this.ends = ends;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  /** The code point at {@code index}; a lone surrogate is itself. */
  public int codePointAt(int index) {
    return Character.codePointAt(chars, index, length);
  }

  /** The characters, valid up to {@link #length()}; not to be changed. */
  public char[] array() {
    return chars;
  }

  /** Where this text began in the original. */
  public int originalStart() {
    return originalStart;
  }

  /** Where this text ended in the original. */
  public int originalEnd() {
    return originalEnd;
  }

  /** Where the character at {@code index} began in the original. */
  public int startOf(int index) {
    if (starts != null) {
      return starts[index];
    }
    boolean second = index > 0 && Character.isSurrogatePair(chars[index - 1], chars[index]);
    return originalStart + (second ? index - 1 : index);
  }

  /** Where the character at {@code index} ended in the original. */
  public int endOf(int index) {
    if (ends != null) {
      return ends[index];
    }
    boolean first = index + 1 < length && Character.isSurrogatePair(chars[index], chars[index + 1]);
    return originalStart + (first ? index + 2 : index + 1);
  }

  /** The part from {@code from} to {@code to}, as a text of its own. */
  public AlignedText slice(int from, int to) {
    int start = from == to ? originalStart + from : startOf(from);
    int end = from == to ? start : endOf(to - 1);
    return new AlignedText(
        Arrays.copyOfRange(chars, from, to),
        to - from,
        start,
        end,
        starts == null ? null : Arrays.copyOfRange(starts, from, to),
        ends == null ? null : Arrays.copyOfRange(ends, from, to));
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return new String(chars, from, to - from);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  /** Replaces one char in place by another that stands for the same original character. */
  public void set(int index, char c) {
    chars[index] = c;
  }

  /** Puts {@code prefix} before the text; it shares the range of the first character. */
  public void prepend(String prefix) {
    if (length == 0 || prefix.isEmpty()) {
      return;
    }
    Rewrite rewrite = new Rewrite(length + prefix.length());
    int first = startOf(0);
    int firstEnd = endOf(0);
    for (int i = 0; i < prefix.length(); i++) {
      rewrite.put(prefix.charAt(i), first, firstEnd);
    }
    for (int i = 0; i < length; i++) {
      rewrite.put(chars[i], startOf(i), endOf(i));
    }
    rewrite.apply();
  }

  /** Drops the characters that {@code kept} refuses; the others keep their ranges. */
  public void keep(IntPredicate kept) {
    int first = 0;
    while (first < length) {
      int c = codePointAt(first);
      if (!kept.test(c)) {
        break;
      }
      first += Character.charCount(c);
    }
    if (first == length) {
      return;
    }
    Rewrite rewrite = rewrite();
    rewrite.copy(0, first);
    for (int i = first; i < length; ) {
      int c = codePointAt(i);
      int next = i + Character.charCount(c);
      if (kept.test(c)) {
        rewrite.copy(i, next);
      }
      i = next;
    }
    rewrite.apply();
  }

  /** Puts one character for another; the new one has the old one's range. */
  public void replaceAll(int from, int to) {
    Rewrite rewrite = rewrite();
    for (int i = 0; i < length; ) {
      int c = codePointAt(i);
      rewrite.putAt(c == from ? to : c, i);
      i += Character.charCount(c);
    }
    rewrite.apply();
  }

  /** Drops all but the characters from {@code from} to {@code to}. */
  public void keepRange(int from, int to) {
    if (from > 0 || to < length) {
      Rewrite rewrite = rewrite();
      rewrite.copy(from, to);
      rewrite.apply();
    }
  }

  /**
   * Replaces the whole text. Each new code point has a change: 0 takes the place of the next
   * character, -n does so and removes the n characters after that one, and a positive one is
   * inserted.
   */
  void transform(int[] points, int[] changes, int count) {
    Rewrite rewrite = rewrite();
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (changes[i] > 0) {
        rewrite.putAfter(points[i], at);
      } else {
        rewrite.putAt(points[i], Math.min(at, length - 1));
        for (int skip = changes[i]; skip <= 0 && at < length; skip++) {
          at += Character.charCount(codePointAt(at));
        }
      }
    }
    rewrite.apply();
  }

  /** Begins a rewriting of the whole text, to be filled and applied by the caller. */
  public Rewrite rewrite() {
    return new Rewrite(length + 16);
  }

  /** The text in the making: characters with their ranges in the original. */
  public final class Rewrite {
    private char[] newChars;
    private int[] newStarts;
    private int[] newEnds;
    private int size;

    private Rewrite(int capacity) {
      newChars = new char[capacity];
      newStarts = new int[capacity];
      newEnds = new int[capacity];
    }

    /** Adds a char that came from {@code start} to {@code end} of the original. */
    public void put(char c, int start, int end) {
      if (size == newChars.length) {
        int capacity = size + (size >> 1) + 16;
        newChars = Arrays.copyOf(newChars, capacity);
        newStarts = Arrays.copyOf(newStarts, capacity);
        newEnds = Arrays.copyOf(newEnds, capacity);
      }
      newChars[size] = c;
      newStarts[size] = start;
      newEnds[size++] = end;
    }

    /** Adds the characters from {@code from} to {@code to} of the text as it was. */
    public void copy(int from, int to) {
      for (int i = from; i < to; i++) {
        put(chars[i], startOf(i), endOf(i));
      }
    }

    /** Adds a code point that shares the range of what stood before {@code index}. */
    public void putAfter(int codePoint, int index) {
      if (index > 0) {
        putAt(codePoint, index - 1);
      } else {
        putCodePoint(codePoint, originalStart, originalStart);
      }
    }

    /** Adds a code point that came from the character at {@code index} of the text as it was. */
    public void putAt(int codePoint, int index) {
      putCodePoint(codePoint, startOf(index), endOf(index));
    }

    private void putCodePoint(int codePoint, int start, int end) {
      if (Character.isBmpCodePoint(codePoint)) {
        put((char) codePoint, start, end);
      } else {
        put(Character.highSurrogate(codePoint), start, end);
        put(Character.lowSurrogate(codePoint), start, end);
      }
    }

    /** Makes what was put the text. */
    public void apply() {
      chars = newChars;
      length = size;
      starts = newStarts;
      ends = newEnds;
    }
  }
}

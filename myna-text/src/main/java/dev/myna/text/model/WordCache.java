package dev.myna.text.model;

import java.util.Arrays;

/**
 * Remembers the tokens of words that were seen, for one thread. A hit allocates nothing; when the
 * memory is full all of it is forgotten, so it stays bounded on any text.
 *
 * <p>Open addressing: a slot is a hash (its low bits are the word's length) and a value, which
 * packs where the characters lie, how many tokens there are, and the only token or where they lie.
 */
final class WordCache {
  /** Longer words are not remembered. */
  static final int LONGEST = 63;

  private static final int LARGEST_TABLE = 1 << 17;
  private static final int MOST_CHARS = (1 << 24) - LONGEST;
  private static final int MOST_TOKENS = 250;
  private static final int SINGLE = 255;

  private long[] slots = new long[2 << 10];
  private int mask = (1 << 10) - 1;
  private int words;
  private char[] chars = new char[1 << 12];
  private int charsUsed;
  private int[] tokens = new int[1 << 10];
  private int tokensUsed;

  /** The hash of a word: never 0, the length in its low bits. */
  static long hash(char[] text, int from, int to) {
    long h = to - from;
    for (int i = from; i < to; i++) {
      h = (h ^ text[i]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return h & ~63L | to - from;
  }

  /** Adds the remembered tokens of a word to {@code out}. */
  boolean get(long hash, char[] text, int from, int to, Tokens out) {
    int slot = (int) (hash >>> 20) & mask;
    while (true) {
      long found = slots[slot * 2];
      if (found == hash) {
        long value = slots[slot * 2 + 1];
        if (same(text, from, to, (int) value & 0xFFFFFF)) {
          emit(value, to - from, out);
          return true;
        }
      } else if (found == 0) {
        return false;
      }
      slot = slot + 1 & mask;
    }
  }

  private boolean same(char[] text, int from, int to, int at) {
    char[] known = chars;
    for (int i = from, k = at; i < to; i++, k++) {
      if (known[k] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private void emit(long value, int length, Tokens out) {
    int count = (int) value >>> 24;
    int payload = (int) (value >>> 32);
    if (count == SINGLE) {
      out.add(payload, 0, length);
      return;
    }
    for (int i = 0; i < count; i++) {
      int places = tokens[payload + 2 * i + 1];
      out.add(tokens[payload + 2 * i], places & 0xFFFF, places >>> 16);
    }
  }

  /** Remembers the tokens that a word got: those of {@code out} from {@code first} on. */
  void put(long hash, char[] text, int from, int to, Tokens out, int first) {
    int count = out.size() - first;
    int length = to - from;
    if (count > MOST_TOKENS || hasTexts(out, first)) {
      return;
    }
    if (words * 2 > mask || charsUsed > MOST_CHARS) {
      makeRoom();
    }
    long value = charsUsed;
    keep(text, from, to);
    if (count == 1 && out.start(first) == 0 && out.end(first) == length) {
      value |= (long) SINGLE << 24 | (long) out.id(first) << 32;
    } else {
      value |= (long) count << 24 | (long) tokensUsed << 32;
      keepTokens(out, first);
    }
    insert(slots, mask, hash, value);
    words++;
  }

  private static boolean hasTexts(Tokens out, int first) {
    if (!out.plain()) {
      for (int i = first; i < out.size(); i++) {
        if (out.text(i) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private void keep(char[] text, int from, int to) {
    if (charsUsed + to - from > chars.length) {
      chars = Arrays.copyOf(chars, chars.length * 2);
    }
    System.arraycopy(text, from, chars, charsUsed, to - from);
    charsUsed += to - from;
  }

  private void keepTokens(Tokens out, int first) {
    int count = out.size() - first;
    if (tokensUsed + 2 * count > tokens.length) {
      tokens = Arrays.copyOf(tokens, tokens.length * 2 + 2 * count);
    }
    for (int i = first; i < out.size(); i++) {
      tokens[tokensUsed++] = out.id(i);
      tokens[tokensUsed++] = out.start(i) | out.end(i) << 16;
    }
  }

  private void makeRoom() {
    if (mask + 1 < LARGEST_TABLE && charsUsed <= MOST_CHARS) {
      long[] larger = new long[slots.length * 4];
      int largerMask = larger.length / 2 - 1;
      for (int i = 0; i < slots.length; i += 2) {
        if (slots[i] != 0) {
          insert(larger, largerMask, slots[i], slots[i + 1]);
        }
      }
      slots = larger;
      mask = largerMask;
    } else {
      Arrays.fill(slots, 0);
      words = 0;
      charsUsed = 0;
      tokensUsed = 0;
    }
  }

  private static void insert(long[] slots, int mask, long hash, long value) {
    int slot = (int) (hash >>> 20) & mask;
    while (slots[slot * 2] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = value;
  }

  /** Puts a cache before a segmenter that gives equal words equal tokens. */
  static Segmenter before(Segmenter segmenter) {
    WordCache cache = new WordCache();
    return (text, from, to, out) -> {
      if (to - from > LONGEST) {
        segmenter.segment(text, from, to, out);
        return;
      }
      long hash = hash(text, from, to);
      if (!cache.get(hash, text, from, to, out)) {
        int first = out.size();
        segmenter.segment(text, from, to, out);
        cache.put(hash, text, from, to, out, first);
      }
    };
  }
}

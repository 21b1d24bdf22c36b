package dev.myna.text.model;

import dev.myna.text.normalize.ByteAlphabet;
import java.util.Arrays;

/**
 * Runs a byte-level {@link Bpe} over pieces of plain text without writing them in the byte alphabet
 * first. Falls back to doing so where the vocabulary lacks bytes or adds affixes.
 */
final class ByteLevelSegmenter implements Segmenter {
  private final Bpe bpe;
  private final Merger merger;
  private final int[] byteIds = new int[256];
  private final boolean direct;
  private final Segmenter general;
  private char[] spelled = new char[64];
  private int[] origins = new int[64];
  private int length;

  ByteLevelSegmenter(Bpe bpe) {
    this.bpe = bpe;
    this.merger = new Merger(bpe.table());
    this.general = new BpeSegmenter(bpe);
    boolean complete = true;
    for (int b = 0; b < 256; b++) {
      byteIds[b] = bpe.vocabulary().id(String.valueOf(ByteAlphabet.charOf(b)));
      complete &= byteIds[b] >= 0;
    }
    BpeOptions options = bpe.options();
    Float dropout = options.dropout();
    direct =
        complete
            && options.continuingSubwordPrefix() == null
            && options.endOfWordSuffix() == null
            && (dropout == null || dropout == 0);
  }

  @Override
  public void segment(char[] text, int from, int to, Tokens out) {
    spell(text, from, to);
    if (bpe.options().ignoreMerges()) {
      int id = bpe.vocabulary().id(spelled, 0, length);
      if (id >= 0) {
        out.add(id, 0, to - from);
        return;
      }
    }
    int first = out.size();
    if (direct) {
      merger.clear();
      for (int i = 0; i < length; i++) {
        merger.add(byteIds[ByteAlphabet.byteOf(spelled[i])], 1);
      }
      merger.merge();
      int end = 0;
      for (int i = 0; i < merger.size(); i++) {
        int start = end;
        end += merger.length(i);
        out.add(merger.id(i), start, end);
      }
    } else {
      general.segment(spelled, 0, length, out);
    }
    for (int i = first; i < out.size(); i++) {
      int last = origins[out.end(i) - 1];
      int chars = Utf8.charsAt(text, from + last, to);
      out.place(i, origins[out.start(i)], last + chars);
    }
  }

  /** Writes a piece in the byte alphabet and notes which char each byte is of. */
  private void spell(char[] text, int from, int to) {
    length = 0;
    int most = (to - from) * 3;
    if (spelled.length < most) {
      spelled = new char[Math.max(most, spelled.length * 2)];
      origins = Arrays.copyOf(origins, spelled.length);
    }
    for (int i = from; i < to; ) {
      int chars = Utf8.charsAt(text, i, to);
      int c = chars == 2 ? Character.toCodePoint(text[i], text[i + 1]) : text[i];
      int origin = i - from;
      if (c < 0x80) {
        put(c, origin);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6, origin);
        put(0x80 | c & 0x3F, origin);
      } else if (c < 0x10000) {
        put(0xE0 | c >> 12, origin);
        put(0x80 | c >> 6 & 0x3F, origin);
        put(0x80 | c & 0x3F, origin);
      } else {
        put(0xF0 | c >> 18, origin);
        put(0x80 | c >> 12 & 0x3F, origin);
        put(0x80 | c >> 6 & 0x3F, origin);
        put(0x80 | c & 0x3F, origin);
      }
      i += chars;
    }
  }

  private void put(int b, int origin) {
    spelled[length] = ByteAlphabet.charOf(b);
    origins[length++] = origin;
  }
}

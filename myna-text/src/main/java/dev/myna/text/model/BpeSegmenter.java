package dev.myna.text.model;

import dev.myna.text.TokenizerException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Runs a {@link Bpe} over pieces of characters. */
final class BpeSegmenter implements Segmenter {
  private final Bpe bpe;
  private final BpeOptions options;
  private final Vocabulary vocabulary;
  private final Merger merger;
  private final int[] bytes = new int[256];
  private final RandomGenerator random = RandomGenerator.getDefault();
  private int pendingUnknown;

  BpeSegmenter(Bpe bpe) {
    this.bpe = bpe;
    this.options = bpe.options();
    this.vocabulary = bpe.vocabulary();
    this.merger = new Merger(bpe.table());
    for (int b = 0; b < 256; b++) {
      bytes[b] = vocabulary.id(String.format(Locale.ROOT, "<0x%02X>", b));
    }
  }

  @Override
  public void segment(char[] text, int from, int to, Tokens out) {
    if (options.ignoreMerges()) {
      int id = vocabulary.id(text, from, to);
      if (id >= 0) {
        out.add(id, 0, to - from);
        return;
      }
    }
    merger.clear();
    pendingUnknown = 0;
    for (int i = from; i < to; ) {
      int next = i + 1;
      if (Character.isHighSurrogate(text[i]) && next < to) {
        next++;
      }
      addCharacter(text, i, next, i == from, next == to);
      i = next;
    }
    flushUnknown();
    Float dropout = options.dropout();
    if (dropout != null && dropout > 0) {
      merger.merge(dropout, random);
    } else {
      merger.merge();
    }
    emit(text, from, to, out);
  }

  private void addCharacter(char[] text, int from, int to, boolean first, boolean last) {
    String prefix = first ? null : options.continuingSubwordPrefix();
    String suffix = last ? options.endOfWordSuffix() : null;
    int length = Utf8.length(text, from, to);
    String spelled = null;
    int id;
    if (prefix == null && suffix == null) {
      id = vocabulary.id(text, from, to);
    } else {
      spelled =
          (prefix == null ? "" : prefix)
              + new String(text, from, to - from)
              + (suffix == null ? "" : suffix);
      id = vocabulary.id(spelled);
    }
    if (id >= 0) {
      flushUnknown();
      merger.add(id, length);
    } else if (!(options.byteFallback()
        && addBytes(spelled == null ? new String(text, from, to - from) : spelled))) {
      addUnknown(length);
    }
  }

  private boolean addBytes(String spelled) {
    byte[] utf8 = spelled.getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      if (bytes[b & 0xFF] < 0) {
        return false;
      }
    }
    for (byte b : utf8) {
      merger.add(bytes[b & 0xFF], 1);
    }
    return true;
  }

  private void addUnknown(int length) {
    String unknown = options.unknown();
    if (unknown == null) {
      return;
    }
    if (bpe.unknownId() < 0) {
      throw new TokenizerException(
          "the unknown token \"%s\" must be in the vocabulary".formatted(unknown));
    }
    if (pendingUnknown > 0 && !options.fuseUnknown()) {
      merger.add(bpe.unknownId(), pendingUnknown);
      pendingUnknown = 0;
    }
    pendingUnknown += length;
  }

  private void flushUnknown() {
    if (pendingUnknown > 0) {
      merger.add(bpe.unknownId(), pendingUnknown);
      pendingUnknown = 0;
    }
  }

  /** Turns lengths in bytes into places in chars; a byte inside a character has all of it. */
  private void emit(char[] text, int from, int to, Tokens out) {
    int position = from;
    int positionByte = 0;
    int startByte = 0;
    for (int i = 0; i < merger.size(); i++) {
      int endByte = startByte + merger.length(i);
      while (position < to && positionByte + Utf8.lengthAt(text, position, to) <= startByte) {
        positionByte += Utf8.lengthAt(text, position, to);
        position += Utf8.charsAt(text, position, to);
      }
      int end = position;
      int reached = positionByte;
      while (end < to && reached < endByte) {
        reached += Utf8.lengthAt(text, end, to);
        end += Utf8.charsAt(text, end, to);
      }
      out.add(merger.id(i), position - from, end - from);
      startByte = endByte;
    }
  }
}

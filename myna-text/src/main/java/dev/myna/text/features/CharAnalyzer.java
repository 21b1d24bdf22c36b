package dev.myna.text.features;

import java.util.Arrays;

/** N-grams of characters. Follows scikit-learn's {@code char} and {@code char_wb} analyzers. */
final class CharAnalyzer implements Analyzer {
  private final AnalyzerSpec spec;
  private final boolean withinWords;
  private char[] text = new char[1024];
  private char[] word = new char[64];

  /** Where each code point of the buffer at hand starts, and the end of the last. */
  private int[] points = new int[1025];

  CharAnalyzer(AnalyzerSpec spec, boolean withinWords) {
    this.spec = spec;
    this.withinWords = withinWords;
  }

  @Override
  public void analyze(String raw, TermSink sink) {
    String prepared = spec.prepare(raw);
    int length = prepared.length();
    if (text.length < length) {
      text = new char[Math.max(length, text.length * 2)];
    }
    prepared.getChars(0, length, text, 0);
    if (withinWords) {
      words(length, sink);
    } else {
      int squeezed = squeeze(length);
      int count = mark(text, squeezed);
      for (int n = spec.minN(); n <= spec.maxN(); n++) {
        for (int i = 0; i + n <= count; i++) {
          sink.term(text, points[i], points[i + n]);
        }
      }
    }
  }

  /** Makes one space of every run of two and more white spaces; a single one stays what it is. */
  private int squeeze(int length) {
    int out = 0;
    for (int i = 0; i < length; ) {
      int from = i;
      while (i < length && WordChars.isSpace(text[i])) {
        i++;
      }
      if (i - from > 1) {
        text[out++] = ' ';
      } else if (i - from == 1) {
        text[out++] = text[from];
      } else {
        text[out++] = text[i++];
      }
    }
    return out;
  }

  private void words(int length, TermSink sink) {
    int i = 0;
    while (i < length) {
      while (i < length && WordChars.isSpace(text[i])) {
        i++;
      }
      int start = i;
      while (i < length && !WordChars.isSpace(text[i])) {
        i++;
      }
      if (i > start) {
        padded(start, i, sink);
      }
    }
  }

  /** A word shorter than n counts once, whole, and no longer n-gram of it is made. */
  private void padded(int start, int end, TermSink sink) {
    int length = end - start + 2;
    if (word.length < length) {
      word = new char[Math.max(length, word.length * 2)];
    }
    word[0] = ' ';
    System.arraycopy(text, start, word, 1, end - start);
    word[length - 1] = ' ';
    int count = mark(word, length);
    for (int n = spec.minN(); n <= spec.maxN(); n++) {
      if (n >= count) {
        sink.term(word, 0, length);
        return;
      }
      for (int i = 0; i + n <= count; i++) {
        sink.term(word, points[i], points[i + n]);
      }
    }
  }

  private int mark(char[] chars, int length) {
    if (points.length <= length) {
      points = Arrays.copyOf(points, Math.max(length + 1, points.length * 2));
    }
    int count = 0;
    int i = 0;
    while (i < length) {
      points[count++] = i;
      boolean pair =
          Character.isHighSurrogate(chars[i])
              && i + 1 < length
              && Character.isLowSurrogate(chars[i + 1]);
      i += pair ? 2 : 1;
    }
    points[count] = length;
    return count;
  }
}

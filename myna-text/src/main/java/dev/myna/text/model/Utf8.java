package dev.myna.text.model;

/** Lengths of characters in UTF-8. */
final class Utf8 {
  private Utf8() {}

  /** Bytes of the characters from {@code from} to {@code to}. */
  static int length(char[] text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i += charsAt(text, i, to)) {
      bytes += lengthAt(text, i, to);
    }
    return bytes;
  }

  /** Bytes of the character at {@code index}; three for a lone surrogate. */
  static int lengthAt(char[] text, int index, int to) {
    char c = text[index];
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return charsAt(text, index, to) == 2 ? 4 : 3;
  }

  /** Chars of the character at {@code index}: two for a pair of surrogates. */
  static int charsAt(char[] text, int index, int to) {
    return Character.isHighSurrogate(text[index])
            && index + 1 < to
            && Character.isLowSurrogate(text[index + 1])
        ? 2
        : 1;
  }
}

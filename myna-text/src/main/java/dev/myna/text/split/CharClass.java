package dev.myna.text.split;

import dev.myna.text.normalize.Whitespace;

/** What the well-known patterns ask of a character, looked up in one table. */
final class CharClass {
  /** A letter: general category L. */
  static final int LETTER = 1;

  /** A number: general category N. */
  static final int NUMBER = 2;

  /** White space: the Unicode property. */
  static final int SPACE = 4;

  private static final byte[] BMP = new byte[1 << 16];

  static {
    for (int c = 0; c < BMP.length; c++) {
      BMP[c] = (byte) compute(c);
    }
  }

  private CharClass() {}

  private static int compute(int c) {
    if (Whitespace.is(c)) {
      return SPACE;
    }
    int type = Character.getType(c);
    if (type >= Character.UPPERCASE_LETTER && type <= Character.OTHER_LETTER) {
      return LETTER;
    }
    return type >= Character.DECIMAL_DIGIT_NUMBER && type <= Character.OTHER_NUMBER ? NUMBER : 0;
  }

  /** The class of the character at {@code index}; a pair of surrogates is one character. */
  static int at(char[] text, int index, int to) {
    char c = text[index];
    return Character.isHighSurrogate(c) ? compute(Character.codePointAt(text, index, to)) : BMP[c];
  }

  /** The first index from {@code from} on whose character is not of {@code wanted}. */
  static int run(char[] text, int from, int to, int wanted) {
    int i = from;
    while (i < to) {
      char c = text[i];
      if (Character.isHighSurrogate(c)) {
        int codePoint = Character.codePointAt(text, i, to);
        if (compute(codePoint) != wanted) {
          return i;
        }
        i += Character.charCount(codePoint);
      } else {
        if (BMP[c] != wanted) {
          return i;
        }
        i++;
      }
    }
    return i;
  }

  /** As {@link #run(char[], int, int, int)}, but over at most {@code most} characters. */
  static int run(char[] text, int from, int to, int wanted, int most) {
    int i = from;
    for (int n = 0; n < most && i < to && at(text, i, to) == wanted; n++) {
      i += Character.isHighSurrogate(text[i]) && i + 1 < to ? 2 : 1;
    }
    return i;
  }

  /** What regular expressions call a word character: {@code \w}. */
  static boolean isWord(int c) {
    if (c < 0x80) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
    return Character.isAlphabetic(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.DECIMAL_DIGIT_NUMBER,
              Character.CONNECTOR_PUNCTUATION ->
              true;
          default -> c == 0x200C || c == 0x200D;
        };
  }
}

package dev.myna.text.features;

/** The characters of Python's {@code \w} and {@code \s} for text, which scikit-learn relies on. */
final class WordChars {
  private static final long[] WORD = new long[1024];

  static {
    for (int c = 0; c < 0x10000; c++) {
      if (c == '_' || isWordType(Character.getType(c))) {
        WORD[c >> 6] |= 1L << c;
      }
    }
  }

  private WordChars() {}

  /** A letter, a number of any kind, or the underscore. */
  static boolean isWord(char c) {
    return (WORD[c >> 6] >>> c & 1) != 0;
  }

  static boolean isWord(int codePoint) {
    return codePoint < 0x10000
        ? isWord((char) codePoint)
        : isWordType(Character.getType(codePoint));
  }

  static boolean isSpace(char c) {
    return c <= ' '
        ? c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f)
        : c >= 0x85
            && (c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000);
  }

  private static boolean isWordType(int type) {
    return switch (type) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> false;
    };
  }
}

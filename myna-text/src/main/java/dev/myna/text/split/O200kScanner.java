package dev.myna.text.split;

/**
 * The pattern of GPT-4o (o200k_base) by hand: words end where lower case goes over into upper case.
 * Equal to the regular expression on every text.
 */
public final class O200kScanner implements Scanner {
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";

  /** The regular expression that this scanner stands for. */
  public static final String PATTERN =
      String.join(
          "|",
          BEFORE + UPPER + "*" + LOWER + "+" + CONTRACTION,
          BEFORE + UPPER + "+" + LOWER + "*" + CONTRACTION,
          "\\p{N}{1,3}",
          " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
          "\\s*[\\r\\n]+",
          "\\s+(?!\\S)",
          "\\s+");

  private static final int UP = 1;
  private static final int LOW = 2;
  private static final byte[] CASES = new byte[1 << 16];

  static {
    for (int c = 0; c < CASES.length; c++) {
      CASES[c] = (byte) cases(c);
    }
  }

  private static int cases(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UP;
      case Character.LOWERCASE_LETTER -> LOW;
      case Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          UP | LOW;
      default -> 0;
    };
  }

  private static int casesAt(char[] text, int index, int to) {
    char c = text[index];
    return Character.isHighSurrogate(c) ? cases(Character.codePointAt(text, index, to)) : CASES[c];
  }

  private static int width(char[] text, int index, int to) {
    return Character.isHighSurrogate(text[index]) && index + 1 < to ? 2 : 1;
  }

  @Override
  public int next(char[] text, int from, int to) {
    char c = text[from];
    int kind = CharClass.at(text, from, to);
    boolean before = kind != CharClass.LETTER && kind != CharClass.NUMBER && c != '\r' && c != '\n';
    int second = from + width(text, from, to);
    int end = before ? lowered(text, second, to) : -1;
    if (end < 0) {
      end = lowered(text, from, to);
    }
    if (end < 0 && before) {
      end = upper(text, second, to);
    }
    if (end < 0) {
      end = upper(text, from, to);
    }
    if (end > 0) {
      int contraction = Contractions.end(text, end, to);
      return contraction > 0 ? contraction : end;
    }
    if (kind == CharClass.NUMBER) {
      return CharClass.run(text, from, to, CharClass.NUMBER, 3);
    }
    if (kind == 0) {
      return signs(text, from, to);
    }
    return c == ' ' && second < to && CharClass.at(text, second, to) == 0
        ? signs(text, second, to)
        : Spaces.end(text, from, to, false);
  }

  /**
   * The end of any letters but lower case followed by at least one that is not upper case; where
   * none follows, the letters give back as far as the last one that has no case. Else -1.
   */
  private static int lowered(char[] text, int from, int to) {
    int caseless = -1;
    int i = from;
    while (i < to) {
      int cases = casesAt(text, i, to);
      if ((cases & UP) == 0) {
        break;
      }
      i += width(text, i, to);
      if (cases == (UP | LOW)) {
        caseless = i;
      }
    }
    int end = i;
    while (end < to && (casesAt(text, end, to) & LOW) != 0) {
      end += width(text, end, to);
    }
    return end > i ? end : caseless;
  }

  /**
   * The end of a run of letters but lower case, or -1; no lower case follows when this is asked.
   */
  private static int upper(char[] text, int from, int to) {
    int i = from;
    while (i < to && (casesAt(text, i, to) & UP) != 0) {
      i += width(text, i, to);
    }
    return i > from ? i : -1;
  }

  private static int signs(char[] text, int from, int to) {
    int end = CharClass.run(text, from, to, 0);
    while (end < to && (text[end] == '\r' || text[end] == '\n' || text[end] == '/')) {
      end++;
    }
    return end;
  }
}

package dev.myna.text.metrics;

import java.util.List;

/**
 * How BLEU cuts a line into words. Names and behaviour are sacreBLEU's, faults included: a score is
 * only comparable when the words are the same.
 */
public enum BleuTokenizer {
  /** Cuts at white space only: for text that is already tokenized. */
  NONE("none") {
    @Override
    public List<String> tokenize(String line) {
      return Words.split(line);
    }
  },

  /** The tokenization of NIST's {@code mteval-v13a.pl}, WMT's standard. */
  V13A("13a") {
    @Override
    public List<String> tokenize(String line) {
      String text = line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
      if (text.indexOf('&') >= 0) {
        text =
            text.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
      }
      return western(" " + text + " ");
    }
  },

  /**
   * The tokenization of {@code mteval-v14.pl}: cuts off all of Unicode's punctuation and symbols,
   * save inside numbers.
   */
  INTL("intl") {
    @Override
    public List<String> tokenize(String line) {
      return international(line);
    }
  },

  /** Each Chinese character is a word; the rest as in {@link #V13A}. */
  ZH("zh") {
    @Override
    public List<String> tokenize(String line) {
      String text = Words.strip(line);
      StringBuilder spaced = new StringBuilder(text.length() * 3);
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (isChinese(c)) {
          spaced.append(' ').append(c).append(' ');
        } else {
          spaced.append(c);
        }
      }
      return western(spaced);
    }
  },

  /** Each character that is not white space is a word. */
  CHAR("char") {
    @Override
    public List<String> tokenize(String line) {
      return line.codePoints()
          .filter(c -> !Words.isSpace(c))
          .mapToObj(Character::toString)
          .toList();
    }
  };

  private final String label;

  BleuTokenizer(String label) {
    this.label = label;
  }

  /** The name in signatures and on the command line. */
  public String label() {
    return label;
  }

  /** The words of a line. */
  public abstract List<String> tokenize(String line);

  /** The tokenizer of this name; refuses an unknown one and tells the known. */
  public static BleuTokenizer of(String label) {
    for (BleuTokenizer tokenizer : values()) {
      if (tokenizer.label.equals(label)) {
        return tokenizer;
      }
    }
    throw new IllegalArgumentException(
        "unknown tokenizer \"" + label + "\"; choose 13a, intl, zh, char or none");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isStop(char c) {
    return c == '.' || c == ',';
  }

  /** ASCII punctuation but the apostrophe, the comma, the hyphen and the full stop. */
  private static boolean isMark(char c) {
    return (c >= '{' && c <= '~')
        || (c >= '[' && c <= '`')
        || (c >= '!' && c <= '&')
        || (c >= '(' && c <= '+')
        || (c >= ':' && c <= '@')
        || c == '/';
  }

  /**
   * Cuts off marks, then full stops and commas unless they stand between digits, then hyphens after
   * digits. A character that one cut has taken is not looked at again in the same pass, as in a
   * regular expression's global replacement.
   */
  private static List<String> western(CharSequence line) {
    StringBuilder text = new StringBuilder(line.length() * 2);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (isMark(c)) {
        text.append(' ').append(c).append(' ');
      } else {
        text.append(c);
      }
    }
    StringBuilder next = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      next.append(c);
      if (!isDigit(c) && i + 1 < text.length() && isStop(text.charAt(i + 1))) {
        next.append(' ').append(text.charAt(++i)).append(' ');
      }
    }
    text.setLength(0);
    for (int i = 0; i < next.length(); i++) {
      char c = next.charAt(i);
      if (isStop(c) && i + 1 < next.length() && !isDigit(next.charAt(i + 1))) {
        text.append(' ').append(c).append(' ').append(next.charAt(++i));
      } else {
        text.append(c);
      }
    }
    next.setLength(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      next.append(c);
      if (isDigit(c) && i + 1 < text.length() && text.charAt(i + 1) == '-') {
        next.append(" - ");
        i++;
      }
    }
    return Words.split(next);
  }

  private static List<String> international(String line) {
    int[] text = line.codePoints().toArray();
    StringBuilder after = new StringBuilder(line.length() * 2);
    for (int i = 0; i < text.length; i++) {
      after.appendCodePoint(text[i]);
      if (!isNumber(text[i]) && i + 1 < text.length && isPunctuation(text[i + 1])) {
        after.append(' ').appendCodePoint(text[++i]).append(' ');
      }
    }
    text = after.codePoints().toArray();
    after.setLength(0);
    for (int i = 0; i < text.length; i++) {
      if (isPunctuation(text[i]) && i + 1 < text.length && !isNumber(text[i + 1])) {
        after.append(' ').appendCodePoint(text[i]).append(' ').appendCodePoint(text[++i]);
      } else {
        after.appendCodePoint(text[i]);
      }
    }
    text = after.codePoints().toArray();
    after.setLength(0);
    for (int c : text) {
      if (isSymbol(c)) {
        after.append(' ').appendCodePoint(c).append(' ');
      } else {
        after.appendCodePoint(c);
      }
    }
    return Words.split(after);
  }

  private static boolean isNumber(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isSymbol(int c) {
    return switch (Character.getType(c)) {
      case Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> false;
    };
  }

  /**
   * The reference's table. Its entry for extension B was written with too few digits and covers
   * U+2001 to U+2A6D instead, general punctuation and symbols among them; characters beyond the
   * basic plane are not cut apart.
   */
  private static boolean isChinese(char c) {
    return (c >= 0x2001 && c <= 0x2a6d)
        || (c >= 0x2e80 && c <= 0x2fdf)
        || (c >= 0x2ff0 && c <= 0x303f)
        || (c >= 0x3100 && c <= 0x312f)
        || (c >= 0x31a0 && c <= 0x31bf)
        || (c >= 0x31c0 && c <= 0x31ef)
        || (c >= 0x3200 && c <= 0x4db5)
        || (c >= 0x4e00 && c <= 0x9fbb)
        || (c >= 0xf900 && c <= 0xfa2d)
        || (c >= 0xfa30 && c <= 0xfa6a)
        || (c >= 0xfa70 && c <= 0xfad9)
        || (c >= 0xfe10 && c <= 0xfe1f)
        || (c >= 0xfe30 && c <= 0xfe4f)
        || (c >= 0xff00 && c <= 0xffef);
  }
}

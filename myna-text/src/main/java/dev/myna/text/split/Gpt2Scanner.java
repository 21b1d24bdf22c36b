package dev.myna.text.split;

/** GPT-2's pattern by hand: {@value #PATTERN}. Equal to the regular expression on every text. */
public final class Gpt2Scanner implements Scanner {
  /** The regular expression that this scanner stands for. */
  public static final String PATTERN =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  @Override
  public int next(char[] text, int from, int to) {
    char c = text[from];
    if (c == '\'') {
      int end = contraction(text, from, to);
      if (end > 0) {
        return end;
      }
    }
    int start = c == ' ' && from + 1 < to ? from + 1 : from;
    int wanted = CharClass.at(text, start, to);
    if (wanted != CharClass.SPACE) {
      return CharClass.run(text, start, to, wanted);
    }
    int end = CharClass.run(text, from, to, CharClass.SPACE);
    return end == to || end == from + 1 ? end : end - 1;
  }

  private static int contraction(char[] text, int from, int to) {
    if (from + 1 == to) {
      return -1;
    }
    char a = text[from + 1];
    if (a == 's' || a == 't' || a == 'm' || a == 'd') {
      return from + 2;
    }
    if (from + 2 == to) {
      return -1;
    }
    char b = text[from + 2];
    return (a == 'r' || a == 'v') && b == 'e' || a == 'l' && b == 'l' ? from + 3 : -1;
  }
}

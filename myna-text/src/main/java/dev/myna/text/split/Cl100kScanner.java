package dev.myna.text.split;

/**
 * The pattern of GPT-4 (cl100k_base), LLaMA 3 and Qwen 2 by hand. They differ in how many digits
 * stay together. Equal to the regular expression on every text.
 *
 * @param digits the most digits of a piece
 * @param wholeEnd white space that ends the text is one piece, whatever line ends are in it, as
 *     tiktoken's newer spelling of the pattern has it
 */
public record Cl100kScanner(int digits, boolean wholeEnd) implements Scanner {
  /** The regular expression of LLaMA 3, which cl100k_base had first. */
  public static final String THREE_DIGITS = pattern("\\p{N}{1,3}");

  /** The regular expression of Qwen 2. */
  public static final String ONE_DIGIT = pattern("\\p{N}");

  private static String pattern(String digits) {
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + digits
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }

  @Override
  public int next(char[] text, int from, int to) {
    char c = text[from];
    int kind = CharClass.at(text, from, to);
    if (kind == CharClass.LETTER) {
      return CharClass.run(text, from, to, CharClass.LETTER);
    }
    if (kind == CharClass.NUMBER) {
      return CharClass.run(text, from, to, CharClass.NUMBER, digits);
    }
    if (c == '\'') {
      int end = Contractions.end(text, from, to);
      if (end > 0) {
        return end;
      }
    }
    int second = from + (Character.isHighSurrogate(c) && from + 1 < to ? 2 : 1);
    int following = second < to ? CharClass.at(text, second, to) : CharClass.SPACE;
    if (following == CharClass.LETTER && c != '\r' && c != '\n') {
      return CharClass.run(text, second, to, CharClass.LETTER);
    }
    if (kind == 0) {
      return signs(text, from, to);
    }
    return c == ' ' && following == 0
        ? signs(text, second, to)
        : Spaces.end(text, from, to, wholeEnd);
  }

  private static int signs(char[] text, int from, int to) {
    int end = CharClass.run(text, from, to, 0);
    while (end < to && (text[end] == '\r' || text[end] == '\n')) {
      end++;
    }
    return end;
  }
}

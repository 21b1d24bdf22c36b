package dev.myna.generate;

/** Turns the tokens of one text into characters as they come. */
public interface Detokenizer {
  /**
   * Takes the next token.
   *
   * @return the characters that are certain by now and were not returned yet; empty while a
   *     character is still incomplete
   */
  String add(int token);

  /** Ends the text: what is left, incomplete characters as U+FFFD. */
  String finish();
}

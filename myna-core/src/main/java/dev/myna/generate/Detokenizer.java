package dev.myna.generate;

import dev.myna.text.TokenStream;
import dev.myna.text.Tokenizer;

/** Turns the tokens of one text into characters as they come. */
public interface Detokenizer {
  /** That of a tokenizer; special tokens are left out. */
  static Detokenizer of(Tokenizer tokenizer) {
    TokenStream stream = tokenizer.stream();
    return new Detokenizer() {
      @Override
      public String add(int token) {
        return stream.next(token);
      }

      @Override
      public String finish() {
        return stream.finish();
      }
    };
  }

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

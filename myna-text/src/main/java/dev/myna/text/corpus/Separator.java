package dev.myna.text.corpus;

/** The token that tells a model where one document ends and the next begins. */
public sealed interface Separator {
  /** Documents follow each other without a sign. */
  record None() implements Separator {}

  /** A token before every document, such as {@code <s>}. */
  record Before(String token) implements Separator {}

  /** A token between two documents, none at the outer ends. */
  record Between(String token) implements Separator {}

  /** A token after every document, as GPT-2 has {@code <|endoftext|>}. */
  record After(String token) implements Separator {}

  static Separator none() {
    return new None();
  }

  static Separator before(String token) {
    return new Before(token);
  }

  static Separator between(String token) {
    return new Between(token);
  }

  static Separator after(String token) {
    return new After(token);
  }
}

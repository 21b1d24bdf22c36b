package dev.myna.text.train;

/** What trainers ask of their options. */
final class Requirements {
  private Requirements() {}

  static void unknownIsSpecial(String unknown, VocabularyOptions options) {
    if (!options.specialTokens().contains(unknown)) {
      throw new IllegalArgumentException(
          "the unknown token \"%s\" must be one of the special tokens, but they are %s"
              .formatted(unknown, options.specialTokens()));
    }
  }
}

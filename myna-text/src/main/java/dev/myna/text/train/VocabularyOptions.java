package dev.myna.text.train;

import java.util.List;

/**
 * What every way of learning a vocabulary asks for.
 *
 * @param size tokens that the vocabulary should have, special tokens and alphabet among them; it
 *     stays smaller where the text does not give as many
 * @param minimumFrequency how often a pair or word must be seen to become a token
 * @param specialTokens tokens with the first ids, in this order
 * @param initialAlphabet characters that are in the vocabulary whether or not the text has them
 * @param alphabetLimit most characters to keep, the rarest are dropped; {@link Integer#MAX_VALUE}
 *     for no limit
 * @param maximumTokenLength bound of a token's characters; {@link Integer#MAX_VALUE} for none
 */
public record VocabularyOptions(
    int size,
    long minimumFrequency,
    List<String> specialTokens,
    String initialAlphabet,
    int alphabetLimit,
    int maximumTokenLength) {

  public VocabularyOptions {
    require(size > 0, "vocabulary size must be at least 1, but is " + size);
    require(
        minimumFrequency >= 0,
        "minimum frequency must not be negative, but is " + minimumFrequency);
    require(alphabetLimit > 0, "alphabet limit must be at least 1, but is " + alphabetLimit);
    require(
        maximumTokenLength > 0,
        "maximum token length must be at least 1, but is " + maximumTokenLength);
    specialTokens = List.copyOf(specialTokens);
    require(
        specialTokens.stream().distinct().count() == specialTokens.size(),
        "special tokens must differ from each other, but are " + specialTokens);
    require(!specialTokens.contains(""), "a special token must not be empty");
    require(
        specialTokens.size() <= size,
        specialTokens.size() + " special tokens do not fit a vocabulary of " + size);
  }

  /** A vocabulary of {@code size} tokens without limits or special tokens. */
  public static VocabularyOptions ofSize(int size) {
    return new VocabularyOptions(size, 0, List.of(), "", Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  public VocabularyOptions withSize(int size) {
    return new VocabularyOptions(
        size, minimumFrequency, specialTokens, initialAlphabet, alphabetLimit, maximumTokenLength);
  }

  public VocabularyOptions withMinimumFrequency(long frequency) {
    return new VocabularyOptions(
        size, frequency, specialTokens, initialAlphabet, alphabetLimit, maximumTokenLength);
  }

  public VocabularyOptions withSpecialTokens(String... tokens) {
    return withSpecialTokens(List.of(tokens));
  }

  public VocabularyOptions withSpecialTokens(List<String> tokens) {
    return new VocabularyOptions(
        size, minimumFrequency, tokens, initialAlphabet, alphabetLimit, maximumTokenLength);
  }

  public VocabularyOptions withInitialAlphabet(String alphabet) {
    return new VocabularyOptions(
        size, minimumFrequency, specialTokens, alphabet, alphabetLimit, maximumTokenLength);
  }

  public VocabularyOptions withAlphabetLimit(int limit) {
    return new VocabularyOptions(
        size, minimumFrequency, specialTokens, initialAlphabet, limit, maximumTokenLength);
  }

  public VocabularyOptions withMaximumTokenLength(int length) {
    return new VocabularyOptions(
        size, minimumFrequency, specialTokens, initialAlphabet, alphabetLimit, length);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}

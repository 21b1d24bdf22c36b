package dev.myna.text.features;

/** What an n-gram is made of. */
public enum Unit {
  /** Words, as the {@link Segmenter} finds them; n-grams are joined by one space. */
  WORD,
  /** Characters (code points) of the whole text, across words. */
  CHAR,
  /** Characters within words, each word padded by a space on both sides. */
  CHAR_WB,
  /** Whole sentences. */
  SENTENCE
}

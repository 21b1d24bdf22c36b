package dev.myna.text;

/** What becomes of half a surrogate pair, which no encoding of text can hold. */
public enum InvalidText {
  /** The text is refused with the place. */
  REFUSE,
  /** U+FFFD takes its place. */
  REPLACE
}

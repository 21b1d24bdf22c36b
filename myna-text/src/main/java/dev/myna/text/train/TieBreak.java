package dev.myna.text.train;

/** Which of two equally frequent pairs is merged first. */
public enum TieBreak {
  /** The pair with the lower ids, as the trainer of Hugging Face Tokenizers does. */
  LOWEST_IDS,
  /** The pair whose tokens are greater, compared byte by byte, as in Stanford's CS336 reference. */
  GREATEST_BYTES
}

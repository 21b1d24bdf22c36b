package dev.myna.text.model;

/** A vocabulary and the rule that cuts a piece into its tokens. Immutable. */
public sealed interface Model permits Bpe, Unigram, WordLevel, WordPiece {
  /** The tokens with their ids. */
  Vocabulary vocabulary();

  /** A new worker for one thread. */
  Segmenter segmenter();
}

package dev.myna.text.split;

/** What becomes of a delimiter that a split finds. */
public enum Behavior {
  /** It is dropped. */
  REMOVED,
  /** It is a piece of its own. */
  ISOLATED,
  /** It ends the piece before it. */
  MERGED_WITH_PREVIOUS,
  /** It begins the piece after it. */
  MERGED_WITH_NEXT,
  /** Delimiters that follow each other are one piece. */
  CONTIGUOUS
}

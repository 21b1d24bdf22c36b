package dev.myna.text.split;

/** Finds where the next piece of a text ends; every character belongs to a piece. */
@FunctionalInterface
public interface Scanner {
  /**
   * The end of the piece that begins at {@code from}: greater than {@code from}, at most {@code
   * to}. Requires {@code from < to}; the text is taken to end at {@code to}.
   */
  int next(char[] text, int from, int to);
}

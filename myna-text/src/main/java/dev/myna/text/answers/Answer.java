package dev.myna.text.answers;

/**
 * A span of a passage that answers a question.
 *
 * @param start where it begins in the passage, in UTF-16 units, as {@link String} counts
 */
public record Answer(String text, int start) {
  /** Where it ends in the passage, in UTF-16 units. */
  public int end() {
    return start + text.length();
  }
}

package dev.myna.text;

/**
 * A token that is found in the text before anything else looks at it, such as {@code
 * <|endoftext|>}.
 *
 * @param content the text that it stands for
 * @param id its id
 * @param singleWord only where no letter or digit touches it
 * @param lstrip takes the white space before it too
 * @param rstrip takes the white space after it too
 * @param normalized looked for in the normalised text (else in the text as it came)
 * @param special left out by a decoding that skips special tokens
 */
public record AddedToken(
    String content,
    int id,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token, found as it is, anywhere in the text. */
  public static AddedToken special(String content, int id) {
    return new AddedToken(content, id, false, false, false, false, true);
  }

  /** An ordinary token, found in the normalised text. */
  public static AddedToken plain(String content, int id) {
    return new AddedToken(content, id, false, false, false, true, false);
  }
}

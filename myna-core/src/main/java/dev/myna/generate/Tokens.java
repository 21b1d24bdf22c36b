package dev.myna.generate;

import java.util.Arrays;

/** The tokens of one row so far: its prompt and what has been appended. */
public final class Tokens {
  private int[] ids;
  private int length;
  private final int promptLength;
  private final int limit;

  /**
   * @param limit length of prompt and continuation at which the row ends
   */
  public Tokens(int[] prompt, int limit) {
    this(Arrays.copyOf(prompt, Math.max(prompt.length, 8)), prompt.length, prompt.length, limit);
  }

  private Tokens(int[] ids, int length, int promptLength, int limit) {
    this.ids = ids;
    this.length = length;
    this.promptLength = promptLength;
    this.limit = limit;
  }

  /** A copy with one token more; this row stays as it is. */
  Tokens with(int token) {
    int[] copy = Arrays.copyOf(ids, length + 1);
    copy[length] = token;
    return new Tokens(copy, length + 1, promptLength, limit);
  }

  void append(int token) {
    if (length == ids.length) {
      ids = Arrays.copyOf(ids, 2 * length + 1);
    }
    ids[length++] = token;
  }

  /** Prompt and continuation together. */
  public int length() {
    return length;
  }

  public int promptLength() {
    return promptLength;
  }

  /** Tokens appended to the prompt. */
  public int appended() {
    return length - promptLength;
  }

  /** The length at which the row ends. */
  public int limit() {
    return limit;
  }

  /** The tokens of the prompt alone. */
  int[] prompt() {
    return Arrays.copyOf(ids, promptLength);
  }

  /** The token at a place, counted from 0. */
  public int at(int place) {
    if (place >= length) {
      throw new IndexOutOfBoundsException(place + " of " + length + " tokens");
    }
    return ids[place];
  }

  /** A copy of all tokens. */
  public int[] all() {
    return Arrays.copyOf(ids, length);
  }

  /** A row of its own with the same tokens. */
  Tokens copy() {
    return new Tokens(all(), length, promptLength, limit);
  }

  /** A copy of the tokens after the prompt. */
  public int[] continuation() {
    return Arrays.copyOfRange(ids, promptLength, length);
  }
}

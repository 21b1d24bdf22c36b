package dev.myna.text;

import java.util.Arrays;

/**
 * Decodes ids as they come and hands out text as soon as it is final: never half a code point.
 *
 * <p>A token's text is held back while the decoded text ends in U+FFFD, the sign of an unfinished
 * character. Not for use by several threads.
 */
public final class TokenStream {
  private final Tokenizer tokenizer;
  private final boolean skipSpecialTokens;
  private int[] ids = new int[16];
  private int size;
  private int shown;
  private String prefix = "";

  TokenStream(Tokenizer tokenizer, boolean skipSpecialTokens) {
    this.tokenizer = tokenizer;
    this.skipSpecialTokens = skipSpecialTokens;
  }

  /** Takes the next id and returns the text that it completes, possibly empty. */
  public String next(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
    String text = tokenizer.decode(Arrays.copyOf(ids, size), skipSpecialTokens);
    if (text.length() <= prefix.length() || text.endsWith("\uFFFD")) {
      return "";
    }
    String fresh = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    // Only the ids after the last text that was shown are still needed as context.
    System.arraycopy(ids, shown, ids, 0, size - shown);
    size -= shown;
    shown = size;
    prefix = tokenizer.decode(Arrays.copyOf(ids, size), skipSpecialTokens);
    return fresh;
  }

  /** The text of what is still held back, unfinished characters as U+FFFD; ends the stream. */
  public String finish() {
    String text = tokenizer.decode(Arrays.copyOf(ids, size), skipSpecialTokens);
    size = 0;
    shown = 0;
    String rest = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    prefix = "";
    return rest;
  }
}

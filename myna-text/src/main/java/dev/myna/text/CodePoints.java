package dev.myna.text;

import java.util.Comparator;

/** From chars to code points. */
public final class CodePoints {
  /**
   * Texts in the order of their code points, as Python and UTF-8 have them. That of {@link String}
   * is by halves of characters: U+1F600 stands before U+FB01 there.
   */
  public static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  private static int compare(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at == a.length() || at == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    boolean half = Character.isSurrogate(a.charAt(at));
    return half == Character.isSurrogate(b.charAt(at))
        ? Character.compare(a.charAt(at), b.charAt(at))
        : half ? 1 : -1;
  }

  /** Turns places in chars of {@code text} into places in code points, in place. */
  static void count(String text, int[] starts, int[] ends) {
    int first = firstPair(text);
    if (first < 0) {
      return;
    }
    int[] before = new int[text.length() + 1];
    int pairs = 0;
    for (int i = first; i < text.length(); i++) {
      before[i] = pairs;
      boolean low = Character.isLowSurrogate(text.charAt(i));
      if (low && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
        pairs++;
      }
    }
    before[text.length()] = pairs;
    for (int i = 0; i < starts.length; i++) {
      starts[i] -= before[starts[i]];
      ends[i] -= before[ends[i]];
    }
  }

  private static int firstPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }
}

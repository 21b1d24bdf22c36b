package dev.myna.text;

/** From chars to code points. */
final class CodePoints {
  private CodePoints() {}

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

package dev.myna.text.normalize;

/** Drops white space at the ends. */
public record StripNormalizer(boolean left, boolean right) implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    int from = 0;
    int to = text.length();
    while (left && from < to && Whitespace.is(text.charAt(from))) {
      from++;
    }
    while (right && to > from && Whitespace.is(text.charAt(to - 1))) {
      to--;
    }
    text.keepRange(from, to);
  }
}

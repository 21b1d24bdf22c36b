package dev.myna.text.normalize;

/** Puts a string before a text that is not empty. */
public record PrependNormalizer(String prefix) implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    text.prepend(prefix);
  }
}

package dev.myna.text.normalize;

/** SentencePiece's cleaning for machine translation: controls dropped, odd spaces made spaces. */
public record NmtNormalizer() implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    text.keep(c -> !isDropped(c));
    for (int i = 0; i < text.length(); i++) {
      if (isSpace(text.charAt(i))) {
        text.set(i, ' ');
      }
    }
  }

  private static boolean isDropped(int c) {
    return c >= 1 && c <= 8
        || c == 0xB
        || c >= 0xE && c <= 0x1F
        || c == 0x7F
        || c == 0x8F
        || c == 0x9F;
  }

  private static boolean isSpace(int c) {
    return c == 9
        || c == 0xA
        || c == 0xC
        || c == 0xD
        || c == 0x1680
        || c >= 0x200B && c <= 0x200F
        || c == 0x2028
        || c == 0x2029
        || c == 0x2581
        || c == 0xFEFF
        || c == 0xFFFD;
  }
}

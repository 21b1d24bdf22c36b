package dev.myna.text.normalize;

/** Each character in lower case by its full Unicode mapping, without regard to its neighbours. */
public record LowercaseNormalizer() implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    boolean changes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') {
          text.set(i, (char) (c + 32));
        }
      } else if (Character.isSurrogate(c) || c == 'İ') {
        changes = true;
      } else {
        text.set(i, Character.toLowerCase(c));
      }
    }
    if (changes) {
      rewrite(text);
    }
  }

  private static void rewrite(AlignedText text) {
    AlignedText.Rewrite rewrite = text.rewrite();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      rewrite.putAt(Character.toLowerCase(c), i);
      if (c == 'İ') {
        rewrite.putAt('\u0307', i);
      }
      i += Character.charCount(c);
    }
    rewrite.apply();
  }
}

package dev.myna.text.normalize;

import java.util.BitSet;

/** Each character in lower case by its full Unicode mapping, without regard to its neighbours. */
public record LowercaseNormalizer() implements Normalizer {
  private static final BitSet BY_ONE = CodePointSets.of("lowercase+1");
  private static final BitSet BY_27 = CodePointSets.of("lowercase+27");

  @Override
  public void normalize(AlignedText text) {
    boolean changes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') {
          text.set(i, (char) (c + 32));
        }
      } else if (Character.isSurrogate(c) || c == 'İ' || c >= 0xA7CE && c <= 0xA7D4) {
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
      rewrite.putAt(lower(c), i);
      if (c == 'İ') {
        rewrite.putAt('\u0307', i);
      }
      i += Character.charCount(c);
    }
    rewrite.apply();
  }

  private static int lower(int c) {
    if (c >= 0xA7CE) {
      if (c <= 0xA7D4 && BY_ONE.get(c)) {
        return c + 1;
      }
      if (BY_27.get(c)) {
        return c + 27;
      }
    }
    return Character.toLowerCase(c);
  }
}

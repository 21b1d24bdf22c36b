package dev.myna.text.normalize;

import java.text.Normalizer.Form;
import org.jspecify.annotations.Nullable;

/**
 * BERT's cleaning (Devlin et al., 2019).
 *
 * @param cleanText drops controls and makes every white space a space
 * @param handleChineseChars puts spaces around CJK ideographs
 * @param stripAccents decomposes and drops accents; null does as {@code lowercase}
 * @param lowercase lower case
 */
public record BertNormalizer(
    boolean cleanText,
    boolean handleChineseChars,
    @Nullable Boolean stripAccents,
    boolean lowercase)
    implements Normalizer {

  /** What uncased models use. */
  public static final BertNormalizer UNCASED = new BertNormalizer(true, true, null, true);

  @Override
  public void normalize(AlignedText text) {
    boolean ascii = isAscii(text);
    if (cleanText) {
      clean(text);
    }
    if (handleChineseChars && !ascii) {
      spaceIdeographs(text);
    }
    if (!ascii && (stripAccents == null ? lowercase : stripAccents)) {
      UnicodeForm.apply(text, Form.NFD);
      text.keep(c -> !CharacterKinds.isNonspacingMark(c));
    }
    if (lowercase) {
      new LowercaseNormalizer().normalize(text);
    }
  }

  private static boolean isAscii(AlignedText text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static void clean(AlignedText text) {
    text.keep(c -> c != 0 && c != 0xFFFD && (isLineSpace(c) || !CharacterKinds.isControl(c)));
    for (int i = 0; i < text.length(); i++) {
      if (Whitespace.is(text.charAt(i))) {
        text.set(i, ' ');
      }
    }
  }

  private static boolean isLineSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r';
  }

  private static void spaceIdeographs(AlignedText text) {
    int first = 0;
    while (first < text.length() && !isIdeograph(text.codePointAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return;
    }
    AlignedText.Rewrite rewrite = text.rewrite();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isIdeograph(c)) {
        rewrite.putAt(' ', i);
        rewrite.putAt(c, i);
        rewrite.putAt(' ', i);
      } else {
        rewrite.putAt(c, i);
      }
      i += Character.charCount(c);
    }
    rewrite.apply();
  }

  private static boolean isIdeograph(int c) {
    if (c < 0x3400) {
      return false;
    }
    return c <= 0x4DBF
        || c >= 0x4E00 && c <= 0x9FFF
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0x20000 && c <= 0x2A6DF
        || c >= 0x2A700 && c <= 0x2B73F
        || c >= 0x2B740 && c <= 0x2B81F
        || c >= 0x2B920 && c <= 0x2CEAF
        || c >= 0x2F800 && c <= 0x2FA1F;
  }
}

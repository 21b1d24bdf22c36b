package dev.myna.text.features;

import java.text.Normalizer;

/** What happens to accents and other marks. Follows scikit-learn's {@code strip_accents}. */
public enum Accents {
  /** They stay. */
  KEEP,
  /** Compatibility decomposition (NFKD), then everything beyond ASCII is dropped. */
  ASCII,
  /** Compatibility decomposition (NFKD), then every combining mark is dropped. */
  UNICODE;

  String fold(String text) {
    return switch (this) {
      case KEEP -> text;
      case ASCII ->
          isAscii(text) ? text : asciiOf(Normalizer.normalize(text, Normalizer.Form.NFKD));
      case UNICODE ->
          isAscii(text) ? text : unmarked(Normalizer.normalize(text, Normalizer.Form.NFKD));
    };
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String asciiOf(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x80) {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  private static String unmarked(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().filter(c -> !combining(c)).forEach(out::appendCodePoint);
    return out.toString();
  }

  /**
   * Whether the canonical combining class is not zero. The JDK does not tell the class, but its
   * normalizer sorts marks by it: one that changes places with a mark of the lowest or highest
   * class has one itself.
   */
  private static boolean combining(int c) {
    if (c < 0x300) {
      return false;
    }
    int type = Character.getType(c);
    if (type != Character.NON_SPACING_MARK
        && type != Character.COMBINING_SPACING_MARK
        && type != Character.ENCLOSING_MARK) {
      return false;
    }
    String mark = Character.toString(c);
    return !Normalizer.isNormalized(mark + "\u0334", Normalizer.Form.NFD)
        || !Normalizer.isNormalized("\u0345" + mark, Normalizer.Form.NFD);
  }
}

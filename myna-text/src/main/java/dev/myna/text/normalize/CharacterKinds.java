package dev.myna.text.normalize;

import java.util.BitSet;

/** Kinds of characters as the reference's Unicode tables have them. */
public final class CharacterKinds {
  private static final BitSet NO_MARK = CodePointSets.of("no-mark");
  private static final BitSet MARK_TOO = CodePointSets.of("mark-too");
  private static final BitSet NO_NONSPACING = CodePointSets.of("no-nonspacing-mark");
  private static final BitSet NONSPACING_TOO = CodePointSets.of("nonspacing-mark-too");
  private static final BitSet NO_CONTROL = CodePointSets.of("no-control");
  private static final BitSet CONTROL_TOO = CodePointSets.of("control-too");
  private static final BitSet NO_PUNCTUATION = CodePointSets.of("no-punctuation");
  private static final BitSet PUNCTUATION_TOO = CodePointSets.of("punctuation-too");
  private static final BitSet NUMBER_TOO = CodePointSets.of("number-too");

  private CharacterKinds() {}

  /** A combining mark: general category M. */
  static boolean isMark(int c) {
    if (c < 0x300) {
      return false;
    }
    boolean mark =
        switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              true;
          default -> false;
        };
    return mark ? !NO_MARK.get(c) : MARK_TOO.get(c);
  }

  /** A mark without width: general category Mn. */
  static boolean isNonspacingMark(int c) {
    if (c < 0x300) {
      return false;
    }
    return Character.getType(c) == Character.NON_SPACING_MARK
        ? !NO_NONSPACING.get(c)
        : NONSPACING_TOO.get(c);
  }

  /** Control, format or private use: general category C without unassigned. */
  static boolean isControl(int c) {
    if (c < 0x7F) {
      return c < ' ';
    }
    boolean control =
        switch (Character.getType(c)) {
          case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE -> true;
          default -> false;
        };
    return control ? !NO_CONTROL.get(c) : CONTROL_TOO.get(c);
  }

  /** Punctuation: general category P and the symbols of ASCII. */
  public static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    boolean punctuation =
        switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
    return punctuation ? !NO_PUNCTUATION.get(c) : PUNCTUATION_TOO.get(c);
  }

  /** A number of any kind: general category N. */
  public static boolean isNumber(int c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9';
    }
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> NUMBER_TOO.get(c);
    };
  }
}

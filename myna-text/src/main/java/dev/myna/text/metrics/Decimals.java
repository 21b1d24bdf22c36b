package dev.myna.text.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers as text, as Python and C write them. */
public final class Decimals {
  private Decimals() {}

  /**
   * The number with so many places after the point, as Python's {@code f"{value:.2f}"}: the exact
   * value is rounded, and what lies in the middle goes to the even neighbour (Java's own formats
   * round a half up, and that of the shortest decimal).
   */
  public static String text(double value, int places) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString()
        : String.valueOf(value);
  }

  /**
   * The number that a text of digits, point, signs and exponent says.
   *
   * @throws NumberFormatException for all else: also for NaN, infinity, and spellings that are
   *     Java's alone, such as {@code 1d} and {@code 0x1p3}
   */
  public static double parse(String text) {
    return Double.parseDouble(decimal(text));
  }

  /** The same in single precision, rounded once. */
  public static float parseFloat(String text) {
    return Float.parseFloat(decimal(text));
  }

  private static String decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException("no decimal number: " + text);
      }
    }
    return text;
  }
}

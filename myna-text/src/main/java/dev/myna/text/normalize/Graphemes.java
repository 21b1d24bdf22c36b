package dev.myna.text.normalize;

/** Where grapheme clusters (Unicode Annex 29) end without a look at the tables. */
final class Graphemes {
  private Graphemes() {}

  /**
   * Whether a char is of those that never join others of these in a cluster: ASCII, and the letters
   * and marks of punctuation of large scripts without combining characters among them.
   */
  static boolean isSimple(char c) {
    if (c < 0x300) {
      return c < 0x80 || c >= 0xA0 && c != 0xAD;
    }
    return c >= 0x370 && c <= 0x482
        || c >= 0x48A && c <= 0x58F
        || c >= 0x3001 && c <= 0x3029
        || c >= 0x3041 && c <= 0x3096
        || c >= 0x30A1 && c <= 0x30FA
        || c >= 0x4E00 && c <= 0x9FFF
        || c >= 0xFF01 && c <= 0xFF60;
  }

  /** Whether a cluster ends between two neighbours; {@code left} is simple. */
  static boolean divides(char left, char right) {
    return isSimple(right) && !(left == '\r' && right == '\n');
  }
}

package dev.myna.text.normalize;

/** The Unicode property White_Space, which Java's own predicates do not give. */
public final class Whitespace {
  private Whitespace() {}

  /** Whether {@code c} is white space. */
  public static boolean is(int c) {
    if (c < 0x85) {
      return c == ' ' || c >= 9 && c <= 13;
    }
    return c == 0x85
        || c == 0xA0
        || c == 0x1680
        || c >= 0x2000 && c <= 0x200A
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }
}

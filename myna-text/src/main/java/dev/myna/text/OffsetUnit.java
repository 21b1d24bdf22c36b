package dev.myna.text;

/** What an offset counts from the start of the original text. */
public enum OffsetUnit {
  /** Unicode code points, as in Python. */
  CODE_POINT,
  /** Java's chars: fits {@link String#substring(int, int)}. */
  UTF16,
  /** Bytes of the text in UTF-8. */
  BYTE
}

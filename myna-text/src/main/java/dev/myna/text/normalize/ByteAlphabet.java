package dev.myna.text.normalize;

import java.util.Arrays;

/**
 * The 256 printable characters that stand for bytes in byte-level vocabularies (GPT-2's {@code
 * bytes_to_unicode}): printable Latin-1 stands for itself, the others follow from U+0100.
 */
public final class ByteAlphabet {
  private static final char[] TO_CHAR = new char[256];
  private static final short[] TO_BYTE = new short[324];

  static {
    Arrays.fill(TO_BYTE, (short) -1);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
      char c = (char) (printable ? b : next++);
      TO_CHAR[b] = c;
      TO_BYTE[c] = (short) b;
    }
  }

  private ByteAlphabet() {}

  /** The character of byte {@code b} (its low eight bits). */
  public static char charOf(int b) {
    return TO_CHAR[b & 0xFF];
  }

  /** The byte (0 to 255) of a character, or -1 where it stands for none. */
  public static int byteOf(int c) {
    return c >= 0 && c < TO_BYTE.length ? TO_BYTE[c] : -1;
  }
}

package dev.myna.text.features;

/** Encodes ranges of chars into one buffer. A surrogate without its other half becomes '?'. */
final class Utf8 {
  byte[] bytes = new byte[256];

  /** The number of bytes now in the buffer. */
  int encode(char[] chars, int start, int end) {
    if (bytes.length < (end - start) * 3) {
      bytes = new byte[(end - start) * 6];
    }
    int n = 0;
    for (int i = start; i < end; i++) {
      int c = chars[i];
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (c < 0x800) {
        bytes[n++] = (byte) (0xc0 | c >> 6);
        bytes[n++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate((char) c)) {
        bytes[n++] = (byte) (0xe0 | c >> 12);
        bytes[n++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[n++] = (byte) (0x80 | c & 0x3f);
      } else if (i + 1 < end && Character.isSurrogatePair((char) c, chars[i + 1])) {
        int point = Character.toCodePoint((char) c, chars[++i]);
        bytes[n++] = (byte) (0xf0 | point >> 18);
        bytes[n++] = (byte) (0x80 | point >> 12 & 0x3f);
        bytes[n++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[n++] = (byte) (0x80 | point & 0x3f);
      } else {
        bytes[n++] = '?';
      }
    }
    return n;
  }
}

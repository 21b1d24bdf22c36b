package dev.myna.text.normalize;

/** Every byte of the text's UTF-8 as its character of the {@link ByteAlphabet}. */
public record ByteLevelNormalizer() implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    toBytes(text);
  }

  /** Rewrites {@code text} in the byte alphabet. */
  public static void toBytes(AlignedText text) {
    boolean ascii = true;
    for (int i = 0; ascii && i < text.length(); i++) {
      ascii = text.charAt(i) < 0x80;
    }
    if (ascii) {
      for (int i = 0; i < text.length(); i++) {
        text.set(i, ByteAlphabet.charOf(text.charAt(i)));
      }
      return;
    }
    AlignedText.Rewrite rewrite = text.rewrite();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      putUtf8(rewrite, c, i);
      i += Character.charCount(c);
    }
    rewrite.apply();
  }

  private static void putUtf8(AlignedText.Rewrite rewrite, int c, int index) {
    if (c < 0x80) {
      rewrite.putAt(ByteAlphabet.charOf(c), index);
    } else if (c < 0x800) {
      rewrite.putAt(ByteAlphabet.charOf(0xC0 | c >> 6), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c & 0x3F), index);
    } else if (c < 0x10000) {
      rewrite.putAt(ByteAlphabet.charOf(0xE0 | c >> 12), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c >> 6 & 0x3F), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c & 0x3F), index);
    } else {
      rewrite.putAt(ByteAlphabet.charOf(0xF0 | c >> 18), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c >> 12 & 0x3F), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c >> 6 & 0x3F), index);
      rewrite.putAt(ByteAlphabet.charOf(0x80 | c & 0x3F), index);
    }
  }
}

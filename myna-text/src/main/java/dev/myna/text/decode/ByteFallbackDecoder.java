package dev.myna.text.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Byte tokens such as {@code <0xE2>} in a row become text; where they are none, U+FFFD each. */
public record ByteFallbackDecoder() implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      int b = byteOf(token);
      if (b >= 0) {
        bytes.write(b);
      } else {
        flush(bytes, out);
        out.add(token);
      }
    }
    flush(bytes, out);
    return out;
  }

  private static int byteOf(String token) {
    if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
      return -1;
    }
    int low = Character.digit(token.charAt(4), 16);
    int high = token.charAt(3) == '+' ? 0 : Character.digit(token.charAt(3), 16);
    boolean ascii = token.charAt(3) < 0x80 && token.charAt(4) < 0x80;
    return ascii && high >= 0 && low >= 0 ? high * 16 + low : -1;
  }

  private static void flush(ByteArrayOutputStream bytes, List<String> out) {
    if (bytes.size() == 0) {
      return;
    }
    try {
      out.add(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      for (int i = 0; i < bytes.size(); i++) {
        out.add("\uFFFD");
      }
    }
    bytes.reset();
  }
}

package dev.myna.text.decode;

import dev.myna.text.normalize.ByteAlphabet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From the byte alphabet back to text; bytes that are not UTF-8 become U+FFFD.
 *
 * @param addPrefixSpace kept for the pre-tokenizer of the same name; without effect here
 * @param trimOffsets as above
 * @param useRegex as above
 */
public record ByteLevelDecoder(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements Decoder {

  @Override
  public List<String> decode(List<String> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      append(token, bytes);
    }
    return List.of(bytes.toString(StandardCharsets.UTF_8));
  }

  /** A token's bytes; one with a character outside the alphabet stands for itself. */
  public static void append(String token, ByteArrayOutputStream bytes) {
    for (int i = 0; i < token.length(); i++) {
      if (ByteAlphabet.byteOf(token.charAt(i)) < 0) {
        bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
        return;
      }
    }
    for (int i = 0; i < token.length(); i++) {
      bytes.write(ByteAlphabet.byteOf(token.charAt(i)));
    }
  }
}

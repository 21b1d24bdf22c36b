package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vocabulary files of text: lines, and maps of tokens to ids; gzip is seen through. */
final class TextFiles {
  private static final long LARGEST =
      512L << 20; // bytes; the largest published ones have some 40 MB

  private TextFiles() {}

  static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new TokenizerException(
            "%s has %d bytes; a vocabulary of at most %d was wanted"
                .formatted(file, Files.size(file), LARGEST));
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        in.mark(2);
        boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        byte[] read =
            zipped ? new GZIPInputStream(in).readNBytes((int) LARGEST + 1) : in.readAllBytes();
        if (read.length > LARGEST) {
          throw new TokenizerException(file + " is too large for a vocabulary when unpacked");
        }
        return read;
      }
    } catch (IOException e) {
      throw new TokenizerException("cannot read " + file + ": " + e, e);
    }
  }

  /** The lines of a text in UTF-8, without their ends. */
  static List<String> lines(Path file) {
    byte[] bytes = bytes(file);
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length ? at > from : bytes[at] == '\n') {
        int end = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        lines.add(utf8(file, lines.size() + 1, bytes, from, end));
        from = at + 1;
      }
    }
    return lines;
  }

  private static String utf8(Path file, int line, byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new TokenizerException(
          "%s is not UTF-8 in line %d; save it as UTF-8".formatted(file, line), e);
    }
  }

  /** A JSON object of tokens with their ids. */
  static Map<String, Integer> ids(Path file) {
    JsonNode root = json(file);
    if (!root.isObject()) {
      throw new TokenizerException(file + " must hold an object of tokens with their ids");
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    root.forEachEntry(
        (token, id) -> {
          if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() < 0) {
            throw new TokenizerException(
                "%s: the id of \"%s\" must be a whole number, but is %s"
                    .formatted(file, token, id));
          }
          ids.put(token, id.asInt());
        });
    return ids;
  }

  static JsonNode json(Path file) {
    try {
      return JsonMapper.shared().readTree(bytes(file));
    } catch (JacksonException e) {
      throw new TokenizerException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}

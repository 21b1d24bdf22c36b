package dev.myna.text.vectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads word2vec's binary format; a line feed after each vector may be there or not. */
final class BinaryVectorReader {
  private static final int PROBE = 1 << 16;

  private BinaryVectorReader() {}

  /**
   * Whether a first line of two counts is followed by bytes that no line of numbers has. Text has
   * only digits, signs, points, exponents and names of special numbers between a line's first space
   * and its end.
   */
  static boolean isBinary(Path file) throws IOException {
    try (var in = new BinaryInput(file)) {
      var head = new byte[(int) Math.min(PROBE, in.left())];
      in.readBytes(head, "the head");
      int at = 0;
      while (at < head.length && head[at] != '\n') {
        at++;
      }
      String first = new String(head, 0, at, StandardCharsets.UTF_8);
      if (!first.strip().matches("[0-9]{1,10} +[0-9]{1,9}")) {
        return false;
      }
      int width = Integer.parseInt(first.strip().split(" +")[1]);
      for (at++; at < head.length && head[at] != ' ' && head[at] != '\t'; at++) {}
      for (int end = (int) Math.min(head.length, at + 4L * width); at < end; at++) {
        if (head[at] == '\n') {
          return false;
        }
        if ("0123456789+-.eEnaifNIty \t\r".indexOf(head[at]) < 0) {
          return true;
        }
      }
      return false;
    }
  }

  static WordVectors read(Path file) throws IOException {
    try (var in = new BinaryInput(file)) {
      String header =
          new String(in.readUntil((byte) '\n', "the first line"), StandardCharsets.UTF_8);
      String[] counts = header.strip().split(" +");
      long size = Long.parseLong(counts[0]);
      int width = Integer.parseInt(counts[1]);
      if (size < 1 || width < 1) {
        throw in.broken("a number of words and a width above 0", header.strip());
      }
      in.requireLeft(
          Math.multiplyExact(size, 4L * width + 2),
          "%,d words of %,d floats".formatted(size, width));
      return readRows(in, size, width);
    }
  }

  private static WordVectors readRows(BinaryInput in, long size, int width) throws IOException {
    var rows = new VectorRows(width);
    var vector = new float[width];
    for (long i = 0; i < size; i++) {
      String field = "word %,d".formatted(i + 1);
      while (in.peek() == '\n') {
        byte unused = in.readByte(field);
      }
      byte[] word = in.readUntil((byte) ' ', field);
      in.readFloats(vector, 0, width, field);
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw in.broken("finite numbers in " + field, String.valueOf(value));
        }
      }
      rows.add(word, vector);
    }
    return rows.toVectors();
  }
}

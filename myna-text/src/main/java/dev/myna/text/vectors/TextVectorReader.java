package dev.myna.text.vectors;

import dev.myna.text.metrics.Decimals;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of a word and its numbers. The first line may hold the number of words and the width
 * (word2vec, fastText) or be missing (GloVe). A word may contain spaces: the numbers are the last
 * fields of a line.
 */
final class TextVectorReader {
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;

  private TextVectorReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static WordVectors read(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file)) {
      InputStream bytes =
          file.getFileName().toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
      return new TextVectorReader(file, new BufferedInputStream(bytes, 1 << 16)).read();
    } catch (ZipException | EOFException e) {
      throw new VectorsException(
          "a whole gzip file was wanted, and %s is cut off or of another kind; get it again"
              .formatted(file),
          e);
    }
  }

  private WordVectors read() throws IOException {
    String[] first = fields(nextLine());
    if (first == null) {
      throw new VectorsException("word vectors were wanted, and %s is empty".formatted(file));
    }
    boolean header = first.length == 2 && isCount(first[0]) && isCount(first[1]);
    long wanted = header ? Long.parseLong(first[0]) : -1;
    int width = header ? Integer.parseInt(first[1]) : first.length - 1;
    if (width < 1) {
      throw wrong("a word and its numbers", String.join(" ", first));
    }
    var rows = new VectorRows(width);
    long lines = 0;
    for (String[] fields = header ? fields(nextLine()) : first;
        fields != null;
        fields = fields(nextLine())) {
      add(fields, width, rows);
      lines++;
    }
    if (wanted >= 0 && lines > wanted) {
      throw new VectorsException(
          "%,d words were wanted as the first line of %s says, found %,d; mend that line, or get the file again"
              .formatted(wanted, file, lines));
    }
    if (lines < wanted || rows.size() == 0) {
      throw new VectorsException(
          "%,d words were wanted as the first line of %s says, found %,d; the file is cut off, get it again"
              .formatted(Math.max(wanted, 1), file, lines));
    }
    return rows.toVectors();
  }

  private void add(String[] fields, int width, VectorRows rows) {
    int letters = fields.length - width;
    if (letters < 1) {
      throw wrong("a word and %,d numbers".formatted(width), fields.length + " fields");
    }
    String word = String.join(" ", Arrays.copyOf(fields, letters));
    if (letters > 1 && isNumber(fields[letters - 1])) {
      throw wrong("a word and %,d numbers".formatted(width), "more numbers");
    }
    var vector = new float[width];
    for (int j = 0; j < width; j++) {
      String field = fields[letters + j];
      try {
        vector[j] = Decimals.parseFloat(field);
      } catch (NumberFormatException e) {
        throw wrong("a number", "\"" + cut(field) + "\"");
      }
      if (!Float.isFinite(vector[j])) {
        throw wrong("a finite number", field);
      }
    }
    rows.add(word.getBytes(StandardCharsets.UTF_8), vector);
  }

  private VectorsException wrong(String wanted, String found) {
    return new VectorsException(
        "%s was wanted in line %,d of %s, found %s; mend or remove the line"
            .formatted(wanted, number, file, cut(found)));
  }

  private static String cut(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static String @Nullable [] fields(@Nullable String line) {
    return line == null ? null : line.strip().split("[ \t]+");
  }

  private @Nullable String nextLine() throws IOException {
    line.reset();
    number++;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw wrong("a line of at most %,d bytes".formatted(LONGEST_LINE), "a longer one");
      }
    }
    return decode();
  }

  private String decode() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong("UTF-8 text", "other bytes");
    }
  }

  private static boolean isCount(String field) {
    return field.length() < 10 && field.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isNumber(String field) {
    try {
      var unused = Decimals.parseFloat(field);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

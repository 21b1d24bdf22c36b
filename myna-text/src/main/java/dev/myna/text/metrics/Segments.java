package dev.myna.text.metrics;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Files with one segment a line: UTF-8, plain or {@code .gz}. Only a line feed ends a line; white
 * space at its end and a byte order mark at the file's beginning are dropped; empty lines count.
 */
public final class Segments {
  /** A longer line is no segment but a file of another kind. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private final List<String> lines = new ArrayList<>();
  private byte[] buffer = new byte[1 << 12];
  private int length;

  private Segments(Path file) {
    this.file = file;
  }

  /** The segments of a file. */
  public static List<String> read(Path file) {
    Segments segments = new Segments(file);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            file.toString().endsWith(".gz")
                ? new GZIPInputStream(raw, 1 << 16)
                : new BufferedInputStream(raw, 1 << 16)) {
      segments.readAll(in);
    } catch (NoSuchFileException e) {
      throw new MetricException("a file with one segment a line is wanted, found no " + file, e);
    } catch (EOFException | ZipException e) {
      throw new MetricException(
          "%s should be gzip, but it is damaged after line %,d: %s; compress it again"
              .formatted(file, segments.lines.size(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new MetricException(
          "cannot read %s: %s"
              .formatted(file, Files.isDirectory(file) ? "it is a folder" : e.getMessage()),
          e);
    }
    return segments.lines;
  }

  private void readAll(InputStream in) throws IOException {
    byte[] block = new byte[1 << 16];
    for (int count = in.read(block); count >= 0; count = in.read(block)) {
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (block[i] == '\n') {
          append(block, from, i);
          endLine();
          from = i + 1;
        }
      }
      append(block, from, count);
    }
    if (length > 0) {
      endLine();
    }
  }

  private void append(byte[] block, int from, int to) {
    int count = to - from;
    if (length + count > LONGEST_LINE) {
      throw new MetricException(
          "one segment a line is wanted, but line %,d of %s is longer than %,d bytes"
              .formatted(lines.size() + 1, file, LONGEST_LINE));
    }
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + count, 2 * buffer.length));
    }
    System.arraycopy(block, from, buffer, length, count);
    length += count;
  }

  private void endLine() {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
    String line;
    try {
      line =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
    } catch (CharacterCodingException e) {
      throw new MetricException(
          "%s should be UTF-8, but line %,d is not, from its byte %,d on; convert the file"
              .formatted(file, lines.size() + 1, bytes.position() + 1),
          e);
    }
    if (lines.isEmpty() && line.startsWith("\ufeff")) {
      line = line.substring(1);
    }
    lines.add(Words.stripEnd(line));
    length = 0;
  }
}

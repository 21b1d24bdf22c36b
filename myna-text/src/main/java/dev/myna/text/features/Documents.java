package dev.myna.text.features;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text file line by line, a line a document. The file is UTF-8, packed with gzip when its
 * name ends so; a byte-order mark is passed over. Only one line is held.
 */
public final class Documents implements Iterable<String> {
  /** The longest line, in bytes: longer ones are no documents, and would fill the memory. */
  public static final int LONGEST = 1 << 26;

  private final Path file;
  private final Charset charset;

  private Documents(Path file, Charset charset) {
    this.file = file;
    this.charset = charset;
  }

  /**
   * The lines of the file, read anew by every iterator.
   *
   * @throws FeatureException from the iterator, naming the line that is not UTF-8 or too long
   */
  public static Iterable<String> lines(Path file) {
    return lines(file, StandardCharsets.UTF_8);
  }

  /** The lines of the file in another character set, one whose line feed is a byte of its own. */
  public static Iterable<String> lines(Path file, Charset charset) {
    return new Documents(file, charset);
  }

  @Override
  public Iterator<String> iterator() {
    return new Lines(file, charset);
  }

  private static final class Lines implements Iterator<String>, Closeable {
    private final Path file;
    private final Charset charset;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1 << 12];
    private long number;
    private boolean ended;
    private @Nullable String next;

    Lines(Path file, Charset charset) {
      this.file = file;
      this.charset = charset;
      try {
        InputStream raw = Files.newInputStream(file);
        in =
            file.toString().endsWith(".gz")
                ? new GZIPInputStream(new BufferedInputStream(raw), 1 << 16)
                : raw;
      } catch (IOException e) {
        throw new FeatureException(
            "A file of text was wanted, but %s cannot be opened; look at its name and rights."
                .formatted(file),
            e);
      }
      next = read();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public String next() {
      String given = next;
      if (given == null) {
        throw new NoSuchElementException();
      }
      next = read();
      return given;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    /** The next line without its end, or null at the end of the file. */
    private @Nullable String read() {
      try {
        int length = 0;
        number++;
        while (true) {
          if (ended) {
            return null;
          }
          if (from == to) {
            to = in.read(buffer);
            from = 0;
            if (to < 0) {
              ended = true;
              close();
              return length == 0 ? null : decoded(length);
            }
          }
          int end = from;
          while (end < to && buffer[end] != '\n') {
            end++;
          }
          int size = end - from;
          if (length + size > LONGEST) {
            close();
            throw new FeatureException(
                "A line is a document of at most %d MB, but line %d of %s is longer; split it."
                    .formatted(LONGEST >> 20, number, file));
          }
          if (length + size > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + size));
          }
          System.arraycopy(buffer, from, line, length, size);
          length += size;
          from = end;
          if (end < to) {
            from++;
            return decoded(length);
          }
        }
      } catch (IOException e) {
        throw new FeatureException(
            "%s cannot be read after line %d: %s.".formatted(file, number - 1, e.getMessage()), e);
      }
    }

    private String decoded(int length) throws IOException {
      int start = 0;
      if (number == 1
          && length >= 3
          && line[0] == (byte) 0xef
          && line[1] == (byte) 0xbb
          && line[2] == (byte) 0xbf) {
        start = 3;
      }
      int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
      String text = new String(line, start, end - start, charset);
      if (text.indexOf('\ufffd') >= 0) {
        try {
          var unused = charset.newDecoder().decode(ByteBuffer.wrap(line, start, end - start));
        } catch (CharacterCodingException e) {
          close();
          throw new FeatureException(
              "Line %d of %s is not %s; convert the file or name its character set."
                  .formatted(number, file, charset),
              e);
        }
      }
      return text;
    }
  }
}

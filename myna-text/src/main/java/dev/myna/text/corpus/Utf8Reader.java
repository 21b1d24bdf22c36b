package dev.myna.text.corpus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * Decodes UTF-8 strictly and knows the line and the byte of the first error. A byte-order mark at
 * the start is dropped. Never parts the two halves of a surrogate pair.
 */
final class Utf8Reader implements Closeable {
  private static final int BLOCK = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final String name;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).flip();

  /** Position in the file of the first byte of {@link #bytes}. */
  private long base;

  private long newlines;
  private boolean started;
  private boolean ended;

  Utf8Reader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Fills {@code chars} from its start as far as one block goes.
   *
   * @return the number of chars read, at least 1, or -1 at the end
   * @throws CorpusException where the bytes are not UTF-8 or the file cannot be read
   */
  int read(char[] chars) {
    CharBuffer out = CharBuffer.wrap(chars);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (out.position() > 0) {
        int length = drop(chars, out.position());
        for (int i = 0; i < length; i++) {
          if (chars[i] == '\n') {
            newlines++;
          }
        }
        if (length > 0) {
          return length;
        }
        out.clear();
      } else if (result.isError()) {
        throw malformed(base + bytes.position());
      } else if (ended) {
        return -1;
      } else {
        fill();
      }
    }
  }

  /** Drops a byte-order mark before the first char; returns how many chars are left. */
  private int drop(char[] chars, int length) {
    if (started) {
      return length;
    }
    started = true;
    if (chars[0] != BYTE_ORDER_MARK) {
      return length;
    }
    System.arraycopy(chars, 1, chars, 0, length - 1);
    return length - 1;
  }

  private void fill() {
    base += bytes.position();
    bytes.compact();
    try {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      if (count < 0) {
        ended = true;
      } else {
        bytes.position(bytes.position() + count);
      }
    } catch (EOFException truncated) {
      throw new CorpusException(
          name + " ends in the middle of its compressed data; fetch it again.", truncated);
    } catch (ZipException damaged) {
      throw new CorpusException(
          name
              + " is not intact gzip data ("
              + damaged.getMessage()
              + "); fetch it again, or drop .gz from its name if it is not compressed.",
          damaged);
    } catch (IOException failed) {
      throw new CorpusException(name + " could not be read: " + failed.getMessage() + ".", failed);
    }
    bytes.flip();
  }

  private CorpusException malformed(long position) {
    int first = bytes.get(bytes.position()) & 0xFF;
    String hint =
        position == 0 && first >= 0xFE
            ? "it looks like UTF-16; convert it, for instance with: iconv -f UTF-16 -t UTF-8"
            : "convert the file to UTF-8, or leave it out";
    return new CorpusException(
        "%s is not UTF-8 at line %d, byte %d of the file (0x%02X); %s."
            .formatted(name, newlines + 1, position, first, hint));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException ignored) {
      // Everything that was wanted has been read.
    }
  }
}

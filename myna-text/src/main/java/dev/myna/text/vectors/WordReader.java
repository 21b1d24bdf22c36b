package dev.myna.text.vectors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the words of a part of a text file as bytes, in a small buffer that is used again.
 *
 * <p>Words are parted by space, tab, line feed, carriage return, vertical tab, form feed and NUL. A
 * word belongs to the part in which it starts, so that parts that meet cover every word once, in
 * files of one line too.
 */
final class WordReader implements Closeable {
  enum Token {
    WORD,
    LINE_END,
    END
  }

  /** Longer words mean that the text is not split into words. */
  static final int LONGEST_WORD = 1 << 16;

  private static final int WHOLE = 1 << 16;

  /** Bytes at a time of one of many parts that are read in turns. */
  private static final int PART = 1 << 13;

  private final Path file;
  private final FileChannel channel;
  private final long end;
  private byte[] buffer;
  private long base; // offset of buffer[0] in the file
  private int limit;
  private int position;
  private long line = 1;

  /** The word last read: {@code bytes()[start]} to {@code bytes()[stop - 1]}. */
  int start;

  int stop;

  /** {@link WordTable#hash} of the word last read. */
  int hash;

  WordReader(Path file) throws IOException {
    this(file, FileChannel.open(file), 0, Long.MAX_VALUE, WHOLE);
  }

  /** One of many parts of a file that the caller has opened, and closes behind the last of them. */
  WordReader(Path file, FileChannel channel, long from, long end) throws IOException {
    this(file, channel, from, end, PART);
  }

  private WordReader(Path file, FileChannel channel, long from, long end, int bytes)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.end = end;
    buffer = new byte[bytes];
    base = Math.max(0, from - 1);
    if (from > 0) { // the word that runs over the border is the part's before
      while (fillWhenEmpty() && !separates(buffer[position])) {
        position++;
      }
      if (base + position < from) {
        position++; // so is what stands before it
      }
    }
  }

  Token next() throws IOException {
    while (fillWhenEmpty() && base + position < end) {
      byte b = buffer[position];
      if (!separates(b)) {
        readWord();
        return Token.WORD;
      }
      position++;
      if (b == '\n') {
        line++;
        return Token.LINE_END;
      }
    }
    return Token.END;
  }

  byte[] bytes() {
    return buffer;
  }

  /** The word last read. */
  String word() {
    return new String(buffer, start, stop - start, StandardCharsets.UTF_8);
  }

  /** Where the word last read stands; lines count from where this reader began. */
  String place() {
    return "line %,d of %s (byte %,d)".formatted(line, file, base + start);
  }

  /** Bytes read so far, from the start of the file. */
  long offset() {
    return base + position;
  }

  private void readWord() throws IOException {
    start = position;
    int h = WordTable.HASH_START;
    do {
      int i = position;
      for (; i < limit && !separates(buffer[i]); i++) {
        h = WordTable.hash(h, buffer[i]);
      }
      position = i;
      if (position - start > LONGEST_WORD) {
        throw new VectorsException(
            "words of at most %,d bytes were wanted, and a longer one starts in %s; split the text into words first"
                .formatted(LONGEST_WORD, place()));
      }
    } while (position == limit && fill(start));
    stop = position;
    hash = h;
  }

  private boolean fillWhenEmpty() throws IOException {
    return position < limit || fill(position);
  }

  /** Reads on, keeping the bytes from {@code keep}; false at the end of the file. */
  private boolean fill(int keep) throws IOException {
    int kept = limit - keep;
    byte[] target = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, keep, target, 0, kept);
    buffer = target;
    base += keep;
    position -= keep;
    start -= keep;
    limit = kept;
    ByteBuffer free = ByteBuffer.wrap(buffer, kept, buffer.length - kept);
    int read = channel.read(free, base + kept);
    limit += Math.max(read, 0);
    return read > 0;
  }

  static boolean separates(byte b) {
    return b <= ' '
        && (b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == 0 || b == 11 || b == 12);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

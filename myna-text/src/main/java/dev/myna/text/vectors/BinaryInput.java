package dev.myna.text.vectors;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads little-endian numbers and words from a file, and says which field a cut-off file lacks. */
final class BinaryInput implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  BinaryInput(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file);
  }

  /** Bytes not yet read. */
  long left() throws IOException {
    return channel.size() - channel.position() + buffer.remaining();
  }

  byte readByte(String field) throws IOException {
    need(1, field);
    return buffer.get();
  }

  int readInt(String field) throws IOException {
    need(Integer.BYTES, field);
    return buffer.getInt();
  }

  long readLong(String field) throws IOException {
    need(Long.BYTES, field);
    return buffer.getLong();
  }

  double readDouble(String field) throws IOException {
    need(Double.BYTES, field);
    return buffer.getDouble();
  }

  void readFloats(float[] into, int at, int count, String field) throws IOException {
    for (int i = 0; i < count; i++) {
      need(Float.BYTES, field);
      into[at + i] = buffer.getFloat();
    }
  }

  void readBytes(byte[] into, String field) throws IOException {
    for (int at = 0; at < into.length; ) {
      need(1, field);
      int count = Math.min(buffer.remaining(), into.length - at);
      buffer.get(into, at, count);
      at += count;
    }
  }

  /** The bytes before the next {@code end}, which is read too. */
  byte[] readUntil(byte end, String field) throws IOException {
    var word = new ByteArrayOutputStream();
    for (byte b = readByte(field); b != end; b = readByte(field)) {
      word.write(b);
      if (word.size() > WordReader.LONGEST_WORD) {
        throw broken(
            "%s of at most %,d bytes".formatted(field, WordReader.LONGEST_WORD), "a longer one");
      }
    }
    return word.toByteArray();
  }

  /** The next byte without reading it, or -1 at the end. */
  int peek() throws IOException {
    return buffer.hasRemaining() || refill() ? buffer.get(buffer.position()) & 0xFF : -1;
  }

  /** The rest must hold at least this many bytes; checked before memory is taken for them. */
  void requireLeft(long bytes, String field) throws IOException {
    if (bytes < 0 || left() < bytes) {
      throw broken("%s of %,d bytes".formatted(field, bytes), "%,d bytes".formatted(left()));
    }
  }

  VectorsException broken(String wanted, String found) {
    return new VectorsException(
        "%s was wanted in %s, found %s; the file is cut off or of another kind"
            .formatted(wanted, file, found));
  }

  private void need(int bytes, String field) throws IOException {
    while (buffer.remaining() < bytes) {
      if (!refill()) {
        throw new VectorsException(
            "%s was wanted in %s, and the file ends before it; it is cut off, get it again"
                .formatted(field, file),
            new EOFException());
      }
    }
  }

  private boolean refill() throws IOException {
    buffer.compact();
    int read = channel.read(buffer);
    buffer.flip();
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.myna.text.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes little-endian numbers to a stream. */
final class BinaryOutput {
  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);

  BinaryOutput(OutputStream out) {
    this.out = out;
  }

  BinaryOutput bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  BinaryOutput one(int b) throws IOException {
    out.write(b);
    return this;
  }

  BinaryOutput ints(int... values) throws IOException {
    for (int value : values) {
      buffer.putInt(value);
      flush();
    }
    return this;
  }

  BinaryOutput longs(long... values) throws IOException {
    for (long value : values) {
      buffer.putLong(value);
      flush();
    }
    return this;
  }

  BinaryOutput number(double value) throws IOException {
    buffer.putDouble(value);
    flush();
    return this;
  }

  BinaryOutput floats(float[] values, int from, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      buffer.putFloat(values[from + i]);
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
    }
    flush();
    return this;
  }

  private void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}

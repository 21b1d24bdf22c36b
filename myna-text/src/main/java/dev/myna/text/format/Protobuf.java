package dev.myna.text.format;

import dev.myna.MynaException;
import dev.myna.text.TokenizerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Walks the fields of one message of Protocol Buffers' wire format. Nested messages share the bytes
 * of the outer one, so that errors can name the byte of the file.
 */
public final class Protobuf {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final Function<String, MynaException> broken;
  private final ByteBuffer bytes;
  private int wireType;
  private int field;

  /**
   * A SentencePiece model.
   *
   * @param source what errors call the bytes: a file's name
   * @param bytes the message, from position to limit; absolute positions count from the file's
   *     start
   */
  Protobuf(String source, ByteBuffer bytes) {
    this(
        bytes,
        found ->
            new TokenizerException(
                "%s is damaged or no SentencePiece model: %s; fetch the file again"
                    .formatted(source, found)));
  }

  /**
   * @param bytes the message, from position to limit
   * @param broken makes an error of what was wanted and where it was not found
   */
  public Protobuf(ByteBuffer bytes, Function<String, MynaException> broken) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.broken = broken;
  }

  /** Moves to the next field, whose value must then be read or skipped; false at the end. */
  public boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long number = tag >>> 3;
    if (number == 0 || number > 536_870_911) { // 2^29 - 1, the format's largest field number
      throw broken("a field number");
    }
    field = (int) number;
    return true;
  }

  /** Number of the field that {@link #next} moved to. */
  public int field() {
    return field;
  }

  /** The field as a whole number. */
  public long number() {
    expect(VARINT, "a number");
    return varint();
  }

  /** The field as true or false. */
  public boolean flag() {
    return number() != 0;
  }

  /** The field as a 32-bit float. */
  public float decimal() {
    expect(FIXED32, "a float");
    need(4);
    return bytes.getFloat();
  }

  /** The field as 32 bits of no certain meaning, a checksum for instance. */
  public int bits() {
    expect(FIXED32, "32 bits");
    need(4);
    return bytes.getInt();
  }

  /** The field as bytes of its own. */
  public byte[] bytes() {
    ByteBuffer part = part();
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    return copy;
  }

  /** The field as text. */
  public String text() {
    ByteBuffer part = part();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw broken("UTF-8 text");
    }
  }

  /** The field as a nested message. */
  public Protobuf message() {
    return new Protobuf(part(), broken);
  }

  /** Passes over the field, whatever it is. */
  public void skip() {
    switch (wireType) {
      case VARINT -> {
        long unused = varint();
      }
      case FIXED64 -> advance(8);
      case LENGTH_DELIMITED -> {
        ByteBuffer unused = part();
      }
      case FIXED32 -> advance(4);
      default -> throw broken("a wire type");
    }
  }

  private void advance(int length) {
    need(length);
    bytes.position(bytes.position() + length);
  }

  private ByteBuffer part() {
    expect(LENGTH_DELIMITED, "a string or message");
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw broken("a field of " + length + " bytes");
    }
    ByteBuffer part = bytes.duplicate();
    part.limit(bytes.position() + (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private void expect(int type, String wanted) {
    if (wireType != type) {
      throw broken(wanted);
    }
  }

  private void need(int length) {
    if (bytes.remaining() < length) {
      throw broken(length + " more bytes");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte b = bytes.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken("a number of at most ten bytes");
  }

  private MynaException broken(String wanted) {
    return broken.apply(
        "wanted %s at byte %d, found something else".formatted(wanted, bytes.position()));
  }
}

package dev.myna.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * A sorted table of keys and values as LevelDB writes it, which is what the index of TensorFlow's
 * checkpoints is.
 *
 * <p>The last {@value #FOOTER} bytes say where the index lies; the values of its entries say where
 * the blocks of data lie. A block is a run of entries, of whose keys only that part is written in
 * which they differ from the one before, then places to begin at, then a byte for the compression
 * and a checksum.
 */
final class SortedTable {
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int MASK = 0xa282ead8;

  private final ByteBuffer bytes;
  private final Function<String, CheckpointException> broken;

  private SortedTable(ByteBuffer bytes, Function<String, CheckpointException> broken) {
    this.bytes = bytes;
    this.broken = broken;
  }

  /**
   * All entries, in order.
   *
   * @param broken makes an error of what is wrong with the table
   */
  static Map<String, ByteBuffer> read(byte[] file, Function<String, CheckpointException> broken) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    SortedTable table = new SortedTable(bytes, broken);
    if (file.length < FOOTER || bytes.getLong(file.length - Long.BYTES) != MAGIC) {
      throw broken.apply("its last eight bytes are not those of such a file");
    }
    ByteBuffer footer = bytes.slice(file.length - FOOTER, FOOTER - Long.BYTES);
    ByteBuffer unused = table.block(footer); // of information about the table: there is none
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    table.entries(table.block(footer)).values().stream()
        .map(place -> table.entries(table.block(place)))
        .forEach(entries::putAll);
    return entries;
  }

  /** The checksum of some bytes as such files keep it: so that it is not that of itself. */
  static int checksum(CRC32C crc) {
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  /** The block at a place, which is read from where it is named: offset and size. */
  private ByteBuffer block(ByteBuffer handle) {
    long offset = number(handle);
    long size = number(handle);
    if (offset < 0 || size < Integer.BYTES || offset > bytes.limit() - TRAILER - size) {
      throw broken.apply("a block of %,d bytes at %,d lies outside".formatted(size, offset));
    }
    int begin = (int) offset;
    int end = (int) (offset + size);
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(begin, end + 1 - begin));
    if (checksum(crc) != bytes.getInt(end + 1)) {
      throw broken.apply("the block at byte %,d does not fit its checksum".formatted(begin));
    }
    if (bytes.get(end) != 0) {
      throw broken.apply("the block at byte %,d is compressed, which is not read".formatted(begin));
    }
    return bytes.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Map<String, ByteBuffer> entries(ByteBuffer block) {
    long beginnings = block.getInt(block.limit() - Integer.BYTES);
    long end = block.limit() - Integer.BYTES * (1 + beginnings);
    if (beginnings < 0 || end < 0) {
      throw broken.apply("a block has places for %d beginnings".formatted(beginnings));
    }
    block.limit((int) end);
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    byte[] key = {};
    while (block.hasRemaining()) {
      int shared = length(block, key.length);
      int own = length(block, block.remaining());
      int value = length(block, block.remaining());
      if (own + (long) value > block.remaining()) {
        throw broken.apply("an entry is longer than its block");
      }
      key = Arrays.copyOf(key, shared + own);
      block.get(key, shared, own);
      entries.put(new String(key, StandardCharsets.UTF_8), block.slice(block.position(), value));
      block.position(block.position() + value);
    }
    return entries;
  }

  private int length(ByteBuffer in, int most) {
    long length = number(in);
    if (length < 0 || length > most) {
      throw broken.apply("an entry claims a length of %,d".formatted(length));
    }
    return (int) length;
  }

  private long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken.apply("a number ends too early or never");
  }
}

package dev.myna.text.corpus;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** One mapped file of tokens. Each block is held against its checksum before it is first read. */
final class Shard {
  private static final ValueLayout.OfShort UINT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt UINT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final ShardHeader header;
  private final MemorySegment tokens;
  private final MemorySegment table;

  /** One byte a block, so that two threads that set neighbours cannot undo each other's work. */
  private final boolean[] verified;

  private Shard(Path file, ShardHeader header, MemorySegment mapped) {
    this.file = file;
    this.header = header;
    this.tokens = mapped.asSlice(ShardHeader.BYTES, header.tokenBytes());
    this.table = mapped.asSlice(header.tableAt());
    this.verified = new boolean[Math.toIntExact(header.blocks())];
  }

  /** Maps a shard and checks its header, its length and its table of checksums. */
  static Shard open(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      byte[] first =
          mapped.asSlice(0, Math.min(size, ShardHeader.BYTES)).toArray(ValueLayout.JAVA_BYTE);
      Shard shard = new Shard(file, ShardHeader.decode(first, file, size), mapped);
      if (checksum(shard.table) != shard.header.tableChecksum()) {
        throw ShardHeader.damaged(file, "its table of checksums does not fit its checksum");
      }
      return shard;
    } catch (NoSuchFileException missing) {
      throw new CorpusException(
          "There is no token shard " + file + "; prepare the corpus first.", missing);
    } catch (IOException failed) {
      throw new CorpusException(
          "The token shard " + file + " could not be opened (" + failed.getMessage() + ").",
          failed);
    }
  }

  Path file() {
    return file;
  }

  ShardHeader header() {
    return header;
  }

  /** Reads {@code count} tokens; the caller keeps within the shard. */
  void read(long from, int[] into, int offset, int count) {
    int width = header.width();
    verify(from * width / ShardHeader.BLOCK, ((from + count) * width - 1) / ShardHeader.BLOCK);
    if (width == Short.BYTES) {
      for (int i = 0; i < count; i++) {
        into[offset + i] = Short.toUnsignedInt(tokens.get(UINT16, (from + i) * Short.BYTES));
      }
    } else {
      MemorySegment.copy(tokens, UINT32, from * Integer.BYTES, into, offset, count);
    }
  }

  /** All tokens as they lie in the file, after all of them have been checked. */
  MemorySegment segment() {
    verify(0, header.blocks() - 1);
    return tokens;
  }

  private void verify(long first, long last) {
    for (int b = (int) first; b <= last; b++) {
      if (!verified[b]) {
        long start = (long) b * ShardHeader.BLOCK;
        long length = Math.min(ShardHeader.BLOCK, tokens.byteSize() - start);
        if (checksum(tokens.asSlice(start, length)) != table.get(UINT32, 4L * b)) {
          throw ShardHeader.damaged(
              file,
              "the %,d bytes from %,d on do not fit their checksum"
                  .formatted(length, ShardHeader.BYTES + start));
        }
        verified[b] = true;
      }
    }
  }

  private static int checksum(MemorySegment bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.asByteBuffer());
    return (int) crc.getValue();
  }
}

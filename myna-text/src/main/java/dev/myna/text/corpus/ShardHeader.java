package dev.myna.text.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a shard. All numbers are little-endian.
 *
 * <pre>
 *   0  magic            8 bytes
 *   8  version          int
 *  12  width            int, bytes of a token: 2 or 4, unsigned
 *  16  tokens           long
 *  24  bytes            long, UTF-8 bytes of the text that the tokens stand for
 *  32  characters       long, code points of that text
 *  40  documents        long, documents that begin in this shard
 *  48  end chunk        long, chunks of this part of the corpus up to the end of this shard
 *  56  vocabulary size  int
 *  60  blocks' checksum int, CRC-32C of the table of checksums
 *  64  tokenizer        64 bytes, the fingerprint in ASCII, padded with zeros
 * 128  preparation      64 bytes, what the shard was made from, in ASCII, padded with zeros
 * 252  checksum         int, CRC-32C of all bytes before
 * </pre>
 *
 * <p>Then follow the tokens, zeros up to a multiple of four bytes, and the table: the CRC-32C of
 * every {@value #BLOCK} bytes of tokens (the last block may be shorter), four bytes each.
 */
record ShardHeader(
    int width,
    long tokens,
    long bytes,
    long characters,
    long documents,
    long endChunk,
    int vocabularySize,
    int tableChecksum,
    String tokenizer,
    String preparation) {

  static final int BYTES = 256;
  static final int BLOCK = 1 << 16;
  private static final byte[] MAGIC = {'M', 'Y', 'N', 'A', 'T', 'O', 'K', 0x1A};
  private static final int VERSION = 1;
  private static final int NAME_BYTES = 64;
  private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

  /** Bytes of a token: two while every id fits. */
  static int width(int vocabularySize) {
    return vocabularySize <= 1 << 16 ? Short.BYTES : Integer.BYTES;
  }

  long tokenBytes() {
    return tokens * width;
  }

  long tableAt() {
    return BYTES + (tokenBytes() + 3) / 4 * 4;
  }

  long blocks() {
    return (tokenBytes() + BLOCK - 1) / BLOCK;
  }

  long fileBytes() {
    return tableAt() + blocks() * Integer.BYTES;
  }

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(VERSION).putInt(width).putLong(tokens).putLong(bytes);
    out.putLong(characters).putLong(documents).putLong(endChunk);
    out.putInt(vocabularySize).putInt(tableChecksum);
    out.put(name(tokenizer)).put(name(preparation));
    out.putInt(CHECKSUM_AT, checksum(out.array()));
    return out.clear();
  }

  private static byte[] name(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    if (ascii.length > NAME_BYTES) {
      throw new IllegalArgumentException(
          "A fingerprint has at most " + NAME_BYTES + " characters, not " + ascii.length + ".");
    }
    return Arrays.copyOf(ascii, NAME_BYTES);
  }

  private static int checksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }

  /**
   * Reads a header and holds it against the length of its file.
   *
   * @param header the first bytes of the file, fewer than {@link #BYTES} if it ends before
   */
  static ShardHeader decode(byte[] header, Path file, long fileBytes) {
    ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int known = Math.min(header.length, MAGIC.length);
    if (!ByteBuffer.wrap(header, 0, known).equals(ByteBuffer.wrap(MAGIC, 0, known))) {
      throw new CorpusException(
          file + " is no token shard of Myna (its first bytes are others); prepare the corpus.");
    }
    if (header.length < BYTES) {
      throw damaged(file, "it ends after %d bytes, within its header".formatted(header.length));
    }
    if (in.getInt(CHECKSUM_AT) != checksum(header)) {
      throw damaged(file, "its header does not fit its checksum");
    }
    int version = in.getInt(MAGIC.length);
    if (version != VERSION) {
      throw new CorpusException(
          "%s has version %d of the shard format, this Myna reads version %d; prepare the corpus again."
              .formatted(file, version, VERSION));
    }
    in.position(MAGIC.length + Integer.BYTES);
    ShardHeader read =
        new ShardHeader(
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getInt(),
            in.getInt(),
            name(in),
            name(in));
    if (read.fileBytes() != fileBytes) {
      throw damaged(file, "it has %,d bytes instead of %,d".formatted(fileBytes, read.fileBytes()));
    }
    return read;
  }

  private static String name(ByteBuffer in) {
    byte[] ascii = new byte[NAME_BYTES];
    in.get(ascii);
    int length = 0;
    while (length < NAME_BYTES && ascii[length] != 0) {
      length++;
    }
    return new String(ascii, 0, length, StandardCharsets.US_ASCII);
  }

  static CorpusException damaged(Path file, String how) {
    return new CorpusException(
        "The token shard " + file + " is damaged: " + how + "; delete it and prepare again.");
  }
}

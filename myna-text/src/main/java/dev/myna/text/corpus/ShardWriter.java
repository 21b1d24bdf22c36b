package dev.myna.text.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes one shard of tokens. The file appears under its name, complete and on disk, when {@link
 * #finish} returns; before that it lies beside it and is deleted by {@link #close}.
 */
public final class ShardWriter implements AutoCloseable {
  static final String PARTIAL = ".partial";

  private final Path file;
  private final Path partial;
  private final FileChannel channel;
  private final int vocabularySize;
  private final int width;
  private final String tokenizer;
  private final String preparation;

  private final ByteBuffer block =
      ByteBuffer.allocateDirect(ShardHeader.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  private int[] checksums = new int[64];
  private int blocks;
  private long tokens;
  private long bytes;
  private long characters;
  private long documents;
  private boolean finished;

  /**
   * Starts a shard.
   *
   * @param file the name it will have; one that is there is replaced at the end
   * @param vocabularySize one more than the largest id
   * @param tokenizer fingerprint of the tokenizer, at most 64 ASCII characters
   */
  public ShardWriter(Path file, int vocabularySize, String tokenizer) {
    this(file, vocabularySize, tokenizer, "");
  }

  ShardWriter(Path file, int vocabularySize, String tokenizer, String preparation) {
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "A vocabulary has at least one token, not " + vocabularySize + ".");
    }
    this.file = file;
    this.partial = file.resolveSibling(file.getFileName() + PARTIAL);
    this.vocabularySize = vocabularySize;
    this.width = ShardHeader.width(vocabularySize);
    this.tokenizer = tokenizer;
    this.preparation = preparation;
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      this.channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      channel.position(ShardHeader.BYTES);
    } catch (IOException failed) {
      throw failed("started", failed);
    }
  }

  /**
   * Adds tokens.
   *
   * @param ids the first {@code count} are added
   * @param bytes UTF-8 bytes of the text they stand for
   * @param characters code points of that text
   * @param documents documents that begin with it
   */
  public void write(int[] ids, int count, long bytes, long characters, long documents) {
    for (int i = 0; i < count; i++) {
      int id = ids[i];
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "Token %d is outside the vocabulary of %d tokens; the tokenizer contradicts itself."
                .formatted(id, vocabularySize));
      }
      if (width == Short.BYTES) {
        block.putShort((short) id);
      } else {
        block.putInt(id);
      }
      if (!block.hasRemaining()) {
        flush();
      }
    }
    tokens += count;
    this.bytes += bytes;
    this.characters += characters;
    this.documents += documents;
  }

  /** Tokens written so far. */
  public long tokens() {
    return tokens;
  }

  private void flush() {
    block.flip();
    if (!block.hasRemaining()) {
      block.clear();
      return;
    }
    CRC32C crc = new CRC32C();
    crc.update(block.duplicate());
    if (blocks == checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * blocks);
    }
    checksums[blocks++] = (int) crc.getValue();
    writeFully(block);
    block.clear();
  }

  private void writeFully(ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        int _ = channel.write(buffer);
      }
    } catch (IOException failed) {
      throw failed("written", failed);
    }
  }

  /** Completes the shard and gives it its name. */
  public void finish() {
    finish(0);
  }

  void finish(long endChunk) {
    flush();
    ByteBuffer table = ByteBuffer.allocate(blocks * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < blocks; i++) {
      table.putInt(checksums[i]);
    }
    table.flip();
    CRC32C crc = new CRC32C();
    crc.update(table.duplicate());
    ShardHeader header =
        new ShardHeader(
            width,
            tokens,
            bytes,
            characters,
            documents,
            endChunk,
            vocabularySize,
            (int) crc.getValue(),
            tokenizer,
            preparation);
    writeFully(
        ByteBuffer.allocate((int) (header.tableAt() - ShardHeader.BYTES - header.tokenBytes())));
    writeFully(table);
    try {
      channel.position(0);
      writeFully(header.encode());
      channel.force(true);
      channel.close();
      move(partial, file);
      finished = true;
    } catch (IOException failed) {
      throw failed("finished", failed);
    }
  }

  /** Renames so that the new name holds the old content or the new one, never none. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      } catch (IOException notHere) {
        // Windows does not open folders; there the rename itself is durable.
      }
    }
  }

  private CorpusException failed(String what, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return CorpusException.interrupted();
    }
    String room = "";
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        FileStore store = Files.getFileStore(folder);
        room = " with %,d bytes free on its disk".formatted(store.getUsableSpace());
      }
    } catch (IOException unknown) {
      // The message does without.
    }
    return new CorpusException(
        "The token shard %s could not be %s%s (%s); make room or choose another folder and start again: what is finished is kept."
            .formatted(file, what, room, cause.getMessage()),
        cause);
  }

  /** Deletes what was written unless it was finished. */
  @Override
  public void close() {
    if (!finished) {
      try {
        channel.close();
        Files.deleteIfExists(partial);
      } catch (IOException ignored) {
        // A leftover is overwritten by the next attempt.
      }
    }
  }
}

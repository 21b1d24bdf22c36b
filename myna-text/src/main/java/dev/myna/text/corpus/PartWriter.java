package dev.myna.text.corpus;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shards of one part of a corpus and goes on after those that an earlier, interrupted
 * preparation of the very same corpus has finished.
 */
final class PartWriter implements AutoCloseable {
  private final Path folder;
  private final String name;
  private final String key;
  private final Encoder encoder;
  private final long tokensPerShard;

  private final List<Path> files = new ArrayList<>();
  private @Nullable ShardWriter writer;

  /** Chunks that finished shards hold already. */
  private long stored;

  private long chunks;
  private long tokens;

  PartWriter(Path folder, String name, String key, Encoder encoder, long tokensPerShard) {
    this.folder = folder;
    this.name = name;
    this.key = key;
    this.encoder = encoder;
    this.tokensPerShard = tokensPerShard;
    for (Path file = file(); isFinished(file); file = file()) {
      files.add(file);
    }
  }

  private Path file() {
    return folder.resolve("%s-%s-%05d.tokens".formatted(name, key.substring(0, 8), files.size()));
  }

  private boolean isFinished(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Shard shard = Shard.open(file, arena);
      var _ = shard.segment();
      ShardHeader header = shard.header();
      if (header.preparation().equals(key) && header.tokenizer().equals(encoder.fingerprint())) {
        stored = header.endChunk();
        tokens += header.tokens();
        return true;
      }
      return false;
    } catch (CorpusException damaged) {
      // It is made again and replaced.
      return false;
    }
  }

  /** Counts the next chunk; says whether it must be encoded and written. */
  boolean wantsNext() {
    return chunks++ >= stored;
  }

  /** Whether no chunk has been counted yet. */
  boolean isEmpty() {
    return chunks == 0;
  }

  /**
   * Writes the next of the wanted chunks.
   *
   * @param endChunk the number of chunks up to this one, as {@link #chunks} was when it was counted
   */
  void write(Encoder.Encoded encoded, long endChunk) {
    if (writer == null) {
      writer = new ShardWriter(file(), encoder.vocabularySize(), encoder.fingerprint(), key);
    }
    writer.write(
        encoded.ids(), encoded.count(), encoded.bytes(), encoded.characters(), encoded.documents());
    tokens += encoded.count();
    if (writer.tokens() >= tokensPerShard) {
      finish(endChunk);
    }
  }

  long chunks() {
    return chunks;
  }

  private void finish(long endChunk) {
    if (writer != null) {
      writer.finish(endChunk);
      files.add(file());
      writer.close();
      writer = null;
    }
  }

  /** Finishes the last shard; the names of all shards. */
  List<String> finish() {
    finish(chunks);
    return files.stream().map(f -> f.getFileName().toString()).toList();
  }

  long tokens() {
    return tokens;
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}

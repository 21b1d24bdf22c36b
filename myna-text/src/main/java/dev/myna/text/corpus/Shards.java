package dev.myna.text.corpus;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Tokens on disk, mapped into memory: one sequence over one or more files. Nothing is loaded before
 * it is read, and every block is held against its checksum before it is read for the first time.
 *
 * <p>May be read by several threads at once; {@link #close} only when all of them are done.
 */
public final class Shards implements AutoCloseable {
  private final Arena arena;
  private final List<Shard> shards;

  /** Position of the first token of each shard, and the number of all tokens at the end. */
  private final long[] starts;

  private Shards(Arena arena, List<Shard> shards) {
    this.arena = arena;
    this.shards = shards;
    this.starts = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = starts[i] + shards.get(i).header().tokens();
    }
  }

  /**
   * Opens one file.
   *
   * @param tokenizer fingerprint of the tokenizer that the tokens must be of
   */
  public static Shards open(Path file, String tokenizer) {
    return open(List.of(file), tokenizer);
  }

  /**
   * Opens files, one after the other a single sequence.
   *
   * @param tokenizer fingerprint of the tokenizer that the tokens must be of
   * @throws CorpusException if a file is missing, damaged or made with another tokenizer
   */
  public static Shards open(List<Path> files, String tokenizer) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("There must be at least one token shard to open.");
    }
    Arena arena = Arena.ofShared();
    try {
      List<Shard> shards = new ArrayList<>();
      for (Path file : files) {
        Shard shard = Shard.open(file, arena);
        String made = shard.header().tokenizer();
        if (!made.equals(tokenizer)) {
          throw new CorpusException(
              "The token shard %s was made with another tokenizer (fingerprint %s, wanted %s); prepare the corpus again with this one."
                  .formatted(file, brief(made), brief(tokenizer)));
        }
        shards.add(shard);
      }
      return new Shards(arena, List.copyOf(shards));
    } catch (RuntimeException failed) {
      arena.close();
      throw failed;
    }
  }

  private static String brief(String fingerprint) {
    return fingerprint.length() > 12 ? fingerprint.substring(0, 12) + "…" : fingerprint;
  }

  /** The number of tokens. */
  public long size() {
    return starts[starts.length - 1];
  }

  /** UTF-8 bytes of the text that the tokens stand for: what bits per byte are counted over. */
  public long bytes() {
    return shards.stream().mapToLong(s -> s.header().bytes()).sum();
  }

  /** Characters (code points) of the text that the tokens stand for. */
  public long characters() {
    return shards.stream().mapToLong(s -> s.header().characters()).sum();
  }

  /** The number of documents. */
  public long documents() {
    return shards.stream().mapToLong(s -> s.header().documents()).sum();
  }

  /** The number of ids of the tokenizer; every token is below it. */
  public int vocabularySize() {
    return shards.getFirst().header().vocabularySize();
  }

  /** The files, in order. */
  public List<Path> files() {
    return shards.stream().map(Shard::file).toList();
  }

  /** Reads tokens {@code from} to {@code from + into.length}. */
  public void read(long from, int[] into) {
    read(from, into, 0, into.length);
  }

  /**
   * Reads {@code count} tokens, across the borders of files.
   *
   * @throws CorpusException where a block does not fit its checksum
   */
  public void read(long from, int[] into, int offset, int count) {
    Objects.checkFromIndexSize(from, count, size());
    Objects.checkFromIndexSize(offset, count, into.length);
    int shard = shard(from);
    while (count > 0) {
      int part = (int) Math.min(count, starts[shard + 1] - from);
      if (part > 0) {
        shards.get(shard).read(from - starts[shard], into, offset, part);
      }
      from += part;
      offset += part;
      count -= part;
      shard++;
    }
  }

  private int shard(long token) {
    int i = 0;
    while (i < shards.size() - 1 && starts[i + 1] <= token) {
      i++;
    }
    return i;
  }

  /** Bytes of a token in {@link #segments}: 2 or 4, unsigned and little-endian. */
  public int width() {
    return shards.getFirst().header().width();
  }

  /** The tokens of each file without a copy, checked first; valid until {@link #close}. */
  public List<MemorySegment> segments() {
    return shards.stream().map(Shard::segment).toList();
  }

  @Override
  public void close() {
    arena.close();
  }

  @Override
  public String toString() {
    return "Shards[%,d tokens, %,d bytes of text]".formatted(size(), bytes());
  }
}

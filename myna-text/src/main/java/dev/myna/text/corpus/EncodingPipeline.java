package dev.myna.text.corpus;

import dev.myna.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads and writes on the calling thread, in order, and encodes on all cores between. At most a few
 * chunks a core are in memory at a time.
 */
final class EncodingPipeline {
  private final Encoder encoder;
  private final Separator separator;
  private final PartWriter train;
  private final PartWriter held;
  private final int chunkChars;

  EncodingPipeline(
      Encoder encoder, Separator separator, PartWriter train, PartWriter held, int chunkChars) {
    this.encoder = encoder;
    this.separator = separator;
    this.train = train;
    this.held = held;
    this.chunkChars = chunkChars;
  }

  /** A chunk on its way: its ids to come, and where they go. */
  private record Pending(Future<Encoder.Encoded> encoded, PartWriter part, long endChunk) {}

  /**
   * Encodes a corpus.
   *
   * @param boundary characters before the held-out part
   * @param done bytes already done, for progress
   * @return the number of characters (code points) read
   */
  long run(Corpus corpus, long boundary, long done, long total, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("encoding-", 0).factory());
    try (CorpusReader reader = corpus.read()) {
      Chunks chunks = new Chunks(reader, SafeCut.of(encoder.ids()), boundary, chunkChars);
      Deque<Pending> pending = new ArrayDeque<>();
      for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        Chunk next = chunk;
        PartWriter part = chunk.held() ? held : train;
        boolean first = part.isEmpty();
        if (part.wantsNext()) {
          Future<Encoder.Encoded> encoded =
              workers.submit(() -> encoder.encode(next, first, separator));
          pending.add(new Pending(encoded, part, part.chunks()));
        }
        if (pending.size() > 2 * threads) {
          write(pending.remove());
        }
        progress.at("tokenizing", done + reader.bytes(), total);
      }
      while (!pending.isEmpty()) {
        write(pending.remove());
      }
      return chunks.characters();
    } finally {
      workers.shutdownNow();
    }
  }

  private static void write(Pending next) {
    try {
      next.part().write(next.encoded().get(), next.endChunk());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CorpusException.interrupted();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}

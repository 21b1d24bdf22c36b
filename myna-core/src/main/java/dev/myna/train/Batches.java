package dev.myna.train;

import dev.myna.text.corpus.Shards;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Shuffled batches of packed sequences, without end.
 *
 * <p>An epoch cuts the tokens into blocks of T, from an offset of its own, and visits each block
 * once. Which blocks make batch number n follows from the seed and n alone, so that any batch can
 * be had at any time: a run is continued by saying at which. The next batch is read on another
 * thread.
 */
public final class Batches implements AutoCloseable {
  private final Shards tokens;
  private final int rows;
  private final int length;
  private final long seed;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("batches").factory());
  private long position;
  private Future<Batch> next;

  /**
   * @param rows B
   * @param length T
   * @param seed of the order
   * @param position number of the first batch: how many were used before
   * @throws TrainingException if there are not enough tokens for one sequence
   */
  public Batches(Shards tokens, int rows, int length, long seed, long position) {
    if (tokens.size() <= length) {
      throw new TrainingException(
          "training wants at least %,d tokens (one more than the context), the text has %,d; add text or shorten the context"
              .formatted(length + 1, tokens.size()));
    }
    this.tokens = tokens;
    this.rows = rows;
    this.length = length;
    this.seed = seed;
    this.position = position;
    next = reader.submit(() -> batch(position));
  }

  /** The next batch. */
  public Batch next() {
    try {
      Batch batch = next.get();
      position++;
      long following = position;
      next = reader.submit(() -> batch(following));
      return batch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new TrainingException("the training text could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  /** Number of batches used so far. */
  public long position() {
    return position;
  }

  Batch batch(long number) {
    int[] ids = new int[rows * length];
    int[] targets = new int[rows * length];
    int[] sequence = new int[length + 1];
    for (int row = 0; row < rows; row++) {
      tokens.read(start(number * rows + row), sequence);
      System.arraycopy(sequence, 0, ids, row * length, length);
      System.arraycopy(sequence, 1, targets, row * length, length);
    }
    return new Batch(ids, targets, rows);
  }

  /** The first token of a block, by its number since the beginning of the first epoch. */
  private long start(long block) {
    // Blocks of an epoch: as many as fit behind any offset below T.
    long perEpoch = Math.max(1, (tokens.size() - length) / length);
    long epoch = block / perEpoch;
    long key = Permutation.mix(seed ^ Permutation.mix(epoch));
    long room = Math.min(length, tokens.size() - perEpoch * length);
    long offset = Long.remainderUnsigned(Permutation.mix(key), room);
    return offset + new Permutation(perEpoch, key).at(block % perEpoch) * length;
  }

  @Override
  public void close() {
    reader.shutdownNow();
    try {
      // The tokens must not be closed under a reader.
      var unused = reader.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

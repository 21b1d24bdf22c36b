package dev.myna.task;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Batches by their number, without end. A run is continued by saying at which. The next one is made
 * on another thread.
 *
 * @param <B> the batches
 */
public final class Batches<B> implements AutoCloseable {
  private final LongFunction<B> source;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("batches").factory());
  private long position;
  private Future<B> next;

  /**
   * @param source makes the batch of a number
   * @param position number of the first batch: how many were used before
   */
  public Batches(LongFunction<B> source, long position) {
    this.source = source;
    this.position = position;
    next = reader.submit(() -> source.apply(position));
  }

  /** The next batch. */
  public B next() {
    try {
      B batch = next.get();
      position++;
      long following = position;
      next = reader.submit(() -> source.apply(following));
      return batch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new TaskException("the training data could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  /** Number of batches used so far. */
  public long position() {
    return position;
  }

  @Override
  public void close() {
    reader.shutdownNow();
    try {
      // What is read from must not be closed under a reader.
      var unused = reader.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

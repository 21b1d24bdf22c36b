package dev.myna.text.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Threads that share the indices of a range among them. */
final class Workers implements AutoCloseable {
  private static final int BLOCK = 1024; // indices that a thread takes at a time

  private final ExecutorService threads;
  private final int count;

  Workers(int count) {
    this.count = count;
    this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
  }

  /** One index after another, taken by a thread with its own state. */
  interface Task extends IntConsumer {}

  /**
   * Runs every index below {@code size} once, on any of the threads.
   *
   * @param tasks makes the task of a thread
   * @return the tasks that ran, to be asked for what they gathered
   * @throws CancellationException where the calling thread is interrupted
   */
  <T extends Task> List<T> run(int size, Supplier<T> tasks) {
    AtomicInteger next = new AtomicInteger();
    List<T> made = new ArrayList<>();
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      T task = tasks.get();
      made.add(task);
      calls.add(() -> work(task, next, size));
    }
    try {
      for (Future<Boolean> done : threads.invokeAll(calls)) {
        boolean unused = done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("learning was interrupted");
    } catch (ExecutionException e) {
      throw unchecked(e);
    }
    return made;
  }

  private static boolean work(Task task, AtomicInteger next, int size) {
    while (!Thread.currentThread().isInterrupted()) {
      int from = next.getAndAdd(BLOCK);
      if (from >= size || from < 0) {
        return true;
      }
      for (int i = from; i < Math.min(size, from + BLOCK); i++) {
        task.accept(i);
      }
    }
    return false;
  }

  /** The error that a thread met, to be thrown by the caller. */
  static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

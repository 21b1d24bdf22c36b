package dev.myna.text.vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same task on several threads, numbered from 0, and waits for all of them. */
final class Crew {
  interface Task {
    void run(int thread) throws IOException;
  }

  private Crew() {}

  /** One thread means the caller's own. The first failure is thrown; an interrupt stops all. */
  static void run(int threads, Task task) throws IOException {
    if (threads == 1) {
      task.run(0);
      return;
    }
    var pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        running.add(
            pool.submit(
                () -> {
                  task.run(thread);
                  return null;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VectorsException(
          "learning was to run to its end and was interrupted; start it again", e);
    } finally {
      pool.shutdownNow();
    }
  }
}

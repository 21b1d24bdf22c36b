package dev.myna.text.train;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Counts the pieces of many texts on several threads. The calling thread reads the texts and hands
 * them out in small batches, so that only a few of them are in memory at a time.
 */
final class WordCounter {
  private static final int BATCH = 1 << 16; // characters
  private static final List<String> END = List.of();

  private final ExecutorService threads;
  private final List<Future<WordCounts>> workers = new ArrayList<>();
  private final BlockingQueue<List<String>> queue;
  private final Progress progress;
  private long characters;

  private WordCounter(int count, Supplier<PieceCounter> counters, Progress progress) {
    this.progress = progress;
    queue = new ArrayBlockingQueue<>(2 * count);
    threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
    for (int i = 0; i < count; i++) {
      Callable<WordCounts> work = () -> work(counters.get());
      workers.add(threads.submit(work));
    }
  }

  /**
   * Counts the pieces of {@code texts}, each text on its own.
   *
   * @param counters makes the counter of a thread
   * @throws CancellationException where the calling thread is interrupted
   */
  static WordCounts count(
      Iterable<String> texts, Supplier<PieceCounter> counters, int threads, Progress progress) {
    WordCounter counter = new WordCounter(threads, counters, progress);
    try {
      counter.read(texts);
      return counter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("counting words was interrupted");
    } finally {
      counter.threads.shutdownNow();
    }
  }

  private void read(Iterable<String> texts) throws InterruptedException {
    List<String> batch = new ArrayList<>();
    int size = 0;
    for (String text : texts) {
      batch.add(text);
      size += text.length();
      if (size >= BATCH || batch.size() >= BATCH) {
        put(batch);
        characters += size;
        progress.at("counting words", characters, -1);
        batch = new ArrayList<>(batch.size());
        size = 0;
      }
    }
    if (!batch.isEmpty()) {
      put(batch);
    }
    characters += size;
    for (int i = 0; i < workers.size(); i++) {
      put(END);
    }
    progress.at("counting words", characters, characters);
  }

  /** Waits for room, but not for workers that have failed. */
  private void put(List<String> batch) throws InterruptedException {
    while (!queue.offer(batch, 100, TimeUnit.MILLISECONDS)) {
      for (Future<WordCounts> worker : workers) {
        if (worker.state() == Future.State.FAILED) {
          throw Workers.unchecked(new ExecutionException(worker.exceptionNow()));
        }
      }
    }
  }

  private WordCounts work(PieceCounter counter) throws InterruptedException {
    while (true) {
      List<String> batch = queue.take();
      if (batch.isEmpty()) {
        return counter.counts();
      }
      batch.forEach(counter::count);
    }
  }

  private WordCounts join() throws InterruptedException {
    WordCounts all = null;
    try {
      for (Future<WordCounts> worker : workers) {
        WordCounts counts = worker.get();
        if (all == null) {
          all = counts;
        } else {
          all.addAll(counts);
        }
      }
    } catch (ExecutionException e) {
      throw Workers.unchecked(e);
    }
    return all == null ? new WordCounts() : all;
  }
}

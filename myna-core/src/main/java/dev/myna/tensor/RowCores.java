package dev.myna.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Cores that share out the products of one row, each of which takes less time than it takes to wake
 * a thread: the threads here wait for the next product by spinning, and only sleep when none has
 * come for a while.
 */
final class RowCores {
  /** Memory is as fast as it gets with so many. */
  private static final int MOST = 8;

  /** Turns of waiting before a thread sleeps, some hundred microseconds. */
  private static final int PATIENCE = 10_000;

  private static final ReentrantLock BUSY = new ReentrantLock();
  private static final List<Helper> HELPERS = new ArrayList<>();
  private static volatile @Nullable Job latest;

  private RowCores() {}

  /** What is to be done; whoever is free takes the next part. */
  private record Job(
      int parts,
      IntConsumer part,
      AtomicInteger next,
      AtomicInteger done,
      AtomicReference<@Nullable RuntimeException> failure) {
    void work() {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        try {
          part.accept(i);
        } catch (RuntimeException e) {
          failure.set(e);
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  private static final class Helper extends Thread {
    private volatile boolean asleep;

    Helper(int number) {
      super("row-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      Job last = null;
      int waited = 0;
      while (true) {
        Job job = latest;
        if (job != null && job != last) {
          job.work();
          last = job;
          waited = 0;
        } else if (waited++ < PATIENCE) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if (latest == last) {
            LockSupport.park(this);
          }
          asleep = false;
          waited = 0;
        }
      }
    }
  }

  /**
   * Does all parts, and returns when they are done. Where the others are at work for somebody else,
   * this thread does all by itself.
   *
   * @param threads at work at most, this one included
   * @throws RuntimeException of a part that failed, when no part is at work any more
   */
  static void run(int threads, int parts, IntConsumer part) {
    int helpers = Math.min(Math.min(threads, MOST), parts) - 1;
    if (helpers < 1 || !BUSY.tryLock()) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    try {
      Job job =
          new Job(parts, part, new AtomicInteger(), new AtomicInteger(), new AtomicReference<>());
      latest = job;
      for (int i = 0; i < helpers; i++) {
        wake(i);
      }
      job.work();
      while (job.done.get() < parts) {
        Thread.onSpinWait();
      }
      RuntimeException failure = job.failure.get();
      if (failure != null) {
        throw failure;
      }
    } finally {
      BUSY.unlock();
    }
  }

  private static void wake(int number) {
    if (number == HELPERS.size()) {
      HELPERS.add(new Helper(number));
      HELPERS.get(number).start();
    } else if (HELPERS.get(number).asleep) {
      LockSupport.unpark(HELPERS.get(number));
    }
  }
}

package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Several passes over a text by several threads without locks, while the learning rate falls
 * linearly with the words that all of them have read.
 *
 * <p>Lines are not learned in the order of the text, where one speaks of the same as the one before
 * it: every thread has places of its own, evenly spread over the whole text, and in every epoch
 * reads on from them, a line at a time, in an order drawn anew. Vectors are the better for it (see
 * {@code docs/vectors.md}), and of the text no more than a small buffer a place is in memory.
 */
final class Passes {
  private static final long FLUSH = 1000;

  /** Most places of a thread, each with its buffer. */
  private static final int PLACES = 256;

  /** Bytes from one place to the next at least: some lines. */
  private static final int SPACING = 1 << 10;

  /**
   * Bytes in which the end of a line is looked for; where there is none, words are read on from.
   */
  private static final int LONGEST_LINE = 1 << 16;

  private final TrainingSettings settings;
  private final long words;
  private final AtomicLong done = new AtomicLong();

  /**
   * @param words words that one pass will report through {@link Pace#advance}
   */
  Passes(TrainingSettings settings, long words) {
    this.settings = settings;
    this.words = words;
  }

  /** One thread's work, called for each line of its parts in each epoch. */
  interface Worker {
    /** Reads a line, or some of the words of a long one; false behind the last. */
    boolean line(WordReader reader, Pace pace) throws IOException;
  }

  /** One thread's view of the progress of all. */
  final class Pace {
    private final Progress progress;
    private long pending;
    private float rate = (float) settings.rate();

    private Pace(Progress progress) {
      this.progress = progress;
    }

    /** A word has been read. */
    void advance() {
      if (++pending >= FLUSH) {
        long total = done.addAndGet(pending);
        pending = 0;
        double left = 1 - (double) total / ((double) words * settings.epochs() + 1);
        rate = (float) (settings.rate() * Math.max(left, 1e-4));
        progress.at("learning vectors", total, words * settings.epochs());
      }
    }

    float rate() {
      return rate;
    }
  }

  void run(Path text, IntFunction<Worker> workers, Progress progress) throws IOException {
    int threads = settings.threads();
    try (var channel = FileChannel.open(text)) {
      long[] places = places(channel, threads);
      Crew.run(
          threads,
          thread -> {
            Worker worker = workers.apply(thread);
            var pace = new Pace(thread == 0 ? progress : Progress.NONE);
            var draws = new Draws(settings.seed() ^ (long) thread << 32);
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
              var readers = new ArrayList<WordReader>();
              for (int i = thread; i + 1 < places.length; i += threads) {
                readers.add(new WordReader(text, channel, places[i], places[i + 1]));
              }
              mixed(readers, draws, worker, pace);
            }
          });
    }
    progress.at("learning vectors", words * settings.epochs(), words * settings.epochs());
  }

  private static void mixed(List<WordReader> readers, Draws draws, Worker worker, Pace pace)
      throws IOException {
    while (!readers.isEmpty()) {
      int drawn = draws.below(readers.size());
      if (!worker.line(readers.get(drawn), pace)) {
        readers.set(drawn, readers.getLast());
        var unused = readers.removeLast();
      }
    }
  }

  /** Where parts of about one size begin, each with a line, and the end of the text. */
  private static long[] places(FileChannel channel, int threads) throws IOException {
    long bytes = channel.size();
    int parts = (int) Math.max(threads, Math.min((long) PLACES * threads, bytes / SPACING));
    var places = new long[parts + 1];
    var line = ByteBuffer.allocate(LONGEST_LINE);
    for (int i = 1; i < parts; i++) {
      long from = (long) ((double) bytes * i / parts);
      places[i] = Math.max(places[i - 1], nextLine(channel, from, line.clear()));
    }
    places[parts] = bytes;
    return places;
  }

  private static long nextLine(FileChannel channel, long from, ByteBuffer bytes)
      throws IOException {
    int read = channel.read(bytes, from);
    for (int i = 0; i < read; i++) {
      if (bytes.get(i) == '\n') {
        return from + i + 1;
      }
    }
    return from;
  }
}

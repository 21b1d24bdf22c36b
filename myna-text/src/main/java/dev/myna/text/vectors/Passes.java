package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Several passes over a text by several threads without locks: in every epoch every thread reads
 * its own parts of the file, one or many, while the learning rate falls linearly with the words
 * that all of them have read.
 */
final class Passes {
  private static final long FLUSH = 1000;

  private final TrainingSettings settings;
  private final long words;
  private final long piece;
  private final AtomicLong done = new AtomicLong();

  /**
   * @param words words that one pass will report through {@link Pace#advance}
   */
  Passes(TrainingSettings settings, long words) {
    this(settings, words, Long.MAX_VALUE);
  }

  /**
   * @param words words that one pass will report through {@link Pace#advance}
   * @param piece bytes of a piece of the text, of which several threads take one after the other,
   *     so that all of them go through the text side by side
   */
  Passes(TrainingSettings settings, long words, long piece) {
    this.settings = settings;
    this.words = words;
    this.piece = piece;
  }

  /** One thread's work, called for each of its parts in each epoch. */
  interface Worker {
    void read(WordReader reader, Pace pace) throws IOException;
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
    long bytes = Files.size(text);
    int threads = settings.threads();
    int pieces = threads == 1 ? 1 : Math.max(threads, Math.toIntExact(bytes / piece));
    Crew.run(
        threads,
        thread -> {
          Worker worker = workers.apply(thread);
          var pace = new Pace(thread == 0 ? progress : Progress.NONE);
          for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (int i = thread; i < pieces; i += threads) {
              try (var reader =
                  new WordReader(text, part(bytes, i, pieces), part(bytes, i + 1, pieces))) {
                worker.read(reader, pace);
              }
            }
          }
        });
    progress.at("learning vectors", words * settings.epochs(), words * settings.epochs());
  }

  private static long part(long bytes, int index, int parts) {
    return (long) ((double) bytes * index / parts);
  }
}

package dev.myna;

import java.util.Iterator;
import java.util.List;

/**
 * Listens to work that takes longer than a moment. The library reports, the command line draws.
 *
 * <p>Called from the thread that does the work, often; an implementation decides how often to draw.
 */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (what, done, total) -> {};

  /**
   * Some of the work is done.
   *
   * @param what what is being done, two or three words: {@code "counting pairs"}
   * @param done units finished so far (bytes, steps, merges)
   * @param total units in all, or -1 where that is unknown
   */
  void at(String what, long done, long total);

  /** Something that the user should know, as a sentence. */
  default void noted(String line) {}

  /** The items one after the other, of which this hears. */
  default <T> Iterable<T> over(String what, List<T> items) {
    return () -> {
      Iterator<T> each = items.iterator();
      return new Iterator<>() {
        private long taken;

        @Override
        public boolean hasNext() {
          at(what, taken, items.size());
          return each.hasNext();
        }

        @Override
        public T next() {
          taken++;
          return each.next();
        }
      };
    };
  }
}

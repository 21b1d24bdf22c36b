package dev.myna.task;

import dev.myna.text.corpus.Shards;
import java.util.ArrayList;
import java.util.List;

/** Held-out text in windows that do not overlap, in batches. */
final class Windows {
  private Windows() {}

  /**
   * Starts of the windows, a list a batch; what is left at the end makes a shorter one, in a batch
   * of its own.
   *
   * @param tokens how many are covered
   * @param rows windows of a batch
   * @param length of a window
   * @param batches most of them, evenly spread over the text; 0 for all
   */
  static List<List<Long>> plan(long tokens, int rows, int length, int batches) {
    if (tokens < 1) {
      throw new TaskException(
          "evaluation wants at least 2 held-out tokens, found %d; hold out more text"
              .formatted(tokens + 1));
    }
    long windows = tokens / length;
    List<List<Long>> plan = new ArrayList<>();
    long wholeBatches = (windows + rows - 1) / rows;
    boolean rest = tokens % length > 0;
    boolean all = batches == 0 || batches >= wholeBatches + (rest ? 1 : 0);
    long taken = all ? wholeBatches : Math.min(batches, wholeBatches);
    for (long i = 0; i < taken; i++) {
      long first = i * wholeBatches / taken * rows;
      List<Long> starts = new ArrayList<>();
      for (long w = first; w < Math.min(first + rows, windows); w++) {
        starts.add(w * length);
      }
      plan.add(starts);
    }
    if (rest && (all || plan.isEmpty())) {
      plan.add(List.of(windows * length));
    }
    return plan;
  }

  /** Windows and what follows each of their tokens. */
  static Batch followed(Shards heldOut, List<Long> starts, int length) {
    int width = (int) Math.min(length, heldOut.size() - 1 - starts.getLast());
    int[] ids = new int[starts.size() * width];
    int[] targets = new int[starts.size() * width];
    for (int row = 0; row < starts.size(); row++) {
      heldOut.read(starts.get(row), ids, row * width, width);
      heldOut.read(starts.get(row) + 1, targets, row * width, width);
    }
    return new Batch(ids, targets, starts.size());
  }
}

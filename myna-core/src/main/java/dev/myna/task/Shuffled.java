package dev.myna.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Batches of examples of several lengths, without end. An epoch visits each example once; those of
 * a batch are of about one length, so that little is padded. Which make batch number n follows from
 * the seed and n alone.
 */
final class Shuffled {
  /** Batches within which examples are sorted by length. */
  private static final int POOL = 32;

  private final int[] lengths;
  private final int rows;
  private final long seed;
  private long planned = -1;
  private List<int[]> plan = List.of();

  /**
   * @param lengths of the examples
   * @param rows B; the last batch of an epoch may have fewer
   */
  Shuffled(int[] lengths, int rows, long seed) {
    if (lengths.length == 0) {
      throw new TaskException("training wants at least one example, found none; add data");
    }
    this.lengths = lengths;
    this.rows = rows;
    this.seed = seed;
  }

  long batchesPerEpoch() {
    return (lengths.length + rows - 1) / rows;
  }

  /** Numbers of the examples of a batch. Not for several threads at once. */
  int[] batch(long number) {
    long epoch = number / batchesPerEpoch();
    if (epoch != planned) {
      plan = plan(epoch);
      planned = epoch;
    }
    return plan.get((int) (number % batchesPerEpoch()));
  }

  private List<int[]> plan(long epoch) {
    Random random = new Random(Permutation.mix(seed ^ Permutation.mix(epoch)));
    int[] order = IntStream.range(0, lengths.length).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    List<int[]> batches = new ArrayList<>();
    int pool = POOL * rows;
    for (int from = 0; from < order.length; from += pool) {
      batches.addAll(cut(Arrays.copyOfRange(order, from, Math.min(from + pool, order.length))));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private List<int[]> cut(int[] examples) {
    int[] own = Arrays.stream(examples).map(i -> lengths[i]).toArray();
    return Padded.alike(own, rows).stream()
        .map(batch -> Arrays.stream(batch).map(i -> examples[i]).toArray())
        .toList();
  }

  /** Examples in batches of about one length, each once, for an evaluation. */
  static List<int[]> once(int[] lengths, int rows, int batches) {
    Shuffled shuffled = new Shuffled(lengths, rows, 0);
    int[] all = IntStream.range(0, lengths.length).toArray();
    List<int[]> cut = shuffled.cut(all);
    if (batches == 0 || batches >= cut.size()) {
      return cut;
    }
    return IntStream.range(0, batches)
        .mapToObj(i -> cut.get((int) ((long) i * cut.size() / batches)))
        .toList();
  }
}

package dev.myna.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Temperature, and the cuts that leave only the better part of a distribution to draw from. */
final class Cuts {
  private static final float OUT = Float.NEGATIVE_INFINITY;

  private Cuts() {}

  /** Those that are not neutral, in the order in which they are applied. */
  static List<LogitsProcessor> processors(Strategy.Random random) {
    List<LogitsProcessor> all = new ArrayList<>();
    if (random.temperature() != 1) {
      all.add((_, scores) -> temperature(scores, random.temperature()));
    }
    Integer k = random.topK();
    if (k != null) {
      all.add((_, scores) -> topK(scores, k));
    }
    Float p = random.topP();
    if (p != null && p < 1) {
      all.add((_, scores) -> topP(scores, p));
    }
    Float least = random.minP();
    if (least != null) {
      all.add((_, scores) -> minP(scores, least));
    }
    Float mass = random.typicalP();
    if (mass != null && mass < 1) {
      all.add((_, scores) -> typical(scores, mass));
    }
    return all;
  }

  static void temperature(float[] scores, float temperature) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= temperature;
    }
  }

  static void topK(float[] scores, int k) {
    if (k >= scores.length) {
      return;
    }
    float least = kthLargest(scores, k);
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < least) {
        scores[i] = OUT;
      }
    }
  }

  static void topP(float[] scores, float p) {
    double[] chances = Logits.softmax(scores);
    // The tokens below this chance hold less than 1 - p together: they need not be sorted.
    double negligible = (1 - (double) p) / scores.length;
    int[] order = bestFirst(scores, chances, negligible);
    double before = 0;
    int kept = 0;
    while (kept < order.length && (kept == 0 || before < p)) {
      before += chances[order[kept++]];
    }
    keep(scores, order, kept);
  }

  static void minP(float[] scores, float p) {
    double[] chances = Logits.softmax(scores);
    double least = Arrays.stream(chances).max().orElse(0) * p;
    for (int i = 0; i < scores.length; i++) {
      if (chances[i] < least) {
        scores[i] = OUT;
      }
    }
  }

  static void typical(float[] scores, float mass) {
    double[] chances = Logits.softmax(scores);
    double entropy = 0;
    for (double chance : chances) {
      entropy -= chance > 0 ? chance * Math.log(chance) : 0;
    }
    float[] nearness = new float[scores.length]; // 0 where the surprise is the entropy, else less
    for (int i = 0; i < scores.length; i++) {
      nearness[i] = (float) -Math.abs(-Math.log(chances[i]) - entropy);
    }
    int[] order = bestFirst(nearness, chances, 0);
    if (order.length == 0) {
      return;
    }
    double sum = 0;
    int last = 0; // the token at which the mass is reached; all as near as that one stay
    while (last < order.length - 1 && (sum += chances[order[last]]) < mass) {
      last++;
    }
    float farthest = nearness[order[last]];
    for (int i = 0; i < scores.length; i++) {
      if (nearness[i] < farthest) {
        scores[i] = OUT;
      }
    }
  }

  /**
   * Places with a chance above the bound, those of the greatest values first, of equals the last.
   */
  private static int[] bestFirst(float[] values, double[] chances, double bound) {
    int count = 0;
    for (double chance : chances) {
      count += chance > bound ? 1 : 0;
    }
    // Value and place in one long, so that primitives are sorted: the upper half orders as the
    // float does.
    long[] keys = new long[count];
    for (int i = 0, next = 0; i < values.length; i++) {
      if (chances[i] > bound) {
        int bits = Float.floatToIntBits(values[i]);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        keys[next++] = ((long) ordered << 32) | i;
      }
    }
    Arrays.sort(keys);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = (int) keys[count - 1 - i];
    }
    return places;
  }

  private static void keep(float[] scores, int[] order, int kept) {
    float[] best = new float[kept];
    for (int i = 0; i < kept; i++) {
      best[i] = scores[order[i]];
    }
    Arrays.fill(scores, OUT);
    for (int i = 0; i < kept; i++) {
      scores[order[i]] = best[i];
    }
  }

  /** The k-th largest of the values, by a heap of the k largest with the least of them on top. */
  private static float kthLargest(float[] values, int k) {
    float[] heap = Arrays.copyOf(values, k);
    Arrays.sort(heap); // a sorted array is a heap
    for (int i = k; i < values.length; i++) {
      if (values[i] > heap[0]) {
        sink(heap, values[i]);
      }
    }
    return heap[0];
  }

  private static void sink(float[] heap, float value) {
    int at = 0;
    for (int child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (value <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}

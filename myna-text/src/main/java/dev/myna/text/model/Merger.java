package dev.myna.text.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Merges the symbols of one word until no merge fits: lowest rank first, then leftmost (Sennrich et
 * al., 2016). Short words by scanning the ranks, longer ones with a heap in n log n, very long ones
 * in linear time.
 */
final class Merger {
  private static final int SHORT = 100;
  private static final int LONG = 1 << 14; // from here on it pays to prepare for the linear way;

  private final MergeTable merges;
  private int[] ids = new int[64];
  private int[] lengths = new int[64];
  private long[] pairs = new long[64];
  private int size;

  Merger(MergeTable merges) {
    this.merges = merges;
  }

  void clear() {
    size = 0;
  }

  void add(int id, int length) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
    }
    ids[size] = id;
    lengths[size++] = length;
  }

  int size() {
    return size;
  }

  int id(int index) {
    return ids[index];
  }

  int length(int index) {
    return lengths[index];
  }

  void merge() {
    if (size < 2) {
      return;
    }
    if (size <= SHORT) {
      mergeShort();
    } else if (size <= LONG || !match()) {
      mergeLong(0, null);
    }
  }

  /** Merges with a chance of {@code dropout} to pass over each merge when its turn comes. */
  void merge(float dropout, RandomGenerator random) {
    if (size > 1) {
      mergeLong(dropout, random);
    }
  }

  private void mergeShort() {
    if (pairs.length < size) {
      pairs = new long[ids.length];
    }
    int n = size;
    for (int i = 0; i + 1 < n; i++) {
      pairs[i] = merges.get(ids[i], ids[i + 1]);
    }
    while (n > 1) {
      int best = 0;
      long lowest = pairs[0];
      for (int i = 1; i < n - 1; i++) {
        if (pairs[i] < lowest) {
          lowest = pairs[i];
          best = i;
        }
      }
      if (lowest == MergeTable.NONE) {
        break;
      }
      ids[best] = (int) lowest;
      lengths[best] += lengths[best + 1];
      int rest = n - best - 2;
      System.arraycopy(ids, best + 2, ids, best + 1, rest);
      System.arraycopy(lengths, best + 2, lengths, best + 1, rest);
      if (rest > 0) {
        System.arraycopy(pairs, best + 2, pairs, best + 1, rest - 1);
        pairs[best] = merges.get(ids[best], ids[best + 1]);
      }
      n--;
      if (best > 0) {
        pairs[best - 1] = merges.get(ids[best - 1], ids[best]);
      }
    }
    size = n;
  }

  private void mergeLong(float dropout, @Nullable RandomGenerator random) {
    int[] next = new int[size];
    int[] previous = new int[size];
    LongHeap heap = new LongHeap(size);
    for (int i = 0; i < size; i++) {
      next[i] = i + 1 < size ? i + 1 : -1;
      previous[i] = i - 1;
      if (i + 1 < size) {
        offer(heap, i, i + 1);
      }
    }
    long[] skipped = new long[0];
    int skips = 0;
    while (!heap.isEmpty()) {
      long top = heap.poll();
      int at = (int) top;
      int after = lengths[at] == 0 ? -1 : next[at];
      if (after < 0) {
        continue;
      }
      long merge = merges.get(ids[at], ids[after]);
      if (merge == MergeTable.NONE || (int) (merge >>> 32) != (int) (top >>> 32)) {
        continue;
      }
      if (random != null && random.nextFloat() < dropout) {
        if (skips == skipped.length) {
          skipped = Arrays.copyOf(skipped, skips * 2 + 16);
        }
        skipped[skips++] = top;
        continue;
      }
      while (skips > 0) {
        heap.offer(skipped[--skips]);
      }
      ids[at] = (int) merge;
      lengths[at] += lengths[after];
      lengths[after] = 0;
      next[at] = next[after];
      if (next[at] >= 0) {
        previous[next[at]] = at;
        offer(heap, at, next[at]);
      }
      if (previous[at] >= 0) {
        offer(heap, previous[at], at);
      }
    }
    compact(next);
  }

  private boolean match() {
    LongestMatches matches = merges.matches();
    int[] tokens = matches == null ? null : matches.tokens(ids, size);
    if (matches == null || tokens == null) {
      return false;
    }
    int n = 0;
    for (int at = 0; at < size; n++) {
      int end = at + matches.size(tokens[n]);
      int length = 0;
      while (at < end) {
        length += lengths[at++];
      }
      ids[n] = tokens[n];
      lengths[n] = length;
    }
    size = n;
    return true;
  }

  private void offer(LongHeap heap, int left, int right) {
    long merge = merges.get(ids[left], ids[right]);
    if (merge != MergeTable.NONE) {
      heap.offer(merge & 0xFFFF_FFFF_0000_0000L | left);
    }
  }

  private void compact(int[] next) {
    int n = 0;
    for (int i = 0; i >= 0; i = next[i]) {
      ids[n] = ids[i];
      lengths[n++] = lengths[i];
    }
    size = n;
  }
}

package dev.myna.text.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Positions by the rank of the merge that waits there; ranks are taken lowest first. */
final class RankBuckets {
  private final @Nullable Bucket[] buckets;
  private final LongHeap ranks = new LongHeap(64);

  RankBuckets(int ranks) {
    buckets = new @Nullable Bucket[ranks];
  }

  /** The positions of one rank. */
  static final class Bucket {
    final int rank;
    int[] positions = new int[8];
    int size;
    private boolean ordered = true;

    Bucket(int rank) {
      this.rank = rank;
    }
  }

  void add(int rank, int position) {
    Bucket bucket = buckets[rank];
    if (bucket == null) {
      bucket = new Bucket(rank);
      buckets[rank] = bucket;
      ranks.offer(rank);
    }
    if (bucket.size == bucket.positions.length) {
      bucket.positions = Arrays.copyOf(bucket.positions, bucket.size * 2);
    }
    if (bucket.size > 0 && bucket.positions[bucket.size - 1] > position) {
      bucket.ordered = false;
    }
    bucket.positions[bucket.size++] = position;
  }

  /** Takes out the lowest rank with its positions from left to right; null when none is left. */
  @Nullable Bucket poll() {
    if (ranks.isEmpty()) {
      return null;
    }
    int rank = (int) ranks.poll();
    Bucket bucket = buckets[rank];
    buckets[rank] = null;
    if (bucket != null && !bucket.ordered) {
      Arrays.sort(bucket.positions, 0, bucket.size);
    }
    return bucket;
  }
}

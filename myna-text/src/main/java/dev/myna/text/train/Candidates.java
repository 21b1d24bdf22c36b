package dev.myna.text.train;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pairs that may be merged next, the most frequent first: a binary heap. A count only ever sinks
 * while its candidate waits, so it is checked against the true one when the candidate comes up.
 */
final class Candidates {
  /** A pair with the places where it stood when it was put in. */
  static final class Candidate {
    final int pair; // index in the table of pairs
    final long packed;
    long count;
    private int[] places;
    private int size;
    private boolean ascending = true;

    Candidate(int pair, long packed, int capacity) {
      this.pair = pair;
      this.packed = packed;
      places = new int[capacity];
    }

    int left() {
      return (int) (packed >>> 32);
    }

    int right() {
      return (int) packed;
    }

    void add(int place) {
      if (size == places.length) {
        places = Arrays.copyOf(places, Math.max(4, size + (size >> 1)));
      }
      ascending &= size == 0 || places[size - 1] <= place;
      places[size++] = place;
    }

    /** Places in the order of the text; a place may stand twice. */
    int[] places() {
      int[] exact = size == places.length ? places : Arrays.copyOf(places, size);
      if (!ascending) {
        Arrays.sort(exact);
      }
      return exact;
    }
  }

  private final LongBinaryOperator ties;
  private Candidate[] heap = new Candidate[1 << 10];
  private int size;

  /**
   * @param ties compares two packed pairs of equal counts; negative where the first one goes first
   */
  Candidates(LongBinaryOperator ties) {
    this.ties = ties;
  }

  void push(Candidate candidate) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + (size >> 1));
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!before(candidate, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = candidate;
  }

  @Nullable Candidate pop() {
    if (size == 0) {
      return null;
    }
    Candidate top = heap[0];
    Candidate last = heap[--size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], last)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }

  private boolean before(Candidate a, Candidate b) {
    return a.count != b.count ? a.count > b.count : ties.applyAsLong(a.packed, b.packed) < 0;
  }
}

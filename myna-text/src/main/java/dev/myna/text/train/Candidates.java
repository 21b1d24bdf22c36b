package dev.myna.text.train;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Pairs that may be merged next, the most frequent first: a binary heap, with the places where each
 * pair stood when it was put in. A count only ever sinks while its candidate waits, so it is
 * checked against the true one when the candidate comes up.
 *
 * <p>There are as many candidates as pairs and as many places as symbols: all of them lie in flat
 * arrays, a candidate is an index, and its places are a chain.
 */
final class Candidates {
  static final int NONE = -1;

  private final PairTable pairs;
  private final LongBinaryOperator ties;

  /** By candidate: index of its pair, its count, the last link of its chain. */
  private int[] pairOf = new int[1 << 10];

  private long[] counts = new long[1 << 10];
  private int[] chains = new int[1 << 10];
  private int made;
  private int freeCandidate = NONE; // the first of the free ones, chained by chains

  /** By link: a place, and the link before. */
  private int[] places = new int[1 << 10];

  private int[] before = new int[1 << 10];
  private int linked;
  private int freeLink = NONE;

  private int[] heap = new int[1 << 10];
  private int size;

  /**
   * @param ties compares two packed pairs of equal counts; negative where the first one goes first
   */
  Candidates(PairTable pairs, LongBinaryOperator ties) {
    this.pairs = pairs;
    this.ties = ties;
  }

  /** A new candidate without places, not yet in the heap. */
  int open(int pair) {
    int candidate = freeCandidate;
    if (candidate != NONE) {
      freeCandidate = chains[candidate];
    } else {
      if (made == pairOf.length) {
        int capacity = made + (made >> 1);
        pairOf = Arrays.copyOf(pairOf, capacity);
        counts = Arrays.copyOf(counts, capacity);
        chains = Arrays.copyOf(chains, capacity);
      }
      candidate = made++;
    }
    pairOf[candidate] = pair;
    chains[candidate] = NONE;
    return candidate;
  }

  void add(int candidate, int place) {
    int link = freeLink;
    if (link != NONE) {
      freeLink = before[link];
    } else {
      if (linked == places.length) {
        int capacity = linked + (linked >> 1);
        places = Arrays.copyOf(places, capacity);
        before = Arrays.copyOf(before, capacity);
      }
      link = linked++;
    }
    places[link] = place;
    before[link] = chains[candidate];
    chains[candidate] = link;
  }

  int pair(int candidate) {
    return pairOf[candidate];
  }

  long count(int candidate) {
    return counts[candidate];
  }

  /** Ends a candidate and gives its places in the order of the text; a place may stand twice. */
  int[] close(int candidate) {
    int length = 0;
    for (int link = chains[candidate]; link != NONE; link = before[link]) {
      length++;
    }
    int[] closed = new int[length];
    boolean ascending = true;
    for (int link = chains[candidate]; link != NONE; ) {
      closed[--length] = places[link];
      ascending &= length + 1 == closed.length || closed[length] <= closed[length + 1];
      int next = before[link];
      before[link] = freeLink;
      freeLink = link;
      link = next;
    }
    chains[candidate] = freeCandidate;
    freeCandidate = candidate;
    if (!ascending) {
      Arrays.sort(closed);
    }
    return closed;
  }

  void push(int candidate, long count) {
    counts[candidate] = count;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + (size >> 1));
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!goesFirst(candidate, heap[parent])) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = candidate;
  }

  /** The most frequent candidate, or {@link #NONE}. */
  int pop() {
    if (size == 0) {
      return NONE;
    }
    int top = heap[0];
    int last = heap[--size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && goesFirst(heap[child + 1], heap[child])) {
        child++;
      }
      if (!goesFirst(heap[child], last)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }

  private boolean goesFirst(int a, int b) {
    return counts[a] != counts[b]
        ? counts[a] > counts[b]
        : ties.applyAsLong(pairs.pair(pairOf[a]), pairs.pair(pairOf[b])) < 0;
  }
}

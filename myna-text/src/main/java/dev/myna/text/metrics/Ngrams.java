package dev.myna.text.metrics;

import java.util.List;

/**
 * Numbers the n-grams of the texts of one segment: equal n-grams have equal numbers. A trie in an
 * open hash table; an n-gram is the number of its first n-1 symbols and its last symbol.
 */
final class Ngrams {
  /** More n-grams than this in one segment are a mistake in the file, not a segment. */
  private static final long LIMIT = 1 << 23;

  private final long[] keys;
  private final int[] numbers;
  private final int mask;
  private int size;

  private Ngrams(long expected) {
    if (expected > LIMIT) {
      throw new MetricException(
          "a segment of at most %,d n-grams is wanted, found about %,d; write one segment a line"
              .formatted(LIMIT, expected));
    }
    int slots = Integer.highestOneBit((int) Math.max(8, expected)) << 2;
    keys = new long[slots];
    numbers = new int[slots];
    mask = slots - 1;
  }

  private int extend(int prefix, int symbol) {
    long key = ((long) prefix << 32 | symbol) + 1; // 0 marks a free slot
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (keys[slot] != 0) {
      if (keys[slot] == key) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    numbers[slot] = ++size;
    return size;
  }

  /**
   * How many n-grams of the hypothesis the references hold too, each counted at most as often as in
   * the reference that has it most often.
   *
   * @param hypothesis symbols (words or characters), numbers from 0
   * @param references the same of each reference
   * @param orders the longest n-gram
   * @return one count for each order from 1 to {@code orders}
   */
  static int[] matches(int[] hypothesis, List<int[]> references, int orders) {
    long symbols = hypothesis.length;
    for (int[] reference : references) {
      symbols += reference.length;
    }
    Ngrams table = new Ngrams(symbols * orders);
    int capacity = (int) (symbols * orders) + 1;
    int[] wanted = new int[capacity]; // how often the hypothesis has it
    int[] allowed = new int[capacity]; // how often one reference has it, at most
    int[] seen = new int[capacity];
    int[] hypothesisNodes = new int[hypothesis.length];
    int[][] referenceNodes = new int[references.size()][];
    for (int r = 0; r < referenceNodes.length; r++) {
      referenceNodes[r] = new int[references.get(r).length];
    }
    int[] matches = new int[orders];
    for (int order = 1; order <= orders; order++) {
      int first = table.size + 1;
      table.count(hypothesis, hypothesisNodes, order, wanted);
      int last = table.size;
      for (int r = 0; r < referenceNodes.length; r++) {
        int[] nodes = referenceNodes[r];
        table.count(references.get(r), nodes, order, seen);
        for (int i = 0; i + order <= nodes.length; i++) {
          int node = nodes[i];
          allowed[node] = Math.max(allowed[node], seen[node]);
          seen[node] = 0;
        }
      }
      for (int node = first; node <= last; node++) {
        matches[order - 1] += Math.min(wanted[node], allowed[node]);
      }
    }
    return matches;
  }

  /** Makes each position's n-gram one symbol longer and counts it. */
  private void count(int[] text, int[] nodes, int order, int[] counts) {
    for (int i = 0; i + order <= text.length; i++) {
      int node = extend(nodes[i], text[i + order - 1]);
      nodes[i] = node;
      counts[node]++;
    }
  }

  /** How many n-grams a text of this length has. */
  static int total(int length, int order) {
    return Math.max(0, length - order + 1);
  }
}

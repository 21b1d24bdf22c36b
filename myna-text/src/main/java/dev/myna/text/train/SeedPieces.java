package dev.myna.text.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the learning of a unigram model starts from: all characters, and the substrings that repeat,
 * by frequency times length (Kudo, 2018; SentencePiece). Substrings are the inner nodes of the
 * words' suffix tree, found by sorting suffixes no deeper than the longest piece.
 */
final class SeedPieces {
  private final int[] text;
  private final WordText words;
  private final int depth;

  private SeedPieces(WordText words, int maximumLength) {
    this.words = words;
    this.text = words.codePoints();
    this.depth = maximumLength + 1;
  }

  /** A piece and its weight; pieces of one character weigh their frequency. */
  record Seed(String piece, double weight) {}

  /** At most {@code limit} pieces, though always every character. */
  static List<Seed> of(WordText words, int maximumLength, int limit) {
    List<Seed> seeds = new ArrayList<>(characters(words));
    List<Seed> longer = new SeedPieces(words, maximumLength).substrings();
    longer.sort(
        (a, b) -> {
          int byWeight = Double.compare(b.weight, a.weight);
          return byWeight != 0 ? byWeight : b.piece.compareTo(a.piece);
        });
    seeds.addAll(longer.subList(0, Math.clamp(limit - seeds.size(), 0, longer.size())));
    return seeds;
  }

  private static List<Seed> characters(WordText words) {
    Map<Integer, Long> counts = new TreeMap<>();
    Map<Integer, long[]> sums = new HashMap<>();
    for (int word = 0; word < words.words(); word++) {
      for (int i = words.start(word); i < words.end(word); i++) {
        sums.computeIfAbsent(words.codePoints()[i], c -> new long[1])[0] += words.counts()[word];
      }
    }
    sums.forEach((c, sum) -> counts.put(c, sum[0]));
    return counts.entrySet().stream()
        .map(e -> new Seed(Character.toString(e.getKey()), e.getValue()))
        .toList();
  }

  private List<Seed> substrings() {
    int[] suffixes = new int[words.characters()];
    int n = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] != WordText.END) {
        suffixes[n++] = i;
      }
    }
    sort(suffixes, 0, n, 0);
    return repeated(suffixes);
  }

  /**
   * Three-way radix quicksort of the suffixes from {@code from} to {@code to}, equal before {@code
   * at}.
   */
  private void sort(int[] suffixes, int from, int to, int at) {
    int low = from;
    int high = to;
    int level = at;
    while (high - low > 1 && level < depth) {
      int pivot = median(suffixes, low, high, level);
      int less = low;
      int equal = low;
      int greater = high;
      while (equal < greater) {
        int c = text[suffixes[equal] + level];
        if (c < pivot) {
          swap(suffixes, less++, equal++);
        } else if (c > pivot) {
          swap(suffixes, equal, --greater);
        } else {
          equal++;
        }
      }
      sort(suffixes, low, less, level);
      sort(suffixes, greater, high, level);
      if (pivot == WordText.END) {
        return;
      }
      low = less;
      high = greater;
      level++;
    }
  }

  private int median(int[] suffixes, int from, int to, int at) {
    int a = text[suffixes[from] + at];
    int b = text[suffixes[(from + to) >>> 1] + at];
    int c = text[suffixes[to - 1] + at];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(int[] array, int i, int j) {
    int kept = array[i];
    array[i] = array[j];
    array[j] = kept;
  }

  /**
   * Runs of suffixes that share their first two or more characters, each once with its longest
   * share.
   */
  private List<Seed> repeated(int[] suffixes) {
    long[] weightBefore = weights(suffixes);
    List<Seed> found = new ArrayList<>();
    int[] depths = new int[depth + 2];
    int[] begins = new int[depth + 2];
    int top = 0; // depths[0] is 0: the root
    for (int i = 1; i <= suffixes.length; i++) {
      int shared = i < suffixes.length ? shared(suffixes[i - 1], suffixes[i]) : 0;
      int begin = i - 1;
      while (depths[top] > shared) {
        begin = begins[top];
        int length = depths[top--];
        if (length >= 2 && length < depth) {
          long frequency = weightBefore[i] - weightBefore[begin];
          found.add(new Seed(words.text(suffixes[begin], length), (double) frequency * length));
        }
      }
      if (depths[top] < shared) {
        depths[++top] = shared;
        begins[top] = begin;
      }
    }
    return found;
  }

  /** Sum of the counts of the words that the first i suffixes belong to. */
  private long[] weights(int[] suffixes) {
    long[] sums = new long[suffixes.length + 1];
    for (int i = 0; i < suffixes.length; i++) {
      int word = Arrays.binarySearch(words.starts(), suffixes[i]);
      sums[i + 1] = sums[i] + words.counts()[word >= 0 ? word : -word - 2];
    }
    return sums;
  }

  private int shared(int a, int b) {
    int n = 0;
    while (n < depth && text[a + n] == text[b + n] && text[a + n] != WordText.END) {
      n++;
    }
    return n;
  }
}

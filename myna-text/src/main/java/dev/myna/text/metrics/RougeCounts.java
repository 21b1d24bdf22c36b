package dev.myna.text.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * What a prediction shares with one target, in units of the measure: n-grams, words or weights.
 *
 * @param hits what both hold
 * @param target what the target holds
 * @param prediction what the prediction holds
 */
record RougeCounts(double hits, double target, double prediction) {
  /** A text in sentences of numbered words. */
  record Text(int[] words, List<int[]> sentences) {}

  static RougeCounts of(RougeKind kind, Text target, Text prediction) {
    return switch (kind) {
      case RougeKind.N(int order) -> ngrams(order, target.words, prediction.words);
      case RougeKind.L _ ->
          new RougeCounts(
              CommonSubsequence.length(target.words, prediction.words),
              target.words.length,
              prediction.words.length);
      case RougeKind.Lsum _ -> union(target, prediction);
      case RougeKind.W(double weight) -> weighted(target, prediction, weight);
      case RougeKind.Skip skip -> pairs(skip, target.words, prediction.words);
    };
  }

  RougeCounts plus(RougeCounts other) {
    return new RougeCounts(hits + other.hits, target + other.target, prediction + other.prediction);
  }

  double recall(RougeKind kind) {
    return part(kind, target);
  }

  double precision(RougeKind kind) {
    return part(kind, prediction);
  }

  private double part(RougeKind kind, double whole) {
    double part = whole == 0 ? 0 : hits / whole;
    return kind instanceof RougeKind.W(double weight) ? Math.pow(part, 1 / weight) : part;
  }

  private static RougeCounts ngrams(int order, int[] target, int[] prediction) {
    int[] matches = Ngrams.matches(prediction, List.of(target), order);
    return new RougeCounts(
        matches[order - 1],
        Ngrams.total(target.length, order),
        Ngrams.total(prediction.length, order));
  }

  /** How often each word number below {@code size} occurs. */
  private static int[] counts(int size, List<int[]> sentences) {
    int[] counts = new int[size];
    for (int[] sentence : sentences) {
      for (int word : sentence) {
        counts[word]++;
      }
    }
    return counts;
  }

  private static int size(List<int[]> sentences) {
    int size = 0;
    for (int[] sentence : sentences) {
      for (int word : sentence) {
        size = Math.max(size, word + 1);
      }
    }
    return size;
  }

  private static int words(List<int[]> sentences) {
    return sentences.stream().mapToInt(sentence -> sentence.length).sum();
  }

  private static RougeCounts union(Text target, Text prediction) {
    int size = Math.max(size(target.sentences), size(prediction.sentences));
    int[] inTarget = counts(size, target.sentences);
    int[] inPrediction = counts(size, prediction.sentences);
    int hits = 0;
    for (int[] sentence : target.sentences) {
      boolean[] marks = marks(sentence, prediction, 1);
      for (int i = 0; i < sentence.length; i++) {
        int word = sentence[i];
        if (marks[i] && inTarget[word] > 0 && inPrediction[word] > 0) {
          hits++;
          inTarget[word]--;
          inPrediction[word]--;
        }
      }
    }
    return new RougeCounts(hits, words(target.sentences), words(prediction.sentences));
  }

  private static boolean[] marks(int[] sentence, Text prediction, double weight) {
    boolean[] marks = new boolean[sentence.length];
    for (int[] other : prediction.sentences) {
      CommonSubsequence.mark(sentence, other, weight, marks);
    }
    return marks;
  }

  private static RougeCounts weighted(Text target, Text prediction, double weight) {
    int size = Math.max(size(target.sentences), size(prediction.sentences));
    int[] inTarget = counts(size, target.sentences);
    int[] inPrediction = counts(size, prediction.sentences);
    double hits = 0;
    double base = 0;
    for (int[] sentence : target.sentences) {
      base += Math.pow(sentence.length, weight);
      boolean[] marks = marks(sentence, prediction, weight);
      int run = 0;
      for (int i = 0; i < sentence.length; i++) {
        int word = sentence[i];
        if (!marks[i] || inTarget[word] == 0 || inPrediction[word] == 0) {
          continue;
        }
        run++;
        if (i + 1 == sentence.length || !marks[i + 1]) {
          hits += Math.pow(run, weight);
          run = 0;
        }
        inTarget[word]--;
        inPrediction[word]--;
      }
    }
    return new RougeCounts(
        hits, Math.pow(base, weight), Math.pow(words(prediction.sentences), weight));
  }

  /** One first word after the other, so that memory stays linear whatever the gap. */
  private static RougeCounts pairs(RougeKind.Skip skip, int[] target, int[] prediction) {
    int size = size(List.of(target, prediction));
    long[] inTarget = new long[size];
    long[] inPrediction = new long[size];
    boolean[] done = new boolean[size];
    double hits = 0;
    for (int i = 0; i < target.length; i++) {
      int first = target[i];
      if (done[first]) {
        continue;
      }
      done[first] = true;
      Arrays.fill(inTarget, 0);
      Arrays.fill(inPrediction, 0);
      long singles =
          Math.min(
              followers(first, skip.gap(), target, inTarget),
              followers(first, skip.gap(), prediction, inPrediction));
      hits += skip.unigrams() ? singles : 0;
      for (int word = 0; word < size; word++) {
        hits += Math.min(inTarget[word], inPrediction[word]);
      }
    }
    return new RougeCounts(hits, pairs(skip, target.length), pairs(skip, prediction.length));
  }

  /** Counts the words that follow {@code first} within reach; returns how often it is not last. */
  private static long followers(int first, int gap, int[] text, long[] counts) {
    long before = 0; // occurrences of first within reach of this position
    long occurrences = 0;
    for (int j = 0; j < text.length; j++) {
      int gone = j - gap - 2;
      if (gap >= 0 && gone >= 0 && text[gone] == first) {
        before--;
      }
      counts[text[j]] += before;
      if (text[j] == first) {
        before++;
        occurrences += j < text.length - 1 ? 1 : 0;
      }
    }
    return occurrences;
  }

  private static double pairs(RougeKind.Skip skip, int length) {
    long reach = skip.gap() < 0 ? length : Math.min(length, (long) skip.gap() + 1);
    long pairs = 0;
    for (int i = 0; i < length; i++) {
      pairs += Math.min(reach, length - 1 - i);
    }
    return pairs + (skip.unigrams() ? Math.max(0, length - 1) : 0);
  }
}

package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.train.Candidates.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Learns merges of byte-pair encoding (Sennrich et al., 2016): joins the most frequent pair of
 * neighbours again and again, and after each merge only recounts the pairs beside it.
 *
 * <p>Counts, ties and limits are those of the BPE trainer of Hugging Face Tokenizers, among them
 * that a pair merged once keeps its count.
 */
final class MergeLearner {
  private static final int INTERRUPT_INTERVAL = 64; // merges between looks at the thread's state

  /** A learned merge: two ids become a third. */
  record Merge(int left, int right, int result) {}

  private final SymbolTable symbols;
  private final SymbolText text;
  private final PairTable pairs = new PairTable();
  private final Candidates candidates;
  private final long minimumCount;
  private final int maximumLength;
  private final String prefix;

  /** Candidates that the running merge has made, by index of their pair. */
  private @Nullable Candidate[] fresh = new Candidate[1 << 10];

  private final List<Candidate> made = new ArrayList<>();

  /**
   * @param prefix what stands before every symbol that does not begin a word; empty for none
   * @param maximumLength new pairs as long as this or longer, in characters, are not merged
   */
  MergeLearner(
      SymbolTable symbols,
      SymbolText text,
      LongBinaryOperator ties,
      long minimumCount,
      int maximumLength,
      String prefix) {
    this.symbols = symbols;
    this.text = text;
    this.candidates = new Candidates(ties);
    this.minimumCount = Math.max(1, minimumCount);
    this.maximumLength = maximumLength;
    this.prefix = prefix;
  }

  /** Merges until the vocabulary has {@code vocabularySize} tokens or nothing is left to merge. */
  List<Merge> learn(int vocabularySize, Progress progress) {
    List<Merge> merges = new ArrayList<>();
    int known = symbols.size();
    countPairs();
    while (symbols.size() < vocabularySize) {
      Candidate top = candidates.pop();
      if (top == null) {
        break;
      }
      long count = pairs.count(top.pair);
      if (top.count != count) {
        if (count >= minimumCount) {
          top.count = count;
          candidates.push(top);
        }
        continue;
      }
      Merge merge = new Merge(top.left(), top.right(), symbols.idOf(joined(top)));
      merges.add(merge);
      apply(merge, top.places());
      if (merges.size() % INTERRUPT_INTERVAL == 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException(
              "learning was interrupted after " + merges.size() + " merges");
        }
        progress.at("learning merges", symbols.size() - known, vocabularySize - known);
      }
    }
    progress.at("learning merges", symbols.size() - known, symbols.size() - known);
    return merges;
  }

  private String joined(Candidate pair) {
    String right = symbols.token(pair.right());
    return symbols.token(pair.left())
        + (right.startsWith(prefix) ? right.substring(prefix.length()) : right);
  }

  /** Counts first, so that every candidate's list of places is made once, in its final size. */
  private void countPairs() {
    int[] occurrences = new int[1 << 10];
    for (int place = 1; place + 1 < text.size(); place++) {
      if (text.symbol(place) >= 0 && text.symbol(place + 1) >= 0) {
        int pair = pairs.add(text.symbol(place), text.symbol(place + 1), text.count(place));
        if (pair >= occurrences.length) {
          occurrences = Arrays.copyOf(occurrences, pair + (pair >> 1));
        }
        occurrences[pair]++;
      }
    }
    Candidate[] first = new Candidate[pairs.size()];
    for (int place = 1; place + 1 < text.size(); place++) {
      if (text.symbol(place) >= 0 && text.symbol(place + 1) >= 0) {
        int pair = pairs.add(text.symbol(place), text.symbol(place + 1), 0);
        if (first[pair] == null) {
          first[pair] = new Candidate(pair, pairs.pair(pair), occurrences[pair]);
        }
        first[pair].add(place);
      }
    }
    for (Candidate candidate : first) {
      push(candidate);
    }
  }

  private void push(Candidate candidate) {
    long count = pairs.count(candidate.pair);
    if (count >= minimumCount) {
      candidate.count = count;
      candidates.push(candidate);
    }
  }

  private void apply(Merge merge, int[] places) {
    for (int first : places) {
      if (text.symbol(first) != merge.left()) {
        continue;
      }
      int second = text.next(first);
      if (second == SymbolText.NONE || text.symbol(second) != merge.right()) {
        continue;
      }
      join(merge, first, second);
    }
    for (Candidate candidate : made) {
      fresh[candidate.pair] = null;
      push(candidate);
    }
    made.clear();
  }

  private void join(Merge merge, int first, int second) {
    long count = text.count(first);
    int length = text.length(first) + text.length(second);
    int before = text.previous(first);
    int after = text.next(second);
    text.merge(first, second, merge.result());
    if (before != SymbolText.NONE) {
      int symbol = text.symbol(before);
      int unused = pairs.add(symbol, merge.left(), -count);
      if (text.length(before) + length < maximumLength) {
        found(before, symbol, merge.result(), count);
      }
    }
    if (after != SymbolText.NONE) {
      int symbol = text.symbol(after);
      int unused = pairs.add(merge.right(), symbol, -count);
      if (text.length(after) + length < maximumLength) {
        found(first, merge.result(), symbol, count);
      }
    }
  }

  private void found(int place, int left, int right, long count) {
    int pair = pairs.add(left, right, count);
    if (pair >= fresh.length) {
      fresh = Arrays.copyOf(fresh, pair + (pair >> 1));
    }
    Candidate candidate = fresh[pair];
    if (candidate == null) {
      candidate = new Candidate(pair, pairs.pair(pair), 1);
      fresh[pair] = candidate;
      made.add(candidate);
    }
    candidate.add(place);
  }
}

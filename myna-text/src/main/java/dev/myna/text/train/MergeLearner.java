package dev.myna.text.train;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongBinaryOperator;

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

  /** Candidates that the running merge has made, by index of their pair, plus one; and in order. */
  private int[] fresh = new int[1 << 10];

  private int[] made = new int[64];
  private int madeCount;

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
    this.candidates = new Candidates(pairs, ties);
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
      int top = candidates.pop();
      if (top == Candidates.NONE) {
        break;
      }
      int pair = candidates.pair(top);
      long count = pairs.count(pair);
      if (candidates.count(top) != count) {
        push(top, count);
        continue;
      }
      int left = (int) (pairs.pair(pair) >>> 32);
      int right = (int) pairs.pair(pair);
      Merge merge = new Merge(left, right, symbols.idOf(joined(left, right)));
      merges.add(merge);
      apply(merge, candidates.close(top));
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

  private String joined(int left, int right) {
    String tail = symbols.token(right);
    return symbols.token(left) + (tail.startsWith(prefix) ? tail.substring(prefix.length()) : tail);
  }

  private void countPairs() {
    for (int place = 1; place + 1 < text.size(); place++) {
      if (text.symbol(place) >= 0 && text.symbol(place + 1) >= 0) {
        found(place, text.symbol(place), text.symbol(place + 1), text.count(place));
      }
    }
    pushMade();
  }

  /** Puts a candidate where it belongs, or drops it for good: counts never rise again. */
  private void push(int candidate, long count) {
    if (count >= minimumCount) {
      candidates.push(candidate, count);
    } else {
      int[] unused = candidates.close(candidate);
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
    pushMade();
  }

  private void pushMade() {
    for (int i = 0; i < madeCount; i++) {
      int pair = candidates.pair(made[i]);
      fresh[pair] = 0;
      push(made[i], pairs.count(pair));
    }
    madeCount = 0;
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
    if (fresh[pair] == 0) {
      if (madeCount == made.length) {
        made = Arrays.copyOf(made, madeCount * 2);
      }
      made[madeCount++] = candidates.open(pair);
      fresh[pair] = made[madeCount - 1] + 1;
    }
    candidates.add(fresh[pair] - 1, place);
  }
}

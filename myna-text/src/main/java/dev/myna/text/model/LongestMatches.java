package dev.myna.text.model;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding of long pieces in linear time: the longest token that fits is taken, and a
 * shorter one where it would not stand beside the one before it (van Antwerpen and Neubeck, "So
 * many tokens, so little time", 2024).
 *
 * <p>Two neighbouring tokens stand if no merge joins them across their border while they are put
 * together. A row of tokens of which all neighbours stand is what the merges make of a piece, and
 * there is only one such row. So there is also only one for what lies before any place, and a place
 * from which no token leads on need not be tried again.
 */
final class LongestMatches {
  private final TokenParts parts;
  private final SymbolTrie trie;
  private final int[] shorter; // the longest token that a token begins with, or -1

  private LongestMatches(TokenParts parts) {
    this.parts = parts;
    trie = new SymbolTrie(parts);
    shorter = new int[parts.limit()];
    Arrays.fill(shorter, -1);
    for (int id : parts.tokens()) {
      int start = parts.start(id);
      if (parts.size(id) > 1) {
        shorter[id] = trie.longest(parts.symbols(), start, start + parts.size(id) - 1);
      }
    }
  }

  /** Null where merges go in circles or come before those that make their parts. */
  static @Nullable LongestMatches of(MergeTable merges) {
    TokenParts parts = TokenParts.of(merges);
    return parts == null ? null : new LongestMatches(parts);
  }

  /**
   * The tokens of a piece in their order, with room left behind them; null where the piece begins
   * as something that only merges make.
   *
   * @param symbols the piece's ids before any merge
   */
  int @Nullable [] tokens(int[] symbols, int size) {
    int[] found = new int[size];
    int count = 0;
    BitSet closed = new BitSet(size + 1); // places from which nothing leads on
    int at = 0;
    int token = first(symbols, at, size);
    while (at < size) {
      if (token < 0) {
        return null;
      }
      int end = at + parts.size(token);
      if (!closed.get(end) && (count == 0 || parts.stand(found[count - 1], token))) {
        found[count++] = token;
        at = end;
        token = at < size ? first(symbols, at, size) : -1;
      } else if (token < shorter.length && shorter[token] >= 0) {
        token = shorter[token];
      } else if (count == 0) {
        return null;
      } else {
        closed.set(at);
        token = found[--count];
        at -= parts.size(token);
      }
    }
    return found;
  }

  /** The longest token at a place; -1 where merges make the symbol that stands there. */
  private int first(int[] symbols, int at, int size) {
    return parts.isSymbol(symbols[at]) ? trie.longest(symbols, at, size) : -1;
  }

  /** The number of symbols of a token. */
  int size(int token) {
    return parts.size(token);
  }
}

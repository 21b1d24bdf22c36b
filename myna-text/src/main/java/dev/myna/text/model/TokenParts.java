package dev.myna.text.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which two tokens each token of a BPE is put together from. A vocabulary may hold several merges
 * for one token; of these the same one is made wherever the token arises, for what happens inside
 * its borders does not depend on what lies outside.
 */
final class TokenParts {
  private static final int LONGEST = 2048; // symbols of a token
  private static final int MOST = 1 << 24; // symbols of all tokens together

  private static final int ROW = 4; // numbers a token; one lies unused to keep rows in cache lines
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final int RANK = 2; // of the merge that makes a token; -1 for a symbol or none

  private final long[] pairs;
  private final MergeTable merges;
  private final MergeTable made; // the merges that are made in the end
  private final int[] rows;
  private final int[] sizes; // in symbols; 0 where no merge knows the id
  private final int[] starts; // where a token's symbols are
  private int[] symbols = new int[0];
  private int[] ordered = new int[0];

  private TokenParts(MergeTable merges) {
    this.merges = merges;
    pairs = merges.pairs();
    int limit = merges.limit();
    made = new MergeTable(Math.min(limit, pairs.length));
    rows = new int[limit * ROW];
    Arrays.fill(rows, -1);
    sizes = new int[limit];
    starts = new int[limit];
  }

  /**
   * Null where a token is spelled in two ways, contains itself, is longer than any text needs, or
   * is made before its own parts.
   */
  static @Nullable TokenParts of(MergeTable merges) {
    TokenParts parts = new TokenParts(merges);
    return parts.measure() && parts.spell() && parts.choose() ? parts : null;
  }

  /** All tokens that merges make, and all symbols that they begin with, by rising size. */
  int[] tokens() {
    return ordered;
  }

  /** Whether text may begin as this id: it may unless merges make it. */
  boolean isSymbol(int id) {
    return id >= sizes.length || sizes[id] <= 1;
  }

  /** The number of symbols of a token. */
  int size(int id) {
    return id < sizes.length ? Math.max(1, sizes[id]) : 1;
  }

  int[] symbols() {
    return symbols;
  }

  /** Where in {@link #symbols} those of a token begin. */
  int start(int id) {
    return starts[id];
  }

  /** One more than the largest id. */
  int limit() {
    return sizes.length;
  }

  /**
   * Whether two neighbouring tokens stay two: going back in time, no merge would have joined what
   * stood left and right of their border before one of them grew.
   */
  boolean stand(int first, int second) {
    if (Math.max(first, second) >= sizes.length) {
      return true;
    }
    int a = first;
    int b = second;
    int limit = Integer.MAX_VALUE;
    while ((int) (made.get(a, b) >>> 32) >= limit) {
      int rankA = rows[a * ROW + RANK];
      int rankB = rows[b * ROW + RANK];
      if (rankA < 0 && rankB < 0) {
        return true;
      }
      if (rankA > rankB) { // of equal ranks the left one is merged first
        limit = rankA;
        a = rows[a * ROW + RIGHT];
      } else {
        limit = rankB + 1;
        b = rows[b * ROW + LEFT];
      }
    }
    return false;
  }

  /** Finds the sizes of all tokens by any merge that makes them. */
  private boolean measure() {
    for (long pair : pairs) {
      int token = (int) merges.get(pair);
      rows[token * ROW + LEFT] = left(pair);
      rows[token * ROW + RIGHT] = right(pair);
    }
    for (long pair : pairs) {
      int size = size((int) merges.get(pair), 0);
      if (size > LONGEST || size(left(pair), 0) + size(right(pair), 0) != size) {
        return false;
      }
    }
    return Arrays.stream(sizes).asLongStream().sum() <= MOST;
  }

  /** Above {@link #LONGEST} where a token is too long or contains itself. */
  private int size(int id, int depth) {
    if (sizes[id] == 0) {
      int left = rows[id * ROW + LEFT];
      if (left < 0) {
        sizes[id] = 1;
      } else if (depth > LONGEST) {
        sizes[id] = LONGEST + 1;
      } else {
        int size = size(left, depth + 1) + size(rows[id * ROW + RIGHT], depth + 1);
        sizes[id] = Math.min(LONGEST + 1, size);
      }
    }
    return sizes[id];
  }

  /** Writes the symbols of all tokens, and sees that all merges of one token agree on them. */
  private boolean spell() {
    order();
    int end = 0;
    for (int id : ordered) {
      starts[id] = end;
      end += sizes[id];
    }
    symbols = new int[end];
    for (int id : ordered) {
      if (sizes[id] == 1) {
        symbols[starts[id]] = id;
      } else {
        int left = rows[id * ROW + LEFT];
        int right = rows[id * ROW + RIGHT];
        System.arraycopy(symbols, starts[left], symbols, starts[id], sizes[left]);
        System.arraycopy(symbols, starts[right], symbols, starts[id] + sizes[left], sizes[right]);
      }
    }
    for (long pair : pairs) {
      int start = starts[(int) merges.get(pair)];
      if (!spelled(left(pair), start) || !spelled(right(pair), start + sizes[left(pair)])) {
        return false;
      }
    }
    return true;
  }

  private boolean spelled(int id, int at) {
    int start = starts[id];
    return Arrays.equals(symbols, start, start + sizes[id], symbols, at, at + sizes[id]);
  }

  private void order() {
    long[] keys = new long[sizes.length];
    int n = 0;
    for (int id = 0; id < sizes.length; id++) {
      if (sizes[id] > 0) {
        keys[n++] = (long) sizes[id] << 32 | id;
      }
    }
    Arrays.sort(keys, 0, n);
    ordered = Arrays.stream(keys, 0, n).mapToInt(key -> (int) key).toArray();
  }

  /** Finds the merge that makes each token, and drops tokens that no merge makes in the end. */
  private boolean choose() {
    Arrays.fill(rows, -1);
    long[] bySize = new long[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      bySize[i] = (long) sizes[(int) merges.get(pairs[i])] << 32 | i;
    }
    Arrays.sort(bySize);
    for (long entry : bySize) {
      long pair = pairs[(int) entry];
      if (arises(left(pair)) && arises(right(pair)) && stand(left(pair), right(pair))) {
        int token = (int) merges.get(pair);
        int rank = (int) (merges.get(pair) >>> 32);
        if (rank <= rank(left(pair)) || rank <= rank(right(pair))) {
          return false;
        }
        rows[token * ROW + LEFT] = left(pair);
        rows[token * ROW + RIGHT] = right(pair);
        rows[token * ROW + RANK] = rank;
        made.put(left(pair), right(pair), rank, token);
      }
    }
    ordered = Arrays.stream(ordered).filter(this::arises).toArray();
    return true;
  }

  private boolean arises(int id) {
    return sizes[id] == 1 || rank(id) >= 0;
  }

  private int rank(int id) {
    return rows[id * ROW + RANK];
  }

  private static int left(long pair) {
    return (int) (pair >>> 32);
  }

  private static int right(long pair) {
    return (int) pair;
  }
}

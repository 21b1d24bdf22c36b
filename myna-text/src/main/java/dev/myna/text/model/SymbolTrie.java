package dev.myna.text.model;

import java.util.Arrays;

/**
 * Tokens by the symbols that spell them: an open-addressing hash from a node and a symbol to the
 * next node. Beside each node stand some bits of what may follow it, so that most walks end without
 * another look into memory; pairs of low symbols, usually bytes, have a table of their own.
 */
final class SymbolTrie {
  private static final int LOW = 256; // symbols below this have a direct table
  private static final int ROOT = Integer.MAX_VALUE;

  private final int tokens; // the node of a token has its id, others come after them
  private long[] slots = new long[1 << 13]; // key; node in the high half, followers in the low
  private int edges;
  private int[] inherited = new int[1 << 10]; // the longest token before a node that is none
  private int others;
  private final long[] low = new long[LOW * LOW];

  SymbolTrie(TokenParts parts) {
    tokens = parts.limit();
    Arrays.fill(slots, -1);
    for (int id : parts.tokens()) { // short ones first: no node becomes a token later
      put(parts.symbols(), parts.start(id), parts.start(id) + parts.size(id), id);
    }
    for (int slot = 0; slot < slots.length; slot += 2) {
      int node = (int) (slots[slot] >>> 32);
      int symbol = (int) slots[slot];
      if (slots[slot] != -1 && (node | symbol) < LOW && parts.isSymbol(node)) {
        low[node * LOW + symbol] = slots[slot + 1];
      }
    }
  }

  private void put(int[] symbols, int from, int to, int token) {
    while ((edges + to - from) * 4 >= slots.length) {
      grow();
    }
    int last = -1;
    int node = ROOT;
    for (int i = from; i < to; i++) {
      int slot = slot(node, symbols[i]);
      if (slots[slot] == -1) {
        int next = i == to - 1 ? token : addOther(node);
        slots[slot] = key(node, symbols[i]);
        slots[slot + 1] = (long) next << 32;
        edges++;
        if (last >= 0) {
          slots[last + 1] |= bit(symbols[i]);
        }
      }
      last = slot;
      node = (int) (slots[slot + 1] >>> 32);
    }
  }

  private int addOther(int parent) {
    if (others == inherited.length) {
      inherited = Arrays.copyOf(inherited, others * 2);
    }
    inherited[others] = token(parent);
    return tokens + others++;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    Arrays.fill(slots, -1);
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != -1) {
        int slot = slot((int) (old[i] >>> 32), (int) old[i]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }

  /**
   * The longest token that stands at {@code from} and ends at {@code to} or before: the symbol
   * itself where no other does.
   */
  int longest(int[] symbols, int from, int to) {
    int first = symbols[from];
    int at = from + 1;
    long here;
    if (at < to && (first | symbols[at]) < LOW) {
      here = low[first * LOW + symbols[at++]];
    } else {
      int slot = slot(ROOT, first);
      here = slots[slot] == -1 ? 0 : slots[slot + 1];
    }
    if (here == 0) {
      return first;
    }
    while (at < to && (here & bit(symbols[at])) != 0) {
      int slot = slot((int) (here >>> 32), symbols[at++]);
      if (slots[slot] == -1) {
        break;
      }
      here = slots[slot + 1];
    }
    return token((int) (here >>> 32));
  }

  private int token(int node) {
    return node < tokens ? node : inherited[node - tokens];
  }

  private static long bit(int symbol) {
    return 1L << (symbol & 31);
  }

  private static long key(int node, int symbol) {
    return (long) node << 32 | symbol;
  }

  /** Where an edge is, or would be. */
  private int slot(int node, int symbol) {
    long key = key(node, symbol);
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & slots.length - 2;
    while (slots[slot] != key && slots[slot] != -1) {
      slot = slot + 2 & slots.length - 2;
    }
    return slot;
  }
}

package dev.myna.text.train;

import java.util.Arrays;

/** Pieces by their code points: a trie whose edges lie in one open-addressing table. */
final class PieceTrie {
  static final int NONE = -1;
  private static final int CODE_POINT_BITS = 21;

  private long[] edges = new long[1 << 10]; // node << 21 | code point, plus one; 0 where free
  private int[] targets = new int[1 << 10];
  private int[] pieces = new int[1 << 9]; // piece that ends at a node
  private int nodes = 1;

  PieceTrie() {
    Arrays.fill(pieces, NONE);
  }

  void put(String text, int piece) {
    int node = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      node = grow(node, c);
      i += Character.charCount(c);
    }
    pieces[node] = piece;
  }

  /** The node below {@code node} (the root is 0), {@link #NONE} where there is none. */
  int child(int node, int codePoint) {
    long edge = edge(node, codePoint);
    int at = find(edges, edge);
    return edges[at] == edge ? targets[at] : NONE;
  }

  /** The piece that ends at {@code node}, or {@link #NONE}. */
  int piece(int node) {
    return pieces[node];
  }

  private int grow(int node, int codePoint) {
    long edge = edge(node, codePoint);
    int at = find(edges, edge);
    if (edges[at] == edge) {
      return targets[at];
    }
    edges[at] = edge;
    targets[at] = nodes;
    if (nodes == pieces.length) {
      pieces = Arrays.copyOf(pieces, nodes * 2);
      Arrays.fill(pieces, nodes, pieces.length, NONE);
    }
    if (nodes * 2L > edges.length) {
      widen();
    }
    return nodes++;
  }

  private static long edge(int node, int codePoint) {
    return ((long) node << CODE_POINT_BITS | codePoint) + 1;
  }

  private static int find(long[] edges, long edge) {
    int mask = edges.length - 1;
    int at = (int) (edge * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (edges[at] != 0 && edges[at] != edge) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void widen() {
    long[] wider = new long[edges.length * 2];
    int[] moved = new int[wider.length];
    for (int i = 0; i < edges.length; i++) {
      if (edges[i] != 0) {
        int at = find(wider, edges[i]);
        wider[at] = edges[i];
        moved[at] = targets[i];
      }
    }
    edges = wider;
    targets = moved;
  }
}

package dev.myna.text.train;

import java.util.Arrays;

/**
 * All ways to cut a text into pieces, walked forward and backward. One per thread: its arrays are
 * used again for the next text.
 */
final class UnigramLattice {
  /** Stands for a character that no piece covers. */
  static final int UNKNOWN = -1;

  private static final double UNKNOWN_PENALTY = 10; // as SentencePiece: below the worst piece

  /** Pieces with their log-probabilities; NaN marks a piece that is no longer in the vocabulary. */
  record Pieces(PieceTrie trie, double[] scores, double unknownScore) {
    static Pieces of(PieceTrie trie, double[] scores) {
      double lowest = 0;
      for (double score : scores) {
        lowest = score < lowest ? score : lowest; // false for NaN
      }
      return new Pieces(trie, scores, lowest - UNKNOWN_PENALTY);
    }
  }

  private final Pieces pieces;

  /** Edges in the order of their beginnings: [edgeStart[i], edgeStart[i + 1]) begin at i. */
  private int[] edgeStart = new int[64];

  private int[] edgeEnd = new int[256];
  private int[] edgePiece = new int[256];
  private double[] edgeScore = new double[256];
  private int edges;
  private double[] forward = new double[64];
  private double[] backward = new double[64];
  private int[] bestEdge = new int[64];
  private int length;

  UnigramLattice(Pieces pieces) {
    this.pieces = pieces;
  }

  /**
   * Finds all pieces in {@code text[from, to)}.
   *
   * @param excluded a piece not to use, or {@link PieceTrie#NONE}
   */
  void read(int[] text, int from, int to, int excluded) {
    length = to - from;
    ensure();
    edges = 0;
    for (int i = 0; i < length; i++) {
      edgeStart[i] = edges;
      boolean single = false;
      int node = 0;
      for (int end = i; end < length; end++) {
        node = pieces.trie.child(node, text[from + end]);
        if (node == PieceTrie.NONE) {
          break;
        }
        int piece = pieces.trie.piece(node);
        if (piece != PieceTrie.NONE && piece != excluded && !Double.isNaN(pieces.scores[piece])) {
          edge(end + 1, piece, pieces.scores[piece]);
          single |= end == i;
        }
      }
      if (!single) {
        edge(i + 1, UNKNOWN, pieces.unknownScore);
      }
    }
    edgeStart[length] = edges;
  }

  /**
   * Adds the expected number of each piece in the text, {@code count} times, to {@code expected}.
   *
   * @return log-likelihood of the text
   */
  double expect(long count, FixedSums expected) {
    Arrays.fill(forward, 0, length + 1, Double.NEGATIVE_INFINITY);
    forward[0] = 0;
    for (int i = 0; i < length; i++) {
      for (int e = edgeStart[i]; e < edgeStart[i + 1]; e++) {
        forward[edgeEnd[e]] = logAdd(forward[edgeEnd[e]], forward[i] + edgeScore[e]);
      }
    }
    backward[length] = 0;
    for (int i = length - 1; i >= 0; i--) {
      double sum = Double.NEGATIVE_INFINITY;
      for (int e = edgeStart[i]; e < edgeStart[i + 1]; e++) {
        sum = logAdd(sum, edgeScore[e] + backward[edgeEnd[e]]);
      }
      backward[i] = sum;
    }
    double all = forward[length];
    for (int i = 0; i < length; i++) {
      for (int e = edgeStart[i]; e < edgeStart[i + 1]; e++) {
        if (edgePiece[e] != UNKNOWN) {
          double share = Math.exp(forward[i] + edgeScore[e] + backward[edgeEnd[e]] - all);
          expected.add(edgePiece[e], count * share);
        }
      }
    }
    return all;
  }

  /** The best way: its pieces from first to last. */
  int[] best() {
    double unused = bestScore();
    int n = 0;
    for (int end = length; end > 0; end = beginOf(bestEdge[end])) {
      n++;
    }
    int[] path = new int[n];
    for (int end = length; end > 0; end = beginOf(bestEdge[end])) {
      path[--n] = edgePiece[bestEdge[end]];
    }
    return path;
  }

  /** Log-probability of the best way. */
  double bestScore() {
    Arrays.fill(forward, 0, length + 1, Double.NEGATIVE_INFINITY);
    forward[0] = 0;
    for (int i = 0; i < length; i++) {
      for (int e = edgeStart[i]; e < edgeStart[i + 1]; e++) {
        double score = forward[i] + edgeScore[e];
        if (score > forward[edgeEnd[e]]) {
          forward[edgeEnd[e]] = score;
          bestEdge[edgeEnd[e]] = e;
        }
      }
    }
    return forward[length];
  }

  private int beginOf(int edge) {
    int at = Arrays.binarySearch(edgeStart, 0, length + 1, edge);
    return at >= 0 ? at : -at - 2; // every place has an edge, so beginnings differ
  }

  private void edge(int end, int piece, double score) {
    if (edges == edgeEnd.length) {
      edgeEnd = Arrays.copyOf(edgeEnd, edges * 2);
      edgePiece = Arrays.copyOf(edgePiece, edges * 2);
      edgeScore = Arrays.copyOf(edgeScore, edges * 2);
    }
    edgeEnd[edges] = end;
    edgePiece[edges] = piece;
    edgeScore[edges++] = score;
  }

  private void ensure() {
    if (edgeStart.length <= length) {
      int capacity = length + (length >> 1) + 1;
      edgeStart = new int[capacity];
      forward = new double[capacity];
      backward = new double[capacity];
      bestEdge = new int[capacity];
    }
  }

  private static double logAdd(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return low < high - 50
        ? high
        : high + Math.log1p(Math.exp(low - high)); // e^-50 is lost in a double
  }
}

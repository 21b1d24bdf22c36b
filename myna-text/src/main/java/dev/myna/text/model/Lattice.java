package dev.myna.text.model;

import java.util.ArrayList;
import java.util.List;

/**
 * All ways in which a unigram model can spell one piece, and the best of them (Viterbi). For
 * looking at, not for speed.
 *
 * @param edges every token that the piece contains, by start and then by end
 */
public record Lattice(List<Edge> edges) {
  /**
   * A token between two places.
   *
   * @param from where it begins, in chars of the piece
   * @param to where it ends
   * @param score its log-probability; of what the vocabulary lacks, that of the unknown token
   * @param known whether the vocabulary has it
   * @param best whether it lies on the best path
   */
  public record Edge(int from, int to, String token, double score, boolean known, boolean best) {}

  public Lattice {
    edges = List.copyOf(edges);
  }

  /** The lattice of a piece, written as the pre-tokenizer hands it to the model. */
  public static Lattice of(Unigram unigram, String piece) {
    List<Edge> edges = new ArrayList<>();
    double[] best = new double[piece.length() + 1];
    int[] chosen = new int[piece.length() + 1]; // index of the edge that ends there
    for (int from = 0; from < piece.length(); ) {
      int next = from + Character.charCount(piece.codePointAt(from));
      boolean single = false;
      int node = 0;
      for (int to = from + 1; to <= piece.length() && node >= 0; to++) {
        node = unigram.trie().step(node, piece.charAt(to - 1));
        int id = node < 0 ? -1 : unigram.trie().id(node);
        if (id >= 0) {
          single |= to == next;
          offer(
              edges,
              best,
              chosen,
              new Edge(from, to, piece.substring(from, to), unigram.score(id), true, false));
        }
      }
      if (!single) {
        offer(
            edges,
            best,
            chosen,
            new Edge(
                from, next, piece.substring(from, next), unigram.unknownScore(), false, false));
      }
      from = next;
    }
    for (int at = piece.length(); at > 0; ) {
      int index = chosen[at] - 1;
      Edge e = edges.get(index);
      edges.set(index, new Edge(e.from(), e.to(), e.token(), e.score(), e.known(), true));
      at = e.from();
    }
    return new Lattice(edges);
  }

  private static void offer(List<Edge> edges, double[] best, int[] chosen, Edge edge) {
    edges.add(edge);
    double candidate = best[edge.from()] + edge.score();
    if (chosen[edge.to()] == 0 || candidate > best[edge.to()]) {
      best[edge.to()] = candidate;
      chosen[edge.to()] = edges.size();
    }
  }

  /** The best path, from the first token to the last. */
  public List<Edge> path() {
    return edges.stream().filter(Edge::best).toList();
  }

  /** The log-probability of the best path. */
  public double score() {
    return path().stream().mapToDouble(Edge::score).sum();
  }
}

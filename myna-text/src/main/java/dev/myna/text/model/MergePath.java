package dev.myna.text.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a BPE model comes from the characters of one piece to its tokens: the merges in the order in
 * which they are made. For looking at, not for speed.
 *
 * @param start what the piece begins as: its characters, or their bytes, or the unknown token
 * @param steps one merge each
 */
public record MergePath(List<String> start, List<Step> steps) {
  /**
   * One merge at one place.
   *
   * @param rank the place of the merge in the model's list; the lowest of a piece goes first
   * @param tokens what the piece is after it
   */
  public record Step(Merge merge, int rank, List<String> tokens) {}

  public MergePath {
    start = List.copyOf(start);
    steps = List.copyOf(steps);
  }

  /** The path of a piece, written as the pre-tokenizer hands it to the model. */
  public static MergePath of(Bpe bpe, String piece) {
    if (bpe.options().ignoreMerges() && bpe.vocabulary().id(piece) >= 0) {
      return new MergePath(List.of(piece), List.of());
    }
    Map<Merge, Integer> ranks = new HashMap<>();
    for (Merge merge : bpe.merges()) {
      ranks.put(merge, ranks.size());
    }
    List<String> start = start(bpe, piece);
    List<String> tokens = new ArrayList<>(start);
    List<Step> steps = new ArrayList<>();
    String prefix = bpe.options().continuingSubwordPrefix();
    int cut = prefix == null ? 0 : prefix.length();
    for (Optional<Step> next = next(tokens, ranks, cut); next.isPresent(); ) {
      steps.add(next.get());
      tokens = next.get().tokens();
      next = next(tokens, ranks, cut);
    }
    return new MergePath(start, steps);
  }

  /** What the piece is in the end. */
  public List<String> tokens() {
    return steps.isEmpty() ? start : steps.getLast().tokens();
  }

  private static Optional<Step> next(List<String> tokens, Map<Merge, Integer> ranks, int cut) {
    int best = Integer.MAX_VALUE;
    int place = -1;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      int rank = ranks.getOrDefault(new Merge(tokens.get(i), tokens.get(i + 1)), best);
      if (rank < best) {
        best = rank;
        place = i;
      }
    }
    if (place < 0) {
      return Optional.empty();
    }
    Merge merge = new Merge(tokens.get(place), tokens.get(place + 1));
    List<String> joined = new ArrayList<>(tokens);
    joined.remove(place + 1);
    String tail = merge.right().substring(Math.min(cut, merge.right().length()));
    joined.set(place, merge.left() + tail);
    return Optional.of(new Step(merge, best, List.copyOf(joined)));
  }

  /** The model's own first cut: its tokens if it had no merges. */
  private static List<String> start(Bpe bpe, String piece) {
    Bpe bare = new Bpe(bpe.vocabulary(), List.of(), bpe.options().withIgnoreMerges(false));
    Tokens tokens = new Tokens();
    bare.segmenter().segment(piece.toCharArray(), 0, piece.length(), tokens);
    List<String> start = new ArrayList<>();
    for (int id : tokens.ids()) {
      start.add(String.valueOf(bpe.vocabulary().token(id)));
    }
    return start;
  }
}

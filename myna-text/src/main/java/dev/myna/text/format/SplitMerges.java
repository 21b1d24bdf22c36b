package dev.myna.text.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges for vocabularies that only rank their tokens: every way to put a token together from two
 * others, in the order of the tokens' ranks.
 */
final class SplitMerges {
  private SplitMerges() {}

  /**
   * Adds the merges to a model.
   *
   * @param tokens what may be merged into, best rank first
   * @param ids all tokens that a merge may join, with their ids
   */
  static void add(List<String> tokens, Map<String, Integer> ids, ObjectNode model) {
    record Split(String left, String right, int leftId, int rightId) {}
    Comparator<Split> order =
        Comparator.comparingInt(Split::leftId).thenComparingInt(Split::rightId);
    for (String token : tokens) {
      List<Split> splits = new ArrayList<>();
      for (int at = 1; at < token.length(); at++) {
        Integer left = ids.get(token.substring(0, at));
        Integer right = left == null ? null : ids.get(token.substring(at));
        if (left != null && right != null) {
          splits.add(new Split(token.substring(0, at), token.substring(at), left, right));
        }
      }
      splits.sort(order);
      splits.forEach(split -> Draft.merge(model, split.left(), split.right()));
    }
  }
}

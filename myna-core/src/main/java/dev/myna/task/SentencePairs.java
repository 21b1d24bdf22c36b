package dev.myna.task;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Two pieces of text, and a question about them: does the second follow the first (Devlin et al.,
 * 2019), or do both stand in their order (Lan et al., 2020)?
 *
 * @param order whether negatives are pairs in the wrong order, not pairs from two texts
 */
public record SentencePairs(boolean order) {
  /** Next-sentence prediction. */
  public static final SentencePairs NEXT = new SentencePairs(false);

  /** Sentence-order prediction. */
  public static final SentencePairs ORDER = new SentencePairs(true);

  /**
   * @param label 0 where the second follows the first, 1 where it does not
   */
  public record Pair(int[] first, int[] second, int label) {}

  /**
   * A pair, half of the time a true one.
   *
   * @param documents of sentences of ids; at least one of two sentences, and for pairs from two
   *     texts at least two
   * @throws IllegalArgumentException if there are too few
   */
  public Pair draw(List<List<int[]>> documents, Random random) {
    List<List<int[]>> whole = documents.stream().filter(d -> d.size() > 1).toList();
    if (whole.isEmpty() || (!order && documents.size() < 2)) {
      throw new IllegalArgumentException(
          "pairs of sentences want a text of at least 2 sentences%s; found %d texts, %d of them so long"
              .formatted(order ? "" : " and another text", documents.size(), whole.size()));
    }
    List<int[]> document = whole.get(random.nextInt(whole.size()));
    int place = random.nextInt(document.size() - 1);
    int[] first = document.get(place);
    int[] second = document.get(place + 1);
    if (random.nextBoolean()) {
      return new Pair(first, second, 0);
    }
    return order
        ? new Pair(second, first, 1)
        : new Pair(first, elsewhere(documents, document, random), 1);
  }

  private static int[] elsewhere(List<List<int[]>> documents, List<int[]> not, Random random) {
    List<List<int[]>> others = documents.stream().filter(d -> d != not && !d.isEmpty()).toList();
    List<int[]> other = others.get(random.nextInt(others.size()));
    return other.get(random.nextInt(other.size()));
  }

  /**
   * {@code [CLS] first [SEP] second [SEP]}, with the kinds 0 and 1; the longer of the two is cut at
   * its end until both fit.
   *
   * @param ids what the model reads
   * @param segments of each token
   */
  public record Joined(int[] ids, int[] segments) {
    /**
     * @param length most tokens, marks included; at least 5
     */
    public static Joined of(Pair pair, int begin, int separator, int length) {
      int room = length - 3;
      int a = pair.first().length;
      int b = pair.second().length;
      while (a + b > room) {
        if (a > b) {
          a--;
        } else {
          b--;
        }
      }
      int[] ids = new int[a + b + 3];
      int[] segments = new int[ids.length];
      ids[0] = begin;
      System.arraycopy(pair.first(), 0, ids, 1, a);
      ids[a + 1] = separator;
      System.arraycopy(pair.second(), 0, ids, a + 2, b);
      ids[a + b + 2] = separator;
      Arrays.fill(segments, a + 2, segments.length, 1);
      return new Joined(ids, segments);
    }
  }
}

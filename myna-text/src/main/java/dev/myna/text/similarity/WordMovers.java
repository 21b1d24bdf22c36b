package dev.myna.text.similarity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The relaxed word mover's distance: how far the words of one text travel to the nearest words of
 * the other, on average; the larger of both directions. A lower bound of the word mover's distance.
 *
 * <p>Kusner and others, "From word embeddings to document distances", 2015.
 */
public final class WordMovers {
  private WordMovers() {}

  /**
   * The distance, from 0; 0 for the same words in any order.
   *
   * @param vectors the vector of a word, null for unknown words, which are passed over
   * @return {@link Double#POSITIVE_INFINITY} when only one of the texts has a known word; 0 when
   *     none has
   */
  public static double relaxed(
      List<String> a, List<String> b, Function<String, double @Nullable []> vectors) {
    Map<String, Weighted> left = weights(a, vectors);
    Map<String, Weighted> right = weights(b, vectors);
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() && right.isEmpty() ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.max(oneWay(left, right), oneWay(right, left));
  }

  private record Weighted(double[] vector, double weight) {}

  private static Map<String, Weighted> weights(
      List<String> words, Function<String, double @Nullable []> vectors) {
    Map<String, Weighted> weights = new LinkedHashMap<>();
    double total = 0;
    for (String word : words) {
      Weighted known = weights.get(word);
      double[] vector = known == null ? vectors.apply(word) : known.vector();
      if (vector != null) {
        weights.put(word, new Weighted(vector, known == null ? 1 : known.weight() + 1));
        total++;
      }
    }
    double all = total;
    weights.replaceAll((word, w) -> new Weighted(w.vector(), w.weight() / all));
    return weights;
  }

  private static double oneWay(Map<String, Weighted> from, Map<String, Weighted> to) {
    double sum = 0;
    for (Weighted word : from.values()) {
      double nearest = Double.POSITIVE_INFINITY;
      for (Weighted other : to.values()) {
        nearest = Math.min(nearest, Vectors.euclidean(word.vector(), other.vector()));
      }
      sum += word.weight() * nearest;
    }
    return sum;
  }
}

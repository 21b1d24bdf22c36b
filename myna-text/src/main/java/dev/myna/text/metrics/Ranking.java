package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One query's ranked documents against judgements, measured as trec_eval does: a document that was
 * not judged is not relevant, a judgement of 1 or more is relevant, and gains are the judgements
 * themselves.
 */
public final class Ranking {
  private final int[] gains; // judgement of the document at each rank, 0 where there is none
  private final int[] ideal; // all positive judgements, descending

  private Ranking(int[] gains, int[] ideal) {
    this.gains = gains;
    this.ideal = ideal;
  }

  /**
   * Ranks documents by their scores in single precision, equal ones by their names from z to a, as
   * trec_eval does.
   *
   * @param judgements of documents, by name
   * @param scores of the documents found, by name
   */
  public static Ranking of(Map<String, Integer> judgements, Map<String, Double> scores) {
    List<String> documents = new ArrayList<>(scores.keySet());
    documents.sort(
        Comparator.<String>comparingDouble(
                name -> scores.getOrDefault(name, 0.0).floatValue() + 0.0)
            .thenComparing(Comparator.naturalOrder())
            .reversed());
    return of(judgements, documents);
  }

  /**
   * @param judgements of documents, by name
   * @param documents names, the best first, each once
   */
  public static Ranking of(Map<String, Integer> judgements, List<String> documents) {
    int[] gains =
        documents.stream()
            .mapToInt(name -> Math.max(0, judgements.getOrDefault(name, 0)))
            .toArray();
    int[] ascending =
        judgements.values().stream().mapToInt(Integer::intValue).filter(g -> g > 0).toArray();
    Arrays.sort(ascending);
    int[] ideal = new int[ascending.length];
    for (int i = 0; i < ideal.length; i++) {
      ideal[i] = ascending[ideal.length - 1 - i];
    }
    return new Ranking(gains, ideal);
  }

  /** How many documents are relevant. */
  public int relevant() {
    return ideal.length;
  }

  private int hits(int k) {
    int hits = 0;
    for (int i = 0; i < Math.min(k, gains.length); i++) {
      hits += gains[i] > 0 ? 1 : 0;
    }
    return hits;
  }

  /** The part of the first k places that holds relevant documents; places left empty count. */
  public double precision(int k) {
    checkDepth(k);
    return (double) hits(k) / k;
  }

  /** The part of the relevant documents within the first k. */
  public double recall(int k) {
    checkDepth(k);
    return ClassScores.ratio(hits(k), relevant());
  }

  /** 1 where a relevant document is within the first k, else 0. */
  public double success(int k) {
    checkDepth(k);
    return hits(k) > 0 ? 1 : 0;
  }

  /** Precision at as many places as there are relevant documents. */
  public double rPrecision() {
    return ClassScores.ratio(hits(relevant()), relevant());
  }

  /** One over the rank of the first relevant document; 0 where there is none. */
  public double reciprocalRank() {
    for (int i = 0; i < gains.length; i++) {
      if (gains[i] > 0) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  /** The mean over relevant documents of the precision at their ranks; 0 for those not found. */
  public double averagePrecision() {
    double sum = 0;
    int hits = 0;
    for (int i = 0; i < gains.length; i++) {
      if (gains[i] > 0) {
        sum += (double) ++hits / (i + 1);
      }
    }
    return ClassScores.ratio(sum, relevant());
  }

  /** Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002) of the first k. */
  public double ndcg(int k) {
    checkDepth(k);
    return ClassScores.ratio(discounted(gains, k), discounted(ideal, k));
  }

  /** {@link #ndcg(int)} of all documents. */
  public double ndcg() {
    return ndcg(Integer.MAX_VALUE);
  }

  private static double discounted(int[] gains, int k) {
    double sum = 0;
    for (int i = 0; i < Math.min(k, gains.length); i++) {
      sum += gains[i] * Math.log(2) / Math.log(i + 2);
    }
    return sum;
  }

  private static void checkDepth(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("depth must be at least 1: " + k);
    }
  }
}

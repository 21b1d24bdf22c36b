package dev.myna.text.vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of sentences from vectors of words: their mean, or SIF, the mean weighted by a / (a + p)
 * for words of probability p, less the direction that all sentences share (Arora, Liang and Ma,
 * 2017).
 */
public final class SentenceVectors {
  private final WordVectors words;
  private final double smoothing; // 0 for a plain mean
  private final float[] common; // of unit length; empty while there is none

  private SentenceVectors(WordVectors words, double smoothing, float[] common) {
    this.words = words;
    this.smoothing = smoothing;
    this.common = common;
  }

  /** Plain means. */
  public static SentenceVectors mean(WordVectors words) {
    return new SentenceVectors(words, 0, new float[0]);
  }

  /**
   * SIF, with the common direction taken from given sentences.
   *
   * @param words with counts; see {@link WordVectors#withCounts}
   * @param smoothing the weight's a; the paper takes 1e-3
   * @param sentences each a list of words
   * @throws VectorsException if the word counts are not known
   */
  public static SentenceVectors sif(
      WordVectors words, double smoothing, List<? extends List<String>> sentences) {
    Require.positive("smoothing", smoothing);
    if (words.vocabulary().total() == 0) {
      throw new VectorsException(
          "SIF wants to know how often words are, and these vectors come without counts; give it a"
              + " vocabulary file or the training text");
    }
    var weighted = new SentenceVectors(words, smoothing, new float[0]);
    var vectors = new ArrayList<float[]>();
    for (List<String> sentence : sentences) {
      vectors.add(weighted.vector(sentence));
    }
    float[][] directions = PrincipalComponents.directions(vectors, words.dimension(), 1);
    return new SentenceVectors(words, smoothing, directions[0]);
  }

  /** The sentence's vector; words without one are left out, and none at all gives zeros. */
  public float[] vector(List<String> sentence) {
    var sum = new double[words.dimension()];
    int known = 0;
    for (String word : sentence) {
      int id = words.vocabulary().id(word);
      if (id >= 0) {
        known++;
        double weight = weight(id);
        float[] vector = words.vector(id);
        for (int j = 0; j < sum.length; j++) {
          sum[j] += weight * vector[j];
        }
      }
    }
    var mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / Math.max(known, 1));
    }
    removeCommon(mean);
    return mean;
  }

  private double weight(int id) {
    if (smoothing == 0) {
      return 1;
    }
    double probability = (double) words.vocabulary().count(id) / words.vocabulary().total();
    return smoothing / (smoothing + probability);
  }

  private void removeCommon(float[] vector) {
    double dot = 0;
    for (int j = 0; j < common.length; j++) {
      dot += vector[j] * common[j];
    }
    for (int j = 0; j < common.length; j++) {
      vector[j] -= (float) (dot * common[j]);
    }
  }
}

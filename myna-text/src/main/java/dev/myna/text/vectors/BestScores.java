package dev.myna.text.vectors;

import java.util.Arrays;

/** Keeps the ids of the highest scores, the highest first; of equal scores the first come. */
final class BestScores {
  private final int[] ids;
  private final float[] scores;
  private int size;

  BestScores(int capacity) {
    ids = new int[capacity];
    scores = new float[capacity];
  }

  boolean wants(float score) {
    return size < ids.length || score > scores[size - 1];
  }

  void add(int id, float score) {
    int at = size < ids.length ? size++ : size - 1;
    while (at > 0 && scores[at - 1] < score) {
      ids[at] = ids[at - 1];
      scores[at] = scores[at - 1];
      at--;
    }
    ids[at] = id;
    scores[at] = score;
  }

  int[] ids() {
    return Arrays.copyOf(ids, size);
  }
}

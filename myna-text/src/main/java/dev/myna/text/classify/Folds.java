package dev.myna.text.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Divides examples into those to learn from and those to be judged by. */
public final class Folds {
  private Folds() {}

  /**
   * Folds that have each class in nearly its share, in the order of the examples. The division is
   * that of scikit-learn's {@code StratifiedKFold} without shuffling.
   *
   * @return the numbers of the examples of each fold, ascending
   * @throws ClassifierException when no class has an example for every fold
   */
  public static List<int[]> stratified(int[] labels, int classes, int folds) {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "There are at least 2 folds, but %d were wanted.".formatted(folds));
    }
    // Classes in the order in which they are met, as the division depends on it.
    int[] rank = new int[classes];
    Arrays.fill(rank, -1);
    int met = 0;
    int[] ranks = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (rank[labels[i]] < 0) {
        rank[labels[i]] = met++;
      }
      ranks[i] = rank[labels[i]];
    }
    int[] counts = new int[met];
    for (int r : ranks) {
      counts[r]++;
    }
    int most = Arrays.stream(counts).max().orElse(0);
    if (most < folds) {
      throw new ClassifierException(
          "%d folds were wanted, but no class has that many examples; the largest has %d."
              .formatted(folds, most));
    }
    int[] sorted = Arrays.stream(ranks).sorted().toArray();
    int[][] left = new int[met][folds];
    for (int i = 0; i < sorted.length; i++) {
      left[sorted[i]][i % folds]++;
    }
    List<List<Integer>> result = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      result.add(new ArrayList<>());
    }
    int[] at = new int[met];
    for (int i = 0; i < ranks.length; i++) {
      int r = ranks[i];
      while (left[r][at[r]] == 0) {
        at[r]++;
      }
      left[r][at[r]]--;
      result.get(at[r]).add(i);
    }
    return result.stream().map(f -> f.stream().mapToInt(i -> i).toArray()).toList();
  }

  /** The numbers below n that are not among those given, which ascend. */
  public static int[] others(int n, int[] without) {
    boolean[] out = new boolean[n];
    for (int i : without) {
      out[i] = true;
    }
    return IntStream.range(0, n).filter(i -> !out[i]).toArray();
  }

  /** The numbers below n in a random order. */
  public static int[] shuffled(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}

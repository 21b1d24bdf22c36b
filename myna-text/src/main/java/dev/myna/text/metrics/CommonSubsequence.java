package dev.myna.text.metrics;

/**
 * Longest common subsequences of two texts given as word numbers. Time is the product of the
 * lengths.
 */
final class CommonSubsequence {
  /** Bits of the table of directions: 256 MiB. */
  private static final long LARGEST_TABLE = 1L << 31;

  private CommonSubsequence() {}

  /** Its length alone, in memory linear in {@code b}. */
  static int length(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int word : a) {
      int diagonal = 0;
      int left = 0;
      for (int j = 1; j <= b.length; j++) {
        int above = row[j];
        left = word == b[j - 1] ? diagonal + 1 : Math.max(above, left);
        row[j] = left;
        diagonal = above;
      }
    }
    return row[b.length];
  }

  /**
   * Marks the words of {@code a} that one longest common subsequence holds; of several the one that
   * ROUGE-1.5.5 finds, which goes up in the table before it goes left.
   *
   * @param weight 1 counts matches; above 1 runs of matches are worth more (ROUGE-W)
   */
  static void mark(int[] a, int[] b, double weight, boolean[] marks) {
    long cells = (long) a.length * b.length;
    if (cells > LARGEST_TABLE) {
      throw new MetricException(
          "sentences of at most %,d words are wanted, found %,d and %,d; separate the sentences"
              .formatted((long) Math.sqrt(LARGEST_TABLE), a.length, b.length));
    }
    long[] lefts = new long[(int) (cells + 63 >>> 6)];
    if (weight == 1) {
      fill(a, b, lefts);
    } else {
      fillWeighted(a, b, weight, lefts);
    }
    int i = a.length;
    int j = b.length;
    while (i > 0 && j > 0) {
      if (a[i - 1] == b[j - 1]) {
        marks[--i] = true;
        j--;
      } else if (isLeft(lefts, (long) (i - 1) * b.length + j - 1)) {
        j--;
      } else {
        i--;
      }
    }
  }

  private static boolean isLeft(long[] lefts, long cell) {
    return (lefts[(int) (cell >>> 6)] & 1L << cell) != 0;
  }

  private static void fill(int[] a, int[] b, long[] lefts) {
    int[] row = new int[b.length + 1];
    long cell = 0;
    for (int word : a) {
      int diagonal = 0;
      int left = 0;
      for (int j = 1; j <= b.length; j++, cell++) {
        int above = row[j];
        if (word == b[j - 1]) {
          left = diagonal + 1;
        } else if (left > above) {
          lefts[(int) (cell >>> 6)] |= 1L << cell;
        } else {
          left = above;
        }
        row[j] = left;
        diagonal = above;
      }
    }
  }

  private static void fillWeighted(int[] a, int[] b, double weight, long[] lefts) {
    double[] row = new double[b.length + 1];
    int[] runs = new int[b.length + 1]; // matches in a row that end here
    long cell = 0;
    for (int word : a) {
      double diagonal = 0;
      int diagonalRun = 0;
      double left = 0;
      for (int j = 1; j <= b.length; j++, cell++) {
        double above = row[j];
        int aboveRun = runs[j];
        if (word == b[j - 1]) {
          left = diagonal + Math.pow(diagonalRun + 1, weight) - Math.pow(diagonalRun, weight);
          runs[j] = diagonalRun + 1;
        } else {
          runs[j] = 0;
          if (left > above) {
            lefts[(int) (cell >>> 6)] |= 1L << cell;
          } else {
            left = above;
          }
        }
        row[j] = left;
        diagonal = above;
        diagonalRun = aboveRun;
      }
    }
  }
}

package dev.myna.text.similarity;

import java.util.HashMap;
import java.util.Map;

/** Distances of strings by their code points. Memory is linear except where noted. */
public final class Strings {
  private Strings() {}

  /** The fewest insertions, deletions and replacements that turn one into the other. */
  public static int levenshtein(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    int[] row = new int[y.length + 1];
    for (int j = 0; j <= y.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length; j++) {
        int above = row[j];
        row[j] =
            Math.min(Math.min(above, row[j - 1]) + 1, diagonal + (x[i - 1] == y[j - 1] ? 0 : 1));
        diagonal = above;
      }
    }
    return row[y.length];
  }

  /**
   * As {@link #levenshtein}, and an exchange of two neighbours counts one (Damerau's distance
   * without restriction: characters may be edited between the exchanged ones). Needs memory for the
   * product of the lengths.
   *
   * @throws IllegalArgumentException when that product is above a hundred million
   */
  public static int damerau(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    if ((long) x.length * y.length > 100_000_000) {
      throw new IllegalArgumentException(
          "Damerau's distance compares strings with a product of lengths up to 100 million, but got %d times %d characters."
              .formatted(x.length, y.length));
    }
    int most = x.length + y.length;
    int[][] d = new int[x.length + 2][y.length + 2];
    d[0][0] = most;
    for (int i = 0; i <= x.length; i++) {
      d[i + 1][0] = most;
      d[i + 1][1] = i;
    }
    for (int j = 0; j <= y.length; j++) {
      d[0][j + 1] = most;
      d[1][j + 1] = j;
    }
    Map<Integer, Integer> lastRow = new HashMap<>();
    for (int i = 1; i <= x.length; i++) {
      int lastColumn = 0;
      for (int j = 1; j <= y.length; j++) {
        int k = lastRow.getOrDefault(y[j - 1], 0);
        int l = lastColumn;
        boolean same = x[i - 1] == y[j - 1];
        if (same) {
          lastColumn = j;
        }
        int edit = Math.min(d[i][j] + (same ? 0 : 1), Math.min(d[i + 1][j], d[i][j + 1]) + 1);
        d[i + 1][j + 1] = Math.min(edit, d[k][l] + (i - k - 1) + 1 + (j - l - 1));
      }
      lastRow.put(x[i - 1], i);
    }
    return d[x.length + 1][y.length + 1];
  }

  /** Jaro's similarity, in [0, 1]; 1 for two empty strings. */
  public static double jaro(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    if (x.length == 0 || y.length == 0) {
      return x.length == y.length ? 1 : 0;
    }
    int window = Math.max(0, Math.max(x.length, y.length) / 2 - 1);
    boolean[] usedX = new boolean[x.length];
    boolean[] usedY = new boolean[y.length];
    int matches = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = Math.max(0, i - window); j < Math.min(y.length, i + window + 1); j++) {
        if (!usedY[j] && x[i] == y[j]) {
          usedX[i] = true;
          usedY[j] = true;
          matches++;
          break;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    int outOfOrder = 0;
    int j = 0;
    for (int i = 0; i < x.length; i++) {
      if (usedX[i]) {
        while (!usedY[j]) {
          j++;
        }
        if (x[i] != y[j++]) {
          outOfOrder++;
        }
      }
    }
    double m = matches;
    // Two characters out of order are one transposition.
    return (m / x.length + m / y.length + (m - outOfOrder / 2) / m) / 3;
  }

  /** Jaro's similarity, raised for up to four equal first characters by a tenth each, in [0, 1]. */
  public static double jaroWinkler(String a, String b) {
    double jaro = jaro(a, b);
    int[] x = a.codePoints().limit(4).toArray();
    int[] y = b.codePoints().limit(4).toArray();
    int prefix = 0;
    while (prefix < Math.min(x.length, y.length) && x[prefix] == y[prefix]) {
      prefix++;
    }
    return jaro + prefix * 0.1 * (1 - jaro);
  }
}

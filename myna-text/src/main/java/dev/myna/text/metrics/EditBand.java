package dev.myna.text.metrics;

import java.util.Arrays;

/**
 * Levenshtein's distance of hypotheses of one length to one reference, within a band around the
 * diagonal. The band's rows of the hypothesis aligned last are kept, so that a variant of it is
 * measured from its first changed word on. Memory is linear in both lengths.
 */
final class EditBand {
  private static final int HALF_WIDTH = 25;
  private static final int FAR = 1 << 29;

  private final int[] reference;
  private final int length;
  private final int[] from; // first cell of each row within the band
  private final int[] to; // the cell behind the last
  private final int[][] rows; // the band's cells only
  private int[] above;
  private int[] current;

  /**
   * @param reference its words' numbers
   * @param length words in each hypothesis
   */
  EditBand(int[] reference, int length) {
    this.reference = reference;
    this.length = length;
    int width = reference.length + 1;
    above = new int[width];
    current = new int[width];
    from = new int[length + 1];
    to = new int[length + 1];
    rows = new int[length + 1][];
    double ratio = length == 0 ? 1 : (double) reference.length / length;
    int half = HALF_WIDTH < ratio / 2 ? (int) Math.ceil(ratio / 2 + HALF_WIDTH) : HALF_WIDTH;
    for (int i = 1; i <= length; i++) {
      int diagonal = (int) Math.floor(i * ratio);
      from[i] = Math.max(0, diagonal - half);
      to[i] = i == length ? width : Math.min(width, diagonal + half);
    }
    to[0] = width;
    rows[0] = new int[width];
    for (int j = 0; j < width; j++) {
      rows[0][j] = j;
    }
  }

  /** The distance of this hypothesis; its rows are kept for {@link #distance}. */
  int align(int[] words) {
    load(0);
    for (int i = 1; i <= length; i++) {
      row(words, i);
      rows[i] = Arrays.copyOfRange(above, from[i], to[i]);
    }
    return above[reference.length];
  }

  /**
   * The distance of a variant of the hypothesis aligned last.
   *
   * @param same how many of its first words are that hypothesis' own
   */
  int distance(int[] words, int same) {
    load(same);
    for (int i = same + 1; i <= length; i++) {
      row(words, i);
    }
    return above[reference.length];
  }

  private void load(int row) {
    System.arraycopy(rows[row], 0, above, from[row], rows[row].length);
    clearAround(above, row);
  }

  /** The cells beside the band that the next row looks at are far away. */
  private void clearAround(int[] cells, int row) {
    if (from[row] > 0) {
      cells[from[row] - 1] = FAR;
    }
    int next = row < length ? to[row + 1] : to[row];
    if (to[row] < next) {
      Arrays.fill(cells, to[row], next, FAR);
    }
  }

  /** Computes row i from {@link #above} and makes it the new {@link #above}. */
  private void row(int[] words, int i) {
    int[] last = above;
    int[] next = current;
    int word = words[i - 1];
    int left = FAR;
    int end = to[i];
    for (int j = from[i]; j < end; j++) {
      int best = last[j] + 1;
      if (j > 0) {
        int diagonal = last[j - 1] + (word == reference[j - 1] ? 0 : 1);
        best = Math.min(Math.min(diagonal, best), left + 1);
      }
      best = Math.min(best, FAR);
      next[j] = best;
      left = best;
    }
    clearAround(next, i);
    above = next;
    current = last;
  }

  private int cell(int i, int j) {
    return j < from[i] || j >= to[i] ? FAR : rows[i][j - from[i]];
  }

  /** Reads the alignment of the hypothesis aligned last out of its rows. */
  ShiftSearch.Alignment alignment(int[] words) {
    int[] hypothesisOf = new int[reference.length];
    int[] hypothesisErrors = new int[length + 1];
    int[] referenceErrors = new int[reference.length + 1];
    int i = length;
    int j = reference.length;
    while (i > 0 || j > 0) {
      int cost = cell(i, j);
      boolean same = i > 0 && j > 0 && words[i - 1] == reference[j - 1];
      // Tercom prefers to keep or substitute, then to drop a word, then to add one
      if (i > 0 && j > 0 && cell(i - 1, j - 1) + (same ? 0 : 1) == cost) {
        hypothesisOf[--j] = --i;
        hypothesisErrors[i + 1] = same ? 0 : 1;
        referenceErrors[j + 1] = same ? 0 : 1;
      } else if (i > 0 && cell(i - 1, j) + 1 == cost) {
        hypothesisErrors[i--] = 1;
      } else {
        hypothesisOf[--j] = i - 1;
        referenceErrors[j + 1] = 1;
      }
    }
    accumulate(hypothesisErrors);
    accumulate(referenceErrors);
    return new ShiftSearch.Alignment(hypothesisOf, hypothesisErrors, referenceErrors);
  }

  private static void accumulate(int[] counts) {
    for (int k = 1; k < counts.length; k++) {
      counts[k] += counts[k - 1];
    }
  }
}

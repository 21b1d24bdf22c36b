package dev.myna.text.vectors;

/**
 * The word itself and words drawn by a power of their frequency, in constant time and small memory
 * (alias method: Walker, 1977).
 */
final class NegativeSampler implements Targets {
  private final int samples;
  private final int stride;
  private final boolean redraw;
  private final int words;
  private final int[] alias; // word 2i: share of its own as an unsigned 32-bit number, 2i + 1: else

  /**
   * @param stride floats between the starts of output rows
   * @param redraw whether a draw of the word itself is drawn again (fastText) or dropped (word2vec)
   */
  NegativeSampler(long[] counts, double power, int samples, int stride, boolean redraw) {
    this.samples = samples;
    this.stride = stride;
    this.redraw = redraw && counts.length > 1;
    words = counts.length;
    alias = table(counts, power);
  }

  private static int[] table(long[] counts, double power) {
    int n = counts.length;
    double sum = 0;
    for (long count : counts) {
      sum += Math.pow(count, power);
    }
    var share = new double[n];
    var small = new int[n];
    var large = new int[n];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < n; i++) {
      share[i] = sum > 0 ? Math.pow(counts[i], power) * n / sum : 1;
      if (share[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    var table = new int[2 * n];
    for (int i = 0; i < n; i++) {
      table[2 * i] = -1;
      table[2 * i + 1] = i;
    }
    while (smalls > 0 && larges > 0) {
      int s = small[--smalls];
      int l = large[larges - 1];
      table[2 * s] = (int) (long) (share[s] * 0xFFFFFFFFL);
      table[2 * s + 1] = l;
      share[l] -= 1 - share[s];
      if (share[l] < 1) {
        larges--;
        small[smalls++] = l;
      }
    }
    return table;
  }

  @Override
  public int most() {
    return samples + 1;
  }

  @Override
  public int outputs() {
    return words;
  }

  int draw(Draws draws) {
    long bits = draws.next();
    int i = (int) (((bits >>> 32) * words) >>> 32);
    return (bits & 0xFFFFFFFFL) <= (alias[2 * i] & 0xFFFFFFFFL) ? i : alias[2 * i + 1];
  }

  @Override
  public int fill(int word, Draws draws, int[] rows, float[] answers) {
    rows[0] = word * stride;
    answers[0] = 1;
    int count = 1;
    for (int i = 0; i < samples; i++) {
      int other = draw(draws);
      while (redraw && other == word) {
        other = draw(draws);
      }
      if (other != word) {
        rows[count] = other * stride;
        answers[count++] = 0;
      }
    }
    return count;
  }
}

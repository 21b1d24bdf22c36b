package dev.myna.spec;

/**
 * Multi-head attention (Vaswani et al., 2017), with fewer key heads where several heads share keys
 * and values (Shazeer, 2019; Ainslie et al., 2023).
 *
 * @param heads H
 * @param keyHeads G, heads for keys and values: a divisor of {@code heads}
 * @param headSize D
 * @param bias whether queries, keys and values have biases
 * @param outBias whether the output has a bias
 * @param scale by which scores are multiplied
 */
public record AttentionSpec(
    int heads, int keyHeads, int headSize, boolean bias, boolean outBias, double scale) {
  public AttentionSpec {
    Require.positive("heads", heads);
    Require.positive("keyHeads", keyHeads);
    Require.positive("headSize", headSize);
    Require.that(
        heads % keyHeads == 0,
        "heads must be a multiple of keyHeads: %d %% %d is %d",
        heads,
        keyHeads,
        heads % keyHeads);
  }

  /** Heads that share nothing, with biases, scaled by the root of their size. */
  public static AttentionSpec full(int width, int heads) {
    Require.positive("heads", heads);
    Require.that(
        width % heads == 0,
        "width must be a multiple of heads: %d %% %d is %d",
        width,
        heads,
        width % heads);
    int headSize = width / heads;
    return new AttentionSpec(heads, heads, headSize, true, true, 1 / Math.sqrt(headSize));
  }

  /** H·D. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** G·D. */
  public int keyWidth() {
    return keyHeads * headSize;
  }
}

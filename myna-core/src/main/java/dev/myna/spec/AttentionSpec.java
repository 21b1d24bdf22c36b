package dev.myna.spec;

import java.util.Optional;

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
 * @param window how many positions a query sees, its own included, counted backwards (Beltagy et
 *     al., 2020); 0 for all
 * @param softCap scores are squeezed into ±this by a hyperbolic tangent (Gemma 2); 0 for no cap
 * @param headNorm of each head's queries and keys before they are turned (Henry et al., 2020)
 */
public record AttentionSpec(
    int heads,
    int keyHeads,
    int headSize,
    boolean bias,
    boolean outBias,
    double scale,
    int window,
    double softCap,
    Optional<NormSpec> headNorm) {
  public AttentionSpec {
    Require.positive("heads", heads);
    Require.positive("keyHeads", keyHeads);
    Require.positive("headSize", headSize);
    Require.that(window >= 0, "window must not be negative, found %d", window);
    Require.that(softCap >= 0, "softCap must not be negative, found %s", softCap);
    Require.that(
        heads % keyHeads == 0,
        "heads must be a multiple of keyHeads: %d %% %d is %d",
        heads,
        keyHeads,
        heads % keyHeads);
  }

  /** Attention to everything, scaled by the root of the size of a head. */
  public AttentionSpec(int heads, int keyHeads, int headSize, boolean bias, boolean outBias) {
    this(heads, keyHeads, headSize, bias, outBias, 1 / Math.sqrt(headSize), 0, 0, Optional.empty());
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
    return new AttentionSpec(heads, heads, width / heads, true, true);
  }

  /** The same with another scale. */
  public AttentionSpec scaled(double other) {
    return new AttentionSpec(
        heads, keyHeads, headSize, bias, outBias, other, window, softCap, headNorm);
  }

  /** The same within a window; 0 for none. */
  public AttentionSpec windowed(int positions) {
    return new AttentionSpec(
        heads, keyHeads, headSize, bias, outBias, scale, positions, softCap, headNorm);
  }

  /** The same with capped scores; 0 for no cap. */
  public AttentionSpec capped(double cap) {
    return new AttentionSpec(
        heads, keyHeads, headSize, bias, outBias, scale, window, cap, headNorm);
  }

  /** The same with norms of queries and keys. */
  public AttentionSpec headNormed(NormSpec norm) {
    return new AttentionSpec(
        heads, keyHeads, headSize, bias, outBias, scale, window, softCap, Optional.of(norm));
  }

  /** The same with or without all its biases. */
  public AttentionSpec biased(boolean all) {
    return new AttentionSpec(heads, keyHeads, headSize, all, all, scale, window, softCap, headNorm);
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

package dev.myna.nn;

import dev.myna.tensor.Tensor;

/**
 * What the layers of one pass through a model share.
 *
 * @param positions (1, T) or (B, T): where the tokens stand
 * @param mask which keys they see
 * @param cache what is remembered of earlier positions
 * @param taps who listens
 */
public record Pass(Tensor positions, Mask mask, Cache cache, Taps taps) {}

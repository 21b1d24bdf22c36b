package dev.myna.nn;

import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of one pass share.
 *
 * @param positions (1, T) or (B, T): where the tokens stand
 * @param placed whether the positions were given, rather than counted from the first token on
 * @param rotation of queries and keys by the positions; null where each layer makes its own
 * @param bias what positions add to the scores of all layers, (1, H, T, S); null where each layer
 *     sees to it
 * @param segments (B, T): which kind of text each token belongs to; null for kind 0
 * @param mask which keys they see
 * @param cache what is remembered of earlier positions
 * @param memory what the encoder made of another text; {@link Memory#NONE} without an encoder
 * @param taps who listens
 */
public record Pass(
    Tensor positions,
    boolean placed,
    Positions.@Nullable Rotation rotation,
    @Nullable Tensor bias,
    @Nullable Tensor segments,
    Mask mask,
    Cache cache,
    Memory memory,
    Taps taps) {

  /** A pass over text of one kind, with no other text to look at. */
  public Pass(Tensor positions, Mask mask, Cache cache, Taps taps) {
    this(positions, false, null, null, null, mask, cache, Memory.NONE, taps);
  }

  /**
   * A pass over whole texts, without a cache.
   *
   * @param ids (B, T)
   */
  public static Pass whole(Tensor ids, Mask mask) {
    Tensor positions = Tensor.range(0, ids.size(1), ids.device()).unsqueeze(0); // (1, T)
    return new Pass(positions, mask, Cache.NONE, Taps.NONE);
  }

  /** The same with somebody who listens. */
  public Pass with(Taps other) {
    return new Pass(positions, placed, rotation, bias, segments, mask, cache, memory, other);
  }

  /** The same with tokens that stand elsewhere, (1, T) or (B, T). */
  public Pass withPositions(Tensor places) {
    return new Pass(places, true, null, null, segments, mask, cache, memory, taps);
  }

  /** The same with what positions do alike in all layers. */
  Pass with(Positions.Rotation rotated, @Nullable Tensor added) {
    return new Pass(positions, placed, rotated, added, segments, mask, cache, memory, taps);
  }

  /** The same with another text to look at. */
  public Pass with(Memory other) {
    return new Pass(positions, placed, rotation, bias, segments, mask, cache, other, taps);
  }

  /** The same with tokens of several kinds, (B, T). */
  public Pass withSegments(@Nullable Tensor kinds) {
    return new Pass(positions, placed, rotation, bias, kinds, mask, cache, memory, taps);
  }
}

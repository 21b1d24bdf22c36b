package dev.myna.spec;

import java.util.Optional;

/**
 * One block of a stack: attention and feed-forward, each in a residual.
 *
 * @param cross attention to an encoder's output, between the two
 */
public record BlockSpec(
    NormSpec norm,
    NormPlace place,
    AttentionSpec attention,
    Optional<AttentionSpec> cross,
    FeedForwardSpec feedForward) {

  /** A block that looks at nothing but its own text. */
  public BlockSpec(
      NormSpec norm, NormPlace place, AttentionSpec attention, FeedForwardSpec feedForward) {
    this(norm, place, attention, Optional.empty(), feedForward);
  }

  /** The same with other attention. */
  public BlockSpec with(AttentionSpec other) {
    return new BlockSpec(norm, place, other, cross, feedForward);
  }

  /** The same with attention of the same kind to an encoder's output. */
  public BlockSpec crossing() {
    return new BlockSpec(norm, place, attention, Optional.of(attention), feedForward);
  }
}

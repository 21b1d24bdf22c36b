package dev.myna.spec;

import java.util.List;
import java.util.Optional;

/**
 * From ids to hidden states: embeddings, blocks, and what comes after the last block.
 *
 * @param blocks from the embeddings to the top; at least one
 * @param finalNorm after the last block
 */
public record TowerSpec(
    EmbeddingSpec embedding,
    List<BlockSpec> blocks,
    Optional<NormSpec> finalNorm,
    DropoutSpec dropout) {
  public TowerSpec {
    blocks = List.copyOf(blocks);
    Require.positive("layers", blocks.size());
    for (BlockSpec block : blocks) {
      fits(embedding.positions(), block.attention());
    }
  }

  private static void fits(PositionSpec positions, AttentionSpec attention) {
    switch (positions) {
      case PositionSpec.Rotary rotary ->
          Require.that(
              rotary.headSize() <= attention.headSize(),
              "rotary positions turn at most a head of %d elements, found %s",
              attention.headSize(),
              rotary);
      case PositionSpec.RelativeBias bias -> sameHeads(bias.heads(), attention);
      case PositionSpec.Alibi alibi -> sameHeads(alibi.heads(), attention);
      case PositionSpec.Shaw shaw ->
          Require.that(
              shaw.headSize() == attention.headSize(),
              "relative positions of %d elements do not fit heads of %d",
              shaw.headSize(),
              attention.headSize());
      case PositionSpec.None none -> {}
      case PositionSpec.Learned learned -> {}
      case PositionSpec.Sinusoidal sinusoidal -> {}
    }
  }

  private static void sameHeads(int heads, AttentionSpec attention) {
    Require.that(
        heads == attention.heads(),
        "positions for %d heads do not fit attention of %d",
        heads,
        attention.heads());
  }
}

package dev.myna.spec;

import java.util.List;

/** A model, described. */
public sealed interface ModelSpec {
  /** V. */
  int vocabulary();

  /** C. */
  int width();

  /** The longest text that the model was made for, in tokens. */
  int context();

  /**
   * A causal language model.
   *
   * @param vocabulary V
   * @param width C
   * @param context longest text
   * @param positions how it knows where a token stands
   * @param blocks the stack, from the embeddings to the head
   * @param finalNorm whether a norm follows the last block
   * @param head how logits are made
   * @param dropout while training
   * @param initialDeviation standard deviation of fresh weights
   */
  record Decoder(
      int vocabulary,
      int width,
      int context,
      PositionSpec positions,
      List<BlockSpec> blocks,
      boolean finalNorm,
      HeadSpec head,
      DropoutSpec dropout,
      double initialDeviation)
      implements ModelSpec {
    public Decoder {
      Require.positive("vocabulary", vocabulary);
      Require.positive("width", width);
      Require.positive("context", context);
      blocks = List.copyOf(blocks);
      Require.positive("layers", blocks.size());
      Require.that(
          !(positions instanceof PositionSpec.Learned learned) || learned.context() == context,
          "a model with learned positions has exactly that context: %s, found %d",
          positions,
          context);
      for (BlockSpec block : blocks) {
        Require.that(
            !(positions instanceof PositionSpec.Rotary rotary)
                || rotary.headSize() <= block.attention().headSize(),
            "rotary positions turn at most a head of %d elements, found %s",
            block.attention().headSize(),
            positions);
      }
    }
  }
}

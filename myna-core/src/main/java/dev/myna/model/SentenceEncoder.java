package dev.myna.model;

import dev.myna.nn.Mask;
import dev.myna.nn.Module;
import dev.myna.nn.Pass;
import dev.myna.nn.SentenceLayers;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Random;
import dev.myna.tensor.Tensor;

/**
 * A Transformer whose hidden states become one vector a text (Sentence-BERT, Reimers and Gurevych,
 * 2019). In a decoder each token sees those before it alone, as it was trained.
 */
public final class SentenceEncoder extends Module {
  private final Transformer encoder;
  private final SentenceLayers layers;
  private final Mask mask;

  /**
   * @param encoder an encoder or a decoder
   * @param layers for hidden states of its width
   * @throws IllegalArgumentException if the model is an encoder-decoder, of which nobody has said
   *     what its hidden states are
   */
  public SentenceEncoder(Transformer encoder, SentenceLayers layers) {
    mask =
        switch (encoder.spec()) {
          case ModelSpec.Encoder only -> Mask.ALL;
          case ModelSpec.Decoder only -> Mask.CAUSAL;
          case ModelSpec.EncoderDecoder both ->
              throw new IllegalArgumentException(
                  "vectors of texts are made by an encoder or a decoder alone, found both");
        };
    this.encoder = child("encoder", encoder);
    this.layers = child("layers", layers);
  }

  /**
   * Layers with fresh weights, as {@code torch.nn} has them.
   *
   * @param width C, of the hidden states
   */
  public static SentenceLayers fresh(SentenceSpec spec, int width, long seed) {
    SentenceLayers layers = new SentenceLayers(spec, width);
    Initialization.initialize(layers, 0, Random.seeded(seed));
    return layers;
  }

  public SentenceLayers layers() {
    return layers;
  }

  /**
   * @param ids (B, T)
   * @param there (B, T) boolean: where there is no padding
   * @return (B, E), float32
   */
  public Tensor forward(Tensor ids, Tensor there) {
    Tensor hidden = encoder.hidden(ids, Pass.whole(ids, new Mask.Padding(mask, there)));
    return layers.forward(hidden.to(DType.FLOAT32), ids, there);
  }
}

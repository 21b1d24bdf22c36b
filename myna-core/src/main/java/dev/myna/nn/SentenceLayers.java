package dev.myna.nn;

import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes one vector of the hidden states of a text. Layers are numbered from 1: the encoder is
 * 0.
 */
public final class SentenceLayers extends Module {
  private final SentenceSpec spec;
  private final List<SentenceLayer> layers = new ArrayList<>();

  /**
   * @param width C, of the hidden states
   */
  public SentenceLayers(SentenceSpec spec, int width) {
    this.spec = spec;
    int in = width;
    for (SentenceSpec.Layer layer : spec.layers()) {
      layers.add(child(Integer.toString(layers.size() + 1), SentenceLayer.of(layer, in)));
      in = layer.outOf(in);
    }
  }

  public SentenceSpec spec() {
    return spec;
  }

  /**
   * @param hidden (B, T, C), float32
   * @param ids (B, T)
   * @param there (B, T) boolean: where there is no padding
   * @return (B, E), float32
   */
  public Tensor forward(Tensor hidden, Tensor ids, Tensor there) {
    Tensor x = hidden;
    for (SentenceLayer layer : layers) {
      x = layer.forward(x, ids, there);
    }
    return x;
  }
}

package dev.myna.nn;

import dev.myna.spec.AttentionSpec;
import dev.myna.tensor.Tensor;

/**
 * Multi-head attention (Vaswani et al., 2017), with shared key and value heads where the spec has
 * fewer of them.
 */
public final class Attention extends Module {
  private final AttentionSpec spec;
  private final int layer;
  private final Positions positions;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;
  private final Dropout dropout;

  /**
   * @param width C
   * @param layer number of the block, for caches and taps
   * @param positions of the model; shared by its layers
   * @param dropout probability of dropping a weight
   */
  public Attention(AttentionSpec spec, int width, int layer, Positions positions, double dropout) {
    this.spec = spec;
    this.layer = layer;
    this.positions = positions;
    query = child("query", new Linear(width, spec.queryWidth(), spec.bias()));
    key = child("key", new Linear(width, spec.keyWidth(), spec.bias()));
    value = child("value", new Linear(width, spec.keyWidth(), spec.bias()));
    out = child("out", new Linear(spec.queryWidth(), width, spec.outBias()));
    this.dropout = child("dropout", new Dropout(dropout));
  }

  /**
   * Self-attention.
   *
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor x, Pass pass) {
    Tensor q = positions.rotate(heads(query.forward(x)), pass.positions()); // (B, H, T, D)
    Tensor k = positions.rotate(heads(key.forward(x)), pass.positions()); // (B, G, T, D)
    Tensor v = heads(value.forward(x)); // (B, G, T, D)
    Cache.KeysAndValues all = pass.cache().append(layer, k, v); // (B, G, S, D)

    Mask mask = positions.bias(pass.mask(), pass.positions(), all.keys().size(2));
    Mask.WeightsTap tap =
        pass.taps().wantsAttention() ? w -> pass.taps().attention(layer, w) : null;
    Tensor y =
        mask.attend(q, all.keys(), all.values(), spec.scale(), dropout.now(), tap); // (B, H, T, D)
    return out.forward(y.transpose(1, 2).reshape(x.size(0), x.size(1), -1)); // (B, T, C)
  }

  private Tensor heads(Tensor x) {
    return x.view(x.size(0), x.size(1), -1, spec.headSize()).transpose(1, 2); // (B, H, T, D)
  }
}

package dev.myna.nn;

import dev.myna.nn.Cache.KeysAndValues;
import dev.myna.spec.AttentionSpec;
import dev.myna.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention (Vaswani et al., 2017), with shared key and value heads where the spec has
 * fewer of them: of a text to itself, or to what an encoder made of another.
 */
public final class Attention extends Module {
  private final AttentionSpec spec;
  private final int layer;
  private final Positions positions;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;
  private final @Nullable Norm queryNorm;
  private final @Nullable Norm keyNorm;
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
    queryNorm = headNorm("queryNorm");
    keyNorm = headNorm("keyNorm");
    this.dropout = child("dropout", new Dropout(dropout));
  }

  private @Nullable Norm headNorm(String name) {
    return spec.headNorm().isEmpty()
        ? null
        : child(name, Norm.of(spec.headNorm().get(), spec.headSize()));
  }

  /**
   * Self-attention.
   *
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor x, Pass pass) {
    List<Tensor> projected = Linear.together(x, query, key, value);
    Positions.Rotation shared = pass.rotation();
    Positions.Rotation rotation = shared == null ? positions.rotation(pass.positions()) : shared;
    Tensor q = rotation.of(heads(projected.get(0), queryNorm)); // (B, H, T, D)
    Tensor k = rotation.of(heads(projected.get(1), keyNorm)); // (B, G, T, D)
    Tensor v = heads(projected.get(2), null); // (B, G, T, D)
    KeysAndValues all = pass.cache().append(layer, k, v); // (B, G, S, D)

    Mask within = pass.mask().within(spec.window());
    Mask mask =
        pass.bias() == null
            ? positions.bias(within, q, spec.scale(), all.keys().size(2))
            : new Mask.Biased(within, pass.bias());
    Mask.WeightsTap tap =
        pass.taps().wantsAttention() ? w -> pass.taps().attention(layer, w) : null;
    return attend(q, all, mask, tap);
  }

  /**
   * Attention to what an encoder made of another text.
   *
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor cross(Tensor x, Pass pass) {
    Tensor q = heads(query.forward(x), queryNorm); // (B, H, T, D)
    KeysAndValues all =
        pass.memory()
            .layer(
                layer,
                states -> {
                  List<Tensor> projected = Linear.together(states, key, value);
                  return new KeysAndValues(
                      heads(projected.get(0), keyNorm), heads(projected.get(1), null));
                });
    Mask.WeightsTap tap =
        pass.taps().wantsAttention() ? w -> pass.taps().crossAttention(layer, w) : null;
    return attend(q, all, pass.memory().mask(), tap);
  }

  private Tensor attend(Tensor q, KeysAndValues all, Mask mask, Mask.@Nullable WeightsTap tap) {
    Tensor y =
        mask.attend(q, all.keys(), all.values(), spec.scale(), spec.softCap(), dropout.now(), tap);
    return out.forward(y.transpose(1, 2).reshape(q.size(0), q.size(2), -1)); // (B, T, C)
  }

  private Tensor heads(Tensor x, @Nullable Norm norm) {
    Tensor apart = x.view(x.size(0), x.size(1), -1, spec.headSize()); // (B, T, H, D)
    Tensor normed = norm == null ? apart : norm.forward(apart).to(apart.dtype());
    return normed.transpose(1, 2); // (B, H, T, D)
  }
}

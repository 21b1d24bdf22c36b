package dev.myna.model;

import dev.myna.nn.Cache;
import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Mask;
import dev.myna.nn.Module;
import dev.myna.nn.Norm;
import dev.myna.nn.Pass;
import dev.myna.nn.Positions;
import dev.myna.nn.Stack;
import dev.myna.nn.Taps;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A causal language model: embeddings, positions, a stack of blocks, a head over the vocabulary.
 * Which model of the field it is, its {@link ModelSpec} says.
 */
public final class Transformer extends Module {
  private final ModelSpec.Decoder spec;
  private final Embedding tokens;
  private final Positions positions;
  private final Dropout dropout;
  private final Stack blocks;
  private final @Nullable Norm norm;
  private final @Nullable Linear head;

  /** A model with all weights zero: initialise them ({@link Initialization}) or load them. */
  public Transformer(ModelSpec.Decoder spec) {
    this.spec = spec;
    int width = spec.width();
    tokens = child("tokens", new Embedding(spec.vocabulary(), width));
    positions = child("positions", Positions.of(spec.positions(), width));
    dropout = child("dropout", new Dropout(spec.dropout().embedding()));
    blocks = child("blocks", new Stack(spec.blocks(), width, positions, spec.dropout()));
    norm = spec.finalNorm() ? child("norm", Norm.of(spec.blocks().getLast().norm(), width)) : null;
    head =
        switch (spec.head()) {
          case HeadSpec.Tied tied -> null;
          case HeadSpec.Own own -> child("head", new Linear(width, spec.vocabulary(), false));
        };
  }

  public ModelSpec.Decoder spec() {
    return spec;
  }

  /**
   * Logits of the next token after each position.
   *
   * @param ids (B, T)
   * @return (B, T, V)
   * @throws IllegalArgumentException if T is longer than learned positions reach
   */
  public Tensor forward(Tensor ids) {
    return logits(hidden(ids, wholeText(ids, Mask.CAUSAL)));
  }

  /** A pass over whole texts, without a cache. */
  public static Pass wholeText(Tensor ids, Mask mask) {
    Tensor positions = Tensor.range(0, ids.size(1), ids.device()).unsqueeze(0); // (1, T)
    return new Pass(positions, mask, Cache.NONE, Taps.NONE);
  }

  /**
   * The last hidden state, after the final norm.
   *
   * @param ids (B, T)
   * @return (B, T, C)
   */
  public Tensor hidden(Tensor ids, Pass pass) {
    Tensor x = dropout.forward(positions.embed(tokens.forward(ids), pass.positions())); // (B, T, C)
    Tensor y = blocks.forward(x, pass);
    Tensor last = norm == null ? y : norm.forward(y);
    pass.taps().hidden(blocks.blocks().size(), last);
    return last;
  }

  /**
   * @param hidden (…, C)
   * @return (…, V)
   */
  public Tensor logits(Tensor hidden) {
    return head == null ? tokens.logits(hidden) : head.forward(hidden);
  }
}

package dev.myna.nn;

import dev.myna.spec.EmbeddingSpec;
import dev.myna.spec.TowerSpec;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From ids to hidden states: embeddings, positions, blocks, and a norm at the end. */
public final class Tower extends Module {
  private final EmbeddingSpec embedding;
  private final Embedding tokens;
  private final Positions positions;
  private final @Nullable Embedding segments;
  private final @Nullable Norm embeddingNorm;
  private final Dropout dropout;
  private final List<Block> blocks;
  private final @Nullable Norm norm;
  private final Dropout lastDropout;

  /**
   * @param shared token embeddings of another tower, or null for its own
   */
  public Tower(TowerSpec spec, @Nullable Embedding shared) {
    embedding = spec.embedding();
    int width = embedding.width();
    tokens =
        shared != null ? shared : child("tokens", new Embedding(embedding.vocabulary(), width));
    positions = child("positions", Positions.of(embedding.positions(), width));
    segments =
        embedding.segments() > 0
            ? child("segments", new Embedding(embedding.segments(), width))
            : null;
    embeddingNorm =
        embedding.norm().isPresent()
            ? child("embeddingNorm", Norm.of(embedding.norm().get(), width))
            : null;
    dropout = child("dropout", new Dropout(spec.dropout().embedding()));
    Module stack = child("blocks", new Module() {});
    blocks =
        IntStream.range(0, spec.blocks().size())
            .mapToObj(
                layer ->
                    stack.child(
                        Integer.toString(layer),
                        new Block(
                            spec.blocks().get(layer), width, layer, positions, spec.dropout())))
            .toList();
    norm =
        spec.finalNorm().isPresent() ? child("norm", Norm.of(spec.finalNorm().get(), width)) : null;
    lastDropout = child("lastDropout", new Dropout(spec.dropout().last()));
  }

  /**
   * The last hidden state.
   *
   * @param ids (B, T)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor ids, Pass pass) {
    Tensor x = embed(ids, pass); // (B, T, C)
    long keys = pass.cache().length() + ids.size(1); // S
    Pass shared =
        pass.with(positions.rotation(pass.positions()), positions.added(ids.size(1), keys, ids));
    for (int layer = 0; layer < blocks.size(); layer++) {
      pass.taps().hidden(layer, x);
      x = through(blocks.get(layer), x, shared);
    }
    Tensor normed = norm == null ? x : norm.forward(x);
    Tensor last = lastDropout.forward(normed);
    pass.taps().hidden(blocks.size(), last);
    return last;
  }

  /** What a block makes on the way is gone when it is, but for what gradients need. */
  private static Tensor through(Block block, Tensor x, Pass pass) {
    try (Scope scope = Scope.open()) {
      return scope.keep(block.forward(x, pass.with(pass.taps().from(scope))));
    }
  }

  private Tensor embed(Tensor ids, Pass pass) {
    Tensor plain = tokens.forward(ids); // (B, T, C)
    Tensor scaled = embedding.scale() == 1 ? plain : plain.mul(embedding.scale());
    Tensor x = positions.embed(segmented(scaled, pass), ids, pass);
    return dropout.forward(embeddingNorm == null ? x : embeddingNorm.forward(x));
  }

  private Tensor segmented(Tensor x, Pass pass) {
    if (segments == null) {
      return x;
    }
    Tensor kinds = pass.segments();
    return x.add(kinds == null ? segments.weight().select(0, 0) : segments.forward(kinds));
  }

  /** The table of token embeddings. */
  public Embedding tokens() {
    return tokens;
  }

  /** The blocks, in order. */
  public List<Block> blocks() {
    return blocks;
  }
}

package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;

/** A learned vector a position, added to the embedding. */
final class LearnedPositions extends Positions {
  private final PositionSpec.Learned spec;
  private final Tensor weight;

  LearnedPositions(PositionSpec.Learned spec, int width) {
    this.spec = spec;
    weight = parameter("weight", spec.context() + spec.offset(), width);
  }

  @Override
  public Tensor embed(Tensor x, Tensor ids, Tensor positions) {
    return x.add(weight.embedding(rows(ids, positions))); // (B, T, C)
  }

  private Tensor rows(Tensor ids, Tensor positions) {
    if (spec.padding().isPresent()) {
      Tensor real = ids.ne(spec.padding().getAsInt()).to(DType.INT64); // (B, T)
      return real.cumsum(1).mul(real).add(spec.offset() - 1); // (B, T)
    }
    return spec.offset() == 0 ? positions : positions.add(spec.offset());
  }
}

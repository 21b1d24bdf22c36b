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
  public Tensor embed(Tensor x, Tensor ids, Pass pass) {
    return x.add(weight.embedding(rows(ids, pass))); // (B, T, C)
  }

  /** Where padding is left out in counting, positions that are given are rows of the table. */
  private Tensor rows(Tensor ids, Pass pass) {
    Tensor positions = pass.positions(); // (1, T) or (B, T)
    if (spec.padding().isPresent() && pass.placed()) {
      return positions;
    }
    if (spec.padding().isPresent()) {
      Tensor real = ids.ne(spec.padding().getAsInt()).to(DType.INT64); // (B, T)
      return real.cumsum(1).mul(real).add(spec.offset() - 1); // (B, T)
    }
    return spec.offset() == 0 ? positions : positions.add(spec.offset());
  }
}

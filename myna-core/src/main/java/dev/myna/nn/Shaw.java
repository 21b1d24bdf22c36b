package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.Tensor;

/** A learned vector for each distance, seen by the queries (Shaw et al., 2018). */
final class Shaw extends Positions {
  private final int largest;
  private final Tensor weight;

  Shaw(PositionSpec.Shaw spec) {
    largest = spec.maxDistance();
    weight = parameter("weight", 2 * largest + 1, spec.headSize());
  }

  @Override
  public Mask bias(Mask mask, Tensor queries, double scale, long keys) {
    Tensor distances = distances(queries.size(2), keys, queries); // (T, S)
    Tensor rows = distances.clamp(-largest, largest).add(largest);
    Tensor table = Precision.operand(weight).embedding(rows).to(queries.dtype()); // (T, S, D)
    Tensor scores = queries.unsqueeze(3).matmul(table.transpose(1, 2)).squeeze(3); // (B, H, T, S)
    return new Mask.Biased(mask, scores.mul(scale));
  }
}

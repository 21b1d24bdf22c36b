package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;

/**
 * A learned bias of each head for the distance of query and key, in buckets (T5, Raffel et al.,
 * 2020): one for each short distance, and ever wider ones for the rest.
 */
final class RelativeBias extends Positions {
  private final PositionSpec.RelativeBias spec;
  private final Tensor weight;

  RelativeBias(PositionSpec.RelativeBias spec) {
    this.spec = spec;
    weight = parameter("weight", spec.buckets(), spec.heads());
  }

  @Override
  public Tensor added(long queries, long keys, Tensor like) {
    // There are many pairs and few distances: from the first key for the last query to the last key
    // for the first.
    Tensor ofDistance = buckets(Tensor.range(1 - keys, queries, like.device())); // (T + S - 1)
    Tensor places = distances(queries, keys, like).add(keys - 1).reshape(-1); // (T · S)
    Tensor buckets = ofDistance.indexSelect(0, places).view(queries, keys); // (T, S)
    return weight.embedding(buckets).permute(2, 0, 1).unsqueeze(0); // (1, H, T, S)
  }

  private Tensor buckets(Tensor distances) {
    if (!spec.bidirectional()) {
      // A key after the query is not seen: it may be in any bucket.
      return widening(distances.neg().clamp(0, Integer.MAX_VALUE), spec.buckets());
    }
    int half = spec.buckets() / 2;
    Tensor after = distances.ge(1).to(DType.INT64).mul(half);
    return widening(distances.abs(), half).add(after);
  }

  private Tensor widening(Tensor lengths, int buckets) {
    int exact = buckets / 2;
    double ratio = (double) spec.maxDistance() / exact;
    Tensor wide =
        lengths
            .clamp(exact, Integer.MAX_VALUE)
            .to(DType.FLOAT32)
            .div(exact)
            .log()
            .div(Math.log(ratio))
            .mul(buckets - exact)
            .to(DType.INT64)
            .add(exact)
            .clamp(0, buckets - 1);
    return lengths.ge(exact).where(wide, lengths);
  }
}

package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.List;

/** Sines and cosines of falling frequency, added to the embedding (Vaswani et al., 2017). */
final class Sinusoids extends Positions {
  private final boolean interleaved;
  private final int width;

  Sinusoids(PositionSpec.Sinusoidal spec, int width) {
    this.interleaved = spec.interleaved();
    this.width = width;
  }

  @Override
  public Tensor embed(Tensor x, Tensor ids, Pass pass) {
    Tensor frequencies = Tensor.of(frequencies()).to(x.device()); // (⌈C/2⌉)
    Tensor places = pass.positions().to(DType.FLOAT32).unsqueeze(-1); // (1|B, T, 1)
    Tensor angles = places.mul(frequencies); // (1|B, T, ⌈C/2⌉)
    Tensor sines = angles.sin();
    Tensor cosines = angles.cos();
    Tensor table =
        interleaved
            ? Tensor.stack(List.of(sines, cosines), -1)
                .view(angles.size(0), angles.size(1), -1) // (1|B, T, C) or one more
            : Tensor.cat(List.of(sines, cosines), -1);
    return x.add(table.narrow(-1, 0, width)); // (B, T, C)
  }

  /** Radians a position, for each pair of elements. */
  private float[] frequencies() {
    float[] frequencies = new float[(width + 1) / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(10_000, -2.0 * i / width);
    }
    return frequencies;
  }
}

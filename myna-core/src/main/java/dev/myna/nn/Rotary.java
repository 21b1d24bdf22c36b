package dev.myna.nn;

import dev.myna.spec.PositionSpec;
import dev.myna.spec.RotaryScaling;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.List;

/**
 * Rotary positions (Su et al., 2021), in Hugging Face's layout: element i of a head is paired with
 * element i + D/2.
 */
final class Rotary extends Positions {
  private final PositionSpec.Rotary spec;

  Rotary(PositionSpec.Rotary spec) {
    this.spec = spec;
  }

  @Override
  public Rotation rotation(Tensor positions) {
    Tensor frequencies = Tensor.of(frequencies(positions)).to(positions.device()); // (D/2)
    Tensor half = positions.to(DType.FLOAT32).unsqueeze(-1).mul(frequencies); // (1|B, T, D/2)
    Tensor angles = Tensor.cat(List.of(half, half), -1).unsqueeze(1); // (1|B, 1, T, D)
    Tensor cos = Precision.operand(angles.cos().mul(magnitude()));
    Tensor sin = Precision.operand(angles.sin().mul(magnitude()));
    return x -> {
      long size = spec.headSize();
      if (size == x.size(-1)) {
        return rotated(x, cos, sin);
      }
      Tensor rotated = rotated(x.narrow(-1, 0, size), cos, sin);
      return Tensor.cat(List.of(rotated, x.narrow(-1, size, x.size(-1) - size)), -1);
    };
  }

  private static Tensor rotated(Tensor x, Tensor cos, Tensor sin) {
    return x.mul(cos.to(x.dtype())).add(crossed(x).mul(sin.to(x.dtype())));
  }

  /** (a, b) to (-b, a), a and b being the halves of a head. */
  private static Tensor crossed(Tensor x) {
    long half = x.size(-1) / 2;
    return Tensor.cat(List.of(x.narrow(-1, half, half).neg(), x.narrow(-1, 0, half)), -1);
  }

  private double magnitude() {
    return spec.scaling() instanceof RotaryScaling.Yarn yarn ? yarn.magnitude() : 1;
  }

  /** Radians a position, for each pair of elements. */
  private float[] frequencies(Tensor positions) {
    return switch (spec.scaling()) {
      case RotaryScaling.None none -> frequencies(spec.base());
      case RotaryScaling.Linear linear -> linear(linear);
      case RotaryScaling.Dynamic dynamic -> dynamic(dynamic, positions);
      case RotaryScaling.Yarn yarn -> yarn(yarn);
      case RotaryScaling.Llama3 llama3 -> llama3(llama3);
    };
  }

  private float[] frequencies(double base) {
    float[] frequencies = new float[spec.headSize() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(base, -2.0 * i / spec.headSize());
    }
    return frequencies;
  }

  private float[] linear(RotaryScaling.Linear linear) {
    float[] frequencies = frequencies(spec.base());
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= (float) linear.factor();
    }
    return frequencies;
  }

  private float[] dynamic(RotaryScaling.Dynamic dynamic, Tensor positions) {
    double length = Math.max(positions.max().item() + 1, dynamic.context());
    double growth = dynamic.factor() * length / dynamic.context() - (dynamic.factor() - 1);
    double size = spec.headSize();
    return frequencies(spec.base() * Math.pow(growth, size / (size - 2)));
  }

  private float[] yarn(RotaryScaling.Yarn yarn) {
    double low = dimensionOf(yarn.betaFast(), yarn.context());
    double high = dimensionOf(yarn.betaSlow(), yarn.context());
    if (yarn.truncate()) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, spec.headSize() - 1);
    double span = low == high ? 0.001 : high - low;
    float[] frequencies = frequencies(spec.base());
    for (int i = 0; i < frequencies.length; i++) {
      double stretched = Math.clamp((i - low) / span, 0, 1);
      frequencies[i] =
          (float) (frequencies[i] / yarn.factor() * stretched + frequencies[i] * (1 - stretched));
    }
    return frequencies;
  }

  /** The dimension whose wavelength turns so many times over the context. */
  private double dimensionOf(double rotations, int context) {
    return spec.headSize()
        * Math.log(context / (rotations * 2 * Math.PI))
        / (2 * Math.log(spec.base()));
  }

  private float[] llama3(RotaryScaling.Llama3 scaling) {
    float[] frequencies = frequencies(spec.base());
    for (int i = 0; i < frequencies.length; i++) {
      double wavelength = 2 * Math.PI / frequencies[i];
      if (wavelength > scaling.context() / scaling.lowFactor()) {
        frequencies[i] = (float) (frequencies[i] / scaling.factor());
      } else if (wavelength >= scaling.context() / scaling.highFactor()) {
        double smooth =
            (scaling.context() / wavelength - scaling.lowFactor())
                / (scaling.highFactor() - scaling.lowFactor());
        frequencies[i] =
            (float) ((1 - smooth) * frequencies[i] / scaling.factor() + smooth * frequencies[i]);
      }
    }
    return frequencies;
  }
}

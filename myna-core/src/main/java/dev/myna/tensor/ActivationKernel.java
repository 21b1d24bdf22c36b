package dev.myna.tensor;

import static dev.myna.tensor.VectorMath.CHUNK;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Smooth activations for training in bfloat16, of which there are 65,536 numbers: their values and
 * slopes are looked up, where libtorch computes a hyperbolic tangent or an error function for each
 * element and direction. Values are those of double precision, rounded once.
 */
enum ActivationKernel {
  /** {@code x · Φ(x)} (Hendrycks and Gimpel, 2016). */
  GELU {
    @Override
    double value(double x) {
      return x * Normal.share(x);
    }

    @Override
    double slope(double x) {
      return Normal.share(x) + x * Normal.density(x);
    }
  },

  /** The same, approximated by a hyperbolic tangent. */
  GELU_TANH {
    @Override
    double value(double x) {
      return x * logistic(inner(x));
    }

    @Override
    double slope(double x) {
      double share = logistic(inner(x));
      double steep = ROOT_8_BY_PI * (1 + 3 * 0.044715 * x * x);
      return share + x * share * logistic(-inner(x)) * steep;
    }

    /** A hyperbolic tangent is a logistic function of twice as much. */
    private double inner(double x) {
      return ROOT_8_BY_PI * (x + 0.044715 * x * x * x);
    }
  },

  /** {@code x · σ(x)} (Elfwing et al., 2018). */
  SILU {
    @Override
    double value(double x) {
      return x * logistic(x);
    }

    @Override
    double slope(double x) {
      return logistic(x) * (1 + x * logistic(-x));
    }
  };

  private static final double ROOT_8_BY_PI = Math.sqrt(8 / Math.PI);

  /** Elements of which a pass is worth the 200 MB that the JVM's compiler takes for vectors. */
  private static final long LARGE = 1 << 20;

  /** Beyond it every activation is a straight line, and cubes do not overflow. */
  private static final double FAR = 1e4;

  private @Nullable Tables tables;

  abstract double value(double x);

  abstract double slope(double x);

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /**
   * What every number of bfloat16 gives, by its bits.
   *
   * @param values in bfloat16
   */
  @SuppressWarnings("ArrayRecordComponent") // only looked up in
  private record Tables(short[] values, float[] slopes) {
    static Tables of(ActivationKernel kernel) {
      short[] values = new short[1 << 16];
      float[] slopes = new float[1 << 16];
      for (int bits = 0; bits < values.length; bits++) {
        float x = Float.intBitsToFloat(bits << 16);
        boolean far = Math.abs(x) > FAR;
        values[bits] = VectorMath.bfloat16(far ? Math.max(x, -0f) : (float) kernel.value(x));
        slopes[bits] = far ? (x > 0 ? 1 : 0) : (float) kernel.slope(x);
      }
      return new Tables(values, slopes);
    }
  }

  private synchronized Tables tables() {
    if (tables == null) {
      tables = Tables.of(this);
    }
    return tables;
  }

  /** Whether it is of use: where gradients flow on the processor, of large tensors in bfloat16. */
  static boolean fits(Tensor x) {
    return Gradients.wanted()
        && x.requiresGrad()
        && x.dtype() == DType.BFLOAT16
        && x.numel() >= LARGE
        && x.device().equals(Device.CPU)
        && VectorMath.compiled();
  }

  /** The activation of a tensor of bfloat16 on the processor. */
  Tensor of(Tensor x) {
    try (Gradients off = Gradients.off()) {
      Tensor in = x.detach().makeContiguous();
      Tensor out = Tensor.empty(DType.BFLOAT16, Device.CPU, in.shape());
      forward(in.memory(), in.numel(), out.memory());
      return out.withBackward(
          List.of(x),
          List.of(in),
          gradient -> {
            Tensor slopes = gradient.makeContiguous();
            Tensor result = Tensor.empty(DType.BFLOAT16, Device.CPU, in.shape());
            backward(in.memory(), slopes.memory(), in.numel(), result.memory());
            return List.of(result);
          });
    }
  }

  private void forward(MemorySegment in, long size, MemorySegment out) {
    short[] values = tables().values();
    for (long i = 0; i < size; i++) {
      out.set(
          ValueLayout.JAVA_SHORT, 2 * i, values[in.get(ValueLayout.JAVA_SHORT, 2 * i) & 0xffff]);
    }
  }

  private void backward(MemorySegment in, MemorySegment gradient, long size, MemorySegment out) {
    float[] slopes = tables().slopes();
    float[] s = new float[CHUNK];
    float[] g = new float[CHUNK];
    for (long from = 0; from < size; from += CHUNK) {
      int count = (int) Math.min(CHUNK, size - from);
      for (int i = 0; i < count; i++) {
        s[i] = slopes[in.get(ValueLayout.JAVA_SHORT, 2 * (from + i)) & 0xffff];
      }
      VectorMath.read(gradient, from, g, count);
      for (int i = 0; i < g.length; i++) {
        g[i] *= s[i];
      }
      VectorMath.write(g, count, out, from);
    }
  }

  /** The normal distribution. */
  private static final class Normal {
    private Normal() {}

    static double density(double x) {
      return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Φ(x), the share below it. */
    static double share(double x) {
      double z = Math.abs(x);
      double beyond = z < 4 ? 0.5 - density(z) * between(z) : density(z) * tail(z);
      return x < 0 ? beyond : 1 - beyond;
    }

    /** What lies between zero and {@code z}, by the density there: a series of positive terms. */
    private static double between(double z) {
      double term = z;
      double sum = z;
      for (int n = 3; n < 120; n += 2) {
        term *= z * z / n;
        sum += term;
      }
      return sum;
    }

    /** What lies beyond {@code z}, by the density there: a continued fraction (Laplace, 1805). */
    private static double tail(double z) {
      double denominator = z;
      for (int n = 60; n > 0; n--) {
        denominator = z + n / denominator;
      }
      return 1 / denominator;
    }
  }
}

package dev.myna.tensor;

import static dev.myna.tensor.VectorMath.CHUNK;
import static dev.myna.tensor.VectorMath.FLOATS;
import static dev.myna.tensor.VectorMath.LANES;
import static dev.myna.tensor.VectorMath.constant;

import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Smooth activations for training, each by one exponential an element and direction, where
 * libtorch's own take a hyperbolic tangent or an error function, three times as long. In float32,
 * where products take nearly all of the time, they gain nothing that could be measured.
 */
enum ActivationKernel {
  /** {@code x · Φ(x)} (Hendrycks and Gimpel, 2016). */
  GELU,
  /** The same, approximated by a hyperbolic tangent. */
  GELU_TANH,
  /** {@code x · σ(x)} (Elfwing et al., 2018). */
  SILU;

  private static final float ROOT_8_BY_PI = 1.5957691f;

  /** Elements of which a pass is worth the 200 MB that the JVM's compiler takes for vectors. */
  private static final long LARGE = 1 << 20;

  /** Beyond it every activation is a straight line, and squares do not overflow. */
  private static final float FAR = 1e4f;

  /** Whether it is of use: where gradients flow on the processor, of large tensors in bfloat16. */
  static boolean fits(Tensor x) {
    return Gradients.wanted()
        && x.requiresGrad()
        && x.dtype() == DType.BFLOAT16
        && x.numel() >= LARGE
        && x.device().equals(Device.CPU)
        && VectorMath.compiled();
  }

  /** The activation of a tensor of float32 or bfloat16 on the processor. */
  Tensor of(Tensor x) {
    try (Gradients off = Gradients.off()) {
      Tensor in = x.detach().makeContiguous();
      Tensor out = Tensor.empty(in.dtype(), Device.CPU, in.shape());
      forward(in.memory(), in.dtype(), in.numel(), out.memory());
      return out.withBackward(
          List.of(x),
          List.of(in),
          gradient -> {
            Tensor slopes = gradient.makeContiguous();
            Tensor result = Tensor.empty(in.dtype(), Device.CPU, in.shape());
            backward(in.memory(), slopes.memory(), in.dtype(), in.numel(), result.memory());
            return List.of(result);
          });
    }
  }

  private void forward(MemorySegment in, DType dtype, long size, MemorySegment out) {
    float[] x = new float[CHUNK];
    for (long from = 0; from < size; from += CHUNK) {
      int count = (int) Math.min(CHUNK, size - from);
      VectorMath.read(in, dtype, from, x, count);
      switch (this) {
        case GELU -> gelu(x);
        case GELU_TANH -> logistic(x, ROOT_8_BY_PI, ROOT_8_BY_PI * 0.044715f);
        case SILU -> logistic(x, 1, 0);
      }
      VectorMath.write(x, count, out, dtype, from);
    }
  }

  private void backward(
      MemorySegment in, MemorySegment gradient, DType dtype, long size, MemorySegment out) {
    float[] x = new float[CHUNK];
    float[] g = new float[CHUNK];
    for (long from = 0; from < size; from += CHUNK) {
      int count = (int) Math.min(CHUNK, size - from);
      VectorMath.read(in, dtype, from, x, count);
      VectorMath.read(gradient, dtype, from, g, count);
      switch (this) {
        case GELU -> geluSlope(x, g);
        case GELU_TANH -> logisticSlope(x, g, ROOT_8_BY_PI, ROOT_8_BY_PI * 0.044715f);
        case SILU -> logisticSlope(x, g, 1, 0);
      }
      VectorMath.write(g, count, out, dtype, from);
    }
  }

  /** {@code x · σ(a x + b x³)}: a hyperbolic tangent is a logistic function of twice as much. */
  private static void logistic(float[] x, float a, float b) {
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector near = v.max(-FAR).min(FAR);
      FloatVector inner = near.mul(near).fma(constant(-b), constant(-a)).mul(near);
      v.div(VectorMath.exp(inner).add(1f)).intoArray(x, i);
    }
  }

  /** Multiplies gradients by the slope of {@link #logistic}. */
  private static void logisticSlope(float[] x, float[] gradient, float a, float b) {
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector near = FloatVector.fromArray(FLOATS, x, i).max(-FAR).min(FAR);
      FloatVector square = near.mul(near);
      FloatVector e = VectorMath.exp(square.fma(constant(-b), constant(-a)).mul(near));
      FloatVector share = constant(1).div(e.add(1f));
      FloatVector steep = square.fma(constant(3 * b), constant(a)).mul(near);
      FloatVector slope = share.mul(e.mul(share)).fma(steep, share);
      slope.mul(FloatVector.fromArray(FLOATS, gradient, i)).intoArray(gradient, i);
    }
  }

  private static void gelu(float[] x) {
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
      FloatVector near = v.max(-FAR).min(FAR);
      v.mul(normal(near, bell(near))).intoArray(x, i);
    }
  }

  /** Multiplies gradients by the slope of {@link #gelu}. */
  private static void geluSlope(float[] x, float[] gradient) {
    for (int i = 0; i < x.length; i += LANES) {
      FloatVector near = FloatVector.fromArray(FLOATS, x, i).max(-FAR).min(FAR);
      FloatVector bell = bell(near);
      FloatVector slope = near.mul(bell).fma(constant(0.39894228f), normal(near, bell));
      slope.mul(FloatVector.fromArray(FLOATS, gradient, i)).intoArray(gradient, i);
    }
  }

  /** {@code exp(-x² / 2)}. */
  private static FloatVector bell(FloatVector x) {
    return VectorMath.exp(x.mul(x).mul(-0.5f));
  }

  /** Φ(x), by formula 7.1.26 of Abramowitz and Stegun (1964), whose error is at most 1.5e-7. */
  private static FloatVector normal(FloatVector x, FloatVector bell) {
    FloatVector t = constant(1).div(x.abs().fma(constant(0.23164189f), constant(1)));
    FloatVector p = t.fma(constant(1.061405429f), constant(-1.453152027f));
    p = p.fma(t, constant(1.421413741f)).fma(t, constant(-0.284496736f));
    FloatVector tail = p.fma(t, constant(0.254829592f)).mul(t).mul(bell).mul(0.5f); // Φ(-|x|)
    return tail.blend(constant(1).sub(tail), x.compare(VectorOperators.GT, 0f));
  }
}

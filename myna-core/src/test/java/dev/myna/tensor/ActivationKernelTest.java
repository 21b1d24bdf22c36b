package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values and slopes are those of PyTorch in double precision. */
class ActivationKernelTest {
  private static final double[] X = {-12, -6, -3, -1.5, -0.7, -0.01, 0, 0.01, 0.4, 1, 2.5, 5, 11};

  private static double[] values(ActivationKernel kernel) {
    return switch (kernel) {
      case GELU ->
          new double[] {
            0,
            -5.91952587e-09,
            -0.00404969409,
            -0.100210802,
            -0.169374557,
            -0.00496010644,
            0,
            0.00503989356,
            0.262168697,
            0.841344746,
            2.48447584,
            4.99999857,
            11
          };
      case GELU_TANH ->
          new double[] {
            0,
            -8.43964898e-11,
            -0.00363739208,
            -0.100428423,
            -0.169429865,
            -0.00496010644,
            0,
            0.00503989356,
            0.262161169,
            0.841191991,
            2.48491573,
            4.99999977,
            11
          };
      case SILU ->
          new double[] {
            -7.37300952e-05,
            -0.0148357389,
            -0.14227762,
            -0.273638286,
            -0.232268559,
            -0.00497500021,
            0,
            0.00502499979,
            0.239475064,
            0.731058579,
            2.31035455,
            4.96653575,
            10.9998163
          };
    };
  }

  private static double[] slopes(ActivationKernel kernel) {
    return switch (kernel) {
      case GELU ->
          new double[] {
            0,
            -3.54687095e-08,
            -0.0119456472,
            -0.127469192,
            0.0233858989,
            0.49202142,
            0.5,
            0.50797858,
            0.802729798,
            1.08331547,
            1.03761109,
            1.00000715,
            1
          };
      case GELU_TANH ->
          new double[] {
            0,
            -7.70997601e-10,
            -0.0115841666,
            -0.127710793,
            0.0236427813,
            0.492021422,
            0.5,
            0.507978578,
            0.802658834,
            1.08296408,
            1.03795158,
            1.00000155,
            1
          };
      case SILU ->
          new double[] {
            -6.75854676e-05,
            -0.0123264326,
            -0.088104106,
            -0.0412941543,
            0.176613217,
            0.495000083,
            0.5,
            0.504999917,
            0.694791958,
            0.927670512,
            1.09940111,
            1.02654743,
            1.00016701
          };
    };
  }

  @ParameterizedTest
  @EnumSource
  void valuesAndSlopesAreExact(ActivationKernel kernel) {
    for (int i = 0; i < X.length; i++) {
      assertThat(kernel.value(X[i])).isCloseTo(values(kernel)[i], Offset.offset(2e-8));
      assertThat(kernel.slope(X[i])).isCloseTo(slopes(kernel)[i], Offset.offset(2e-8));
    }
  }

  /** Every number of bfloat16 within ±32, and a length that is no multiple of anything. */
  private static float[] numbers() {
    float[] all = new float[2 * 0x4201];
    for (int bits = 0; bits <= 0x4200; bits++) {
      float x = Float.intBitsToFloat(bits << 16);
      all[2 * bits] = x;
      all[2 * bits + 1] = -x;
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithLibtorchOnAllNumbers(ActivationKernel kernel) {
    try (Scope scope = Scope.open()) {
      Tensor exact = Tensor.of(numbers()).to(DType.FLOAT64).requiresGrad(true);
      Tensor plain =
          switch (kernel) {
            case GELU -> exact.gelu();
            case GELU_TANH -> exact.geluTanh();
            case SILU -> exact.silu();
          };
      plain.mul(3).sum().backward();
      Tensor x = Tensor.of(numbers()).to(DType.BFLOAT16).requiresGrad(true);
      Tensor y = kernel.of(x);
      y.mul(3).sum().backward();

      assertThat(y.dtype()).isEqualTo(DType.BFLOAT16);
      assertRounded(y, plain);
      assertRounded(x.grad(), exact.grad());
    }
  }

  /**
   * Half of the last of eight binary digits is what rounding may take, and what libtorch loses
   * where it adds one.
   */
  private static void assertRounded(@Nullable Tensor found, @Nullable Tensor exact) {
    float[] said = Objects.requireNonNull(found).to(DType.FLOAT32).toFloats();
    float[] wanted = Objects.requireNonNull(exact).to(DType.FLOAT32).toFloats();
    for (int i = 0; i < said.length; i++) {
      double error = Math.max(1e-13, Math.abs(wanted[i]) * 0x1.01p-8);
      assertThat(said[i]).isCloseTo(wanted[i], Offset.offset((float) error));
    }
  }

  @ParameterizedTest
  @EnumSource
  void farNumbersOverflowNowhereAndNotANumberStaysOne(ActivationKernel kernel) {
    try (Scope scope = Scope.open()) {
      Tensor x =
          Tensor.of(new float[] {-0x1p120f, 0x1p120f, Float.NaN})
              .to(DType.BFLOAT16)
              .requiresGrad(true);
      Tensor y = kernel.of(x);
      y.narrow(0, 0, 2).sum().backward();

      float[] values = y.to(DType.FLOAT32).toFloats();
      assertThat(values[0]).isEqualTo(-0f);
      assertThat(values[1]).isEqualTo(0x1p120f);
      assertThat(values[2]).isNaN();
      float[] slope = Objects.requireNonNull(x.grad()).to(DType.FLOAT32).toFloats();
      assertThat(slope[0]).isZero();
      assertThat(slope[1]).isEqualTo(1);
    }
  }
}

package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values and slopes are those of PyTorch in double precision. */
class ActivationKernelTest {
  private static final float[] X = {
    -12, -6, -3, -1.5f, -0.7f, -0.01f, 0, 0.01f, 0.4f, 1, 2.5f, 5, 11
  };

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
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(X).requiresGrad(true);
      Tensor y = kernel.of(x);
      y.sum().backward();

      assertClose(y.toFloats(), values(kernel), 1e-6);
      assertClose(Objects.requireNonNull(x.grad()).toFloats(), slopes(kernel), 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithLibtorchOnManyNumbersOfBothTypes(ActivationKernel kernel) {
    try (Scope scope = Scope.open()) {
      Tensor many = Random.seeded(1).normal(3, 1001).mul(3);
      for (DType dtype : new DType[] {DType.FLOAT32, DType.BFLOAT16}) {
        Tensor x = many.to(dtype);
        Tensor plain =
            switch (kernel) {
              case GELU -> x.gelu();
              case GELU_TANH -> x.geluTanh();
              case SILU -> x.silu();
            };
        Tensor y = kernel.of(many.to(dtype).requiresGrad(true));

        assertThat(y.dtype()).isEqualTo(dtype);
        assertThat(y.shape()).containsExactly(3, 1001);
        double error = plain.sub(y).abs().max().item();
        assertThat(error).isLessThan(dtype == DType.FLOAT32 ? 2e-6 : 0.04);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void farNumbersOverflowNowhereAndNotANumberStaysOne(ActivationKernel kernel) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {-1e30f, 1e30f, Float.NaN}).requiresGrad(true);
      Tensor y = kernel.of(x);
      y.narrow(0, 0, 2).sum().backward();

      assertThat(Math.abs(y.toFloats()[0])).isLessThan(1e-5f);
      assertThat(y.toFloats()[1]).isEqualTo(1e30f);
      assertThat(y.toFloats()[2]).isNaN();
      float[] slope = Objects.requireNonNull(x.grad()).toFloats();
      assertThat(slope[0]).isCloseTo(0, Offset.offset(1e-6f));
      assertThat(slope[1]).isEqualTo(1);
    }
  }

  private static void assertClose(float[] found, double[] wanted, double tolerance) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(wanted[i], Offset.offset(tolerance));
    }
  }
}

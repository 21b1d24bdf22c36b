package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.spec.Activation;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rows at once, by the lean way, give what they give in parts, which are too few for it. */
class LeanLinearTest {
  private static final int WIDTH = 64;
  private static final int HIDDEN = 256;
  private static final long ROWS = 8192;
  private static final int PARTS = 32;

  /** Of no interest to these layers. */
  private static final Pass PASS = Pass.whole(Tensor.zeros(1, 1).outliveScopes(), Mask.ALL);

  /** Outputs and gradients of the input and of all parameters. */
  private record Outcome(float[] output, List<float[]> gradients) {}

  static Stream<FeedForwardSpec> specs() {
    return Stream.of(
        new FeedForwardSpec.Mlp(HIDDEN, Activation.GELU_TANH, true),
        new FeedForwardSpec.Mlp(HIDDEN, Activation.RELU, false),
        new FeedForwardSpec.Gated(HIDDEN, Activation.SILU, false),
        new FeedForwardSpec.Gated(HIDDEN, Activation.GELU, true));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aFeedForwardLayerGivesTheSameInPartsAndAtOnce(FeedForwardSpec spec) {
    try (Scope scope = Scope.open()) {
      FeedForward layer = FeedForward.of(spec, WIDTH, 0, 0);
      Tensor x = randomly(layer);

      assertSame(run(layer, x, 1), run(layer, x, PARTS));
    }
  }

  @Test
  void itIsForManyRowsInBfloat16ThatLearn() {
    try (Scope scope = Scope.open()) {
      Linear layer = new Linear(WIDTH, HIDDEN, true);
      Tensor x = randomly(layer).to(DType.BFLOAT16).detach().requiresGrad(true);

      assertThat(mixed(() -> LeanLinear.fits(x, layer))).isTrue();
      assertThat(LeanLinear.fits(x, layer)).isFalse();
      assertThat(mixed(() -> LeanLinear.fits(x.narrow(0, 0, ROWS / PARTS), layer))).isFalse();
      assertThat(mixed(() -> LeanLinear.fits(x.detach(), layer))).isFalse();
      layer.adapter((in, out) -> out.add(1));
      assertThat(mixed(() -> LeanLinear.fits(x, layer))).isFalse();
      layer.adapter(null);
      layer.weight().requiresGrad(false);
      assertThat(mixed(() -> LeanLinear.fits(x, layer))).isFalse();
    }
  }

  private static <T> T mixed(Supplier<T> computation) {
    return Precision.BFLOAT16.call(computation);
  }

  /** Fills the parameters, and makes an input. */
  private static Tensor randomly(Module layer) {
    Random random = Random.seeded(5);
    layer
        .parameters()
        .values()
        .forEach(p -> p.requiresGrad(false).copy_(random.normal(p.shape()).mul(0.1)));
    layer.parameters().values().forEach(p -> p.requiresGrad(true));
    return random.normal(ROWS, WIDTH);
  }

  private static Outcome run(FeedForward layer, Tensor x, int parts) {
    layer.parameters().values().forEach(Tensor::clearGrad);
    long rows = ROWS / parts;
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Tensor some = x.narrow(0, part * rows, rows).detach().requiresGrad(true);
      Tensor y = mixed(() -> layer.forward(Precision.operand(some), PASS)).to(DType.FLOAT32);
      y.mul(y).sum().div(ROWS).backward();
      outputs.add(y.detach());
      gradients.add(Objects.requireNonNull(some.grad()));
    }
    List<float[]> all = new ArrayList<>(List.of(Tensor.cat(gradients, 0).toFloats()));
    layer.parameters().values().forEach(p -> all.add(Objects.requireNonNull(p.grad()).toFloats()));
    return new Outcome(Tensor.cat(outputs, 0).toFloats(), all);
  }

  private static void assertSame(Outcome found, Outcome wanted) {
    assertClose(found.output, wanted.output);
    assertThat(found.gradients).hasSameSizeAs(wanted.gradients);
    for (int i = 0; i < found.gradients.size(); i++) {
      assertClose(found.gradients.get(i), wanted.gradients.get(i));
    }
  }

  /** Equal but for what rounding to bfloat16 leaves of the largest value. */
  private static void assertClose(float[] found, float[] wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    float largest = 0;
    float off = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      off = Math.max(off, Math.abs(found[i] - wanted[i]));
    }
    assertThat(largest).isPositive();
    assertThat(off).isLessThanOrEqualTo(0.01f * largest);
  }
}

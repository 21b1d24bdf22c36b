package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.tensor.DType;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {
  private static final int WIDTH = 8;

  private final Linear one = new Linear(WIDTH, 6, true);
  private final Linear other = new Linear(WIDTH, 4, true);

  PrecisionTest() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      for (Linear layer : List.of(one, other)) {
        layer
            .parameters()
            .values()
            .forEach(p -> p.copy_(Random.seeded(p.numel()).normal(p.shape())));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fixedWeightsGiveWhatOthersGive(Precision precision) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor few = Random.seeded(1).normal(2, WIDTH);
      Tensor many = Random.seeded(2).normal(300, WIDTH); // enough for layers side by side
      long before = Tensor.live();

      for (Tensor x : List.of(few, many)) {
        float[] plain = precision.call(() -> floats(x));
        float[] fixed =
            precision.callWithFixedWeights(
                () -> {
                  assertThat(floats(x)).isEqualTo(floats(x));
                  return floats(x);
                });

        assertThat(fixed).isEqualTo(plain);
      }
      assertThat(Tensor.live()).isEqualTo(before);
    }
  }

  @Test
  void aWeightIsCastOnceWhereNothingLearns() {
    try (Scope scope = Scope.open()) {
      var unused =
          Precision.BFLOAT16.callWithFixedWeights(
              () -> {
                List<Tensor> weights = List.of(one.weight());
                Tensor learning = Precision.parameters(weights);
                assertThat(Precision.parameters(List.of(one.weight()))).isNotSameAs(learning);
                try (Gradients off = Gradients.off()) {
                  Tensor cast = Precision.parameters(weights);
                  assertThat(cast.dtype()).isEqualTo(DType.BFLOAT16);
                  assertThat(Precision.parameters(List.of(one.weight()))).isSameAs(cast);
                }
                return weights;
              });
      var untouched =
          Precision.FLOAT32.callWithFixedWeights(
              () -> {
                assertThat(Precision.parameters(List.of(one.weight()))).isSameAs(one.weight());
                return one;
              });
    }
  }

  @Test
  void aChangeBetweenTwoComputationsIsSeen() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor x = Random.seeded(1).normal(2, WIDTH);
      float[] before = Precision.BFLOAT16.callWithFixedWeights(() -> floats(x));
      one.weight().mul_(2);

      assertThat(Precision.BFLOAT16.callWithFixedWeights(() -> floats(x))).isNotEqualTo(before);
    }
  }

  private float[] floats(Tensor x) {
    try (Scope scope = Scope.open()) {
      return Tensor.cat(Linear.together(x, one, other), -1).to(DType.FLOAT32).toFloats();
    }
  }
}

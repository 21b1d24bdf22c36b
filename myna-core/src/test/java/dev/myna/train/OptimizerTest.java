package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.nn.Linear;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  /** A layer of weights (1, −2) and bias 0.5, and the gradients (3, 0) and 4. */
  private static Linear layer() {
    Linear layer = new Linear(2, 1, true);
    try (Gradients off = Gradients.off()) {
      layer.weight().copy_(Tensor.of(new float[] {1, -2}, 1, 2));
      bias(layer).fill_(0.5);
    }
    layer.weight().grad(Tensor.of(new float[] {3, 0}, 1, 2));
    bias(layer).grad(Tensor.of(new float[] {4}, 1));
    return layer;
  }

  private static Tensor bias(Linear layer) {
    return Objects.requireNonNull(layer.bias());
  }

  @Test
  void descendsAlongTheGradientAndDecaysMatrices() {
    try (Scope scope = Scope.open()) {
      Linear layer = layer();

      new GradientDescent(layer, 0.5).step(0.1);

      // 1 · (1 − 0.05) − 0.3 and −2 · 0.95; the bias decays not: 0.5 − 0.4
      assertThat(layer.weight().toFloats())
          .containsExactly(new float[] {0.65f, -1.9f}, within(1e-6f));
      assertThat(bias(layer).toFloats()).containsExactly(new float[] {0.1f}, within(1e-6f));
    }
  }

  @Test
  void aDecayThatTurnsWeightsAroundIsRefused() {
    assertThatThrownBy(() -> TrainConfig.of("optimizer=sgd", "rate=20"))
        .hasMessageContaining("must be below 1: 20.0 * 0.1; lower weight_decay");
    assertThat(TrainConfig.of("optimizer=sgd", "rate=20", "weight_decay=0").rate()).isEqualTo(20);
  }

  @Test
  void clipsAllGradientsTogether() {
    try (Scope scope = Scope.open()) {
      Linear layer = layer();
      GradientDescent optimizer = new GradientDescent(layer, 0);

      assertThat(optimizer.clip(1)).isCloseTo(5, within(1e-6));
      optimizer.step(1);

      assertThat(layer.weight().toFloats()).containsExactly(new float[] {0.4f, -2f}, within(1e-5f));
      assertThat(bias(layer).toFloats()).containsExactly(new float[] {-0.3f}, within(1e-5f));
    }
  }

  @Test
  void adamWMovesByTheRateAtFirst() {
    try (Scope scope = Scope.open()) {
      Linear layer = layer();

      new AdamW(layer, 0.5, 0.9, 0.99, 1e-8).step(0.1);

      // the first step is rate · sign of the gradient, behind the decay of matrices
      assertThat(layer.weight().toFloats())
          .containsExactly(new float[] {0.85f, -1.9f}, within(1e-5f));
      assertThat(bias(layer).toFloats()).containsExactly(new float[] {0.4f}, within(1e-5f));
    }
  }
}

package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.nn.Linear;
import dev.myna.tensor.CheckpointException;
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

  /** Three steps as Transformers 5.18 makes them (Adafactor, scale_parameter, no relative_step). */
  @Test
  void adafactorMovesByShareOfTheWeightsSize() {
    try (Scope scope = Scope.open()) {
      Linear layer = new Linear(2, 2, true);
      try (Gradients off = Gradients.off()) {
        layer.weight().copy_(Tensor.of(new float[] {1, -2, 0.5f, 3}, 2, 2));
        bias(layer).copy_(Tensor.of(new float[] {0.5f, -0.25f}, 2));
      }
      Adafactor optimizer = new Adafactor(layer, 0);

      adafactorStep(optimizer, layer, new float[] {3, 0.1f, -1, 2}, new float[] {4, -1});
      adafactorStep(optimizer, layer, new float[] {0.5f, -2, 1, 1}, new float[] {0.1f, 2});
      Adafactor resumed = new Adafactor(layer, 0);
      resumed.load(optimizer.state());
      adafactorStep(resumed, layer, new float[] {-1, 1, 0.3f, -0.2f}, new float[] {1, 1});

      assertThat(layer.weight().toFloats())
          .containsExactly(
              new float[] {0.8468773f, -1.9193960f, 0.4118127f, 2.5951979f}, within(1e-5f));
      assertThat(bias(layer).toFloats())
          .containsExactly(new float[] {0.4414177f, -0.2800426f}, within(1e-5f));
    }
  }

  private static void adafactorStep(
      Adafactor optimizer, Linear layer, float[] weights, float[] bias) {
    layer.weight().grad(Tensor.of(weights, 2, 2));
    bias(layer).grad(Tensor.of(bias, 2));
    optimizer.step(0.1);
  }

  @Test
  void adafactorDecaysMatricesByTheStepsSize() {
    try (Scope scope = Scope.open()) {
      Linear decayed = layer();
      Linear plain = layer();

      new Adafactor(decayed, 0.5).step(0.1);
      new Adafactor(plain, 0).step(0.1);

      // the size of (1, −2) is √2.5, so weights lose 0.1 · √2.5 · 0.5 of themselves
      float kept = (float) (0.1 * Math.sqrt(2.5) * 0.5);
      float[] expected = plain.weight().toFloats();
      expected[0] -= kept;
      expected[1] += 2 * kept;
      assertThat(decayed.weight().toFloats()).containsExactly(expected, within(1e-5f));
      assertThat(bias(decayed).toFloats()).containsExactly(bias(plain).toFloats());
    }
  }

  @Test
  void theStateOfAnotherOptimizerIsRefused() {
    try (Scope scope = Scope.open()) {
      AdamW saved = new AdamW(layer(), 0, 0.9, 0.99, 1e-8);

      assertThatThrownBy(() -> new Adafactor(layer(), 0).load(saved.state()))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("no optimizer.rows.weight")
          .hasMessageContaining("train.optimizer");
    }
  }
}

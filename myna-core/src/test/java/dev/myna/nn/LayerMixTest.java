package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LayerMixTest {
  private static Tensor parameter(LayerMix mix, String name) {
    return Objects.requireNonNull(mix.parameters().get(name));
  }

  @Test
  void layersOfAnySizeCountBySharesAlone() {
    try (Scope scope = Scope.open()) {
      LayerMix mix = new LayerMix(2);
      try (Gradients off = Gradients.off()) {
        // softmax of (ln 3, 0) is (3/4, 1/4)
        parameter(mix, "weights").copy_(Tensor.of(new float[] {(float) Math.log(3), 0}, 2));
        parameter(mix, "scale").fill_(2);
      }
      Tensor small = Tensor.of(new float[] {0.1f, -0.1f}, 1, 1, 2); // norm (1, −1)
      Tensor large = Tensor.of(new float[] {100, 300}, 1, 1, 2); // norm (−1, 1)

      float[] mixed = mix.forward(List.of(small, large)).toFloats();

      assertThat(mixed).containsExactly(new float[] {1, -1}, within(2e-3f));
    }
  }
}

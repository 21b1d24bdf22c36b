package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectedLstmTest {
  @Test
  void givesWhatTorchGives() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      ProjectedLstm lstm = new ProjectedLstm(2, 3, 2);
      int next = 1;
      for (Map.Entry<String, Tensor> parameter : lstm.parameters().entrySet()) {
        Tensor weight = parameter.getValue();
        float[] values = new float[(int) weight.numel()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (Math.sin(next++) / 2);
        }
        weight.copy_(Tensor.of(values, weight.shape()));
      }
      float[] x = new float[6];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.cos(i + 1);
      }

      // torch.nn.LSTM(2, 3, proj_size=2, batch_first=True) with these weights, in float64.
      assertThat(lstm.forward(Tensor.of(x, 1, 3, 2)).toFloats())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(
              0.11341641f, -0.10536507f, 0.10703307f, -0.07875436f, 0.24391896f, -0.23001370f);
    }
  }

  @Test
  void aProjectionIsSmallerThanTheState() {
    assertThatThrownBy(() -> new ProjectedLstm(2, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3 of 3");
  }
}

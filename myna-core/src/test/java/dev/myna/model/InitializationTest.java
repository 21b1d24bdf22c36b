package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializationTest {
  @ParameterizedTest
  @CsvSource({"gpt2, 0.0071", "llama, 0.0071", "openai-gpt, 0.02", "bert, 0.02"})
  void whatIsWrittenIntoAStreamThatGrowsIsSmaller(String family, double wanted) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Map<String, Tensor> parameters =
          Pretrained.create(Shape.of(family, 50, 16, 4, 2, 64), 1).model().parameters();

      assertThat(deviation(parameters, ".attention.out.weight")).isCloseTo(wanted, within(0.0007));
      assertThat(deviation(parameters, ".down.weight")).isCloseTo(wanted, within(0.0007));
      assertThat(deviation(parameters, ".up.weight")).isCloseTo(0.02, within(0.0007));
    }
  }

  /** As Transformers 5 makes them; t5-small's defaults, but for sizes. */
  @Test
  void weightsOfT5AreAsLargeAsWhatEntersThem() {
    Map<String, Tensor> parameters =
        Pretrained.create(Shape.of("t5", 300, 16, 2, 4, 64), 1).model().parameters();

    assertThat(deviation(parameters, "tokens.weight")).isCloseTo(1, within(0.02));
    double one = 1 / 8.0; // over the root of 64
    assertThat(deviation(parameters, ".attention.query.weight")).isCloseTo(one / 4, within(0.001));
    assertThat(deviation(parameters, ".cross.query.weight")).isCloseTo(one / 4, within(0.001));
    assertThat(deviation(parameters, ".attention.value.weight")).isCloseTo(one, within(0.004));
    assertThat(deviation(parameters, ".attention.out.weight")).isCloseTo(one, within(0.004));
    assertThat(deviation(parameters, ".up.weight")).isCloseTo(one, within(0.004));
    assertThat(deviation(parameters, ".down.weight")).isCloseTo(1 / 16.0, within(0.002));
    assertThat(deviation(parameters, "positions.weight")).isCloseTo(one, within(0.02));
  }

  private static double deviation(Map<String, Tensor> parameters, String end) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(end))
        .mapToDouble(entry -> Math.sqrt(entry.getValue().pow(2).mean().item()))
        .average()
        .orElseThrow();
  }
}

package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Map;
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

  private static double deviation(Map<String, Tensor> parameters, String end) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(end))
        .mapToDouble(entry -> Math.sqrt(entry.getValue().pow(2).mean().item()))
        .average()
        .orElseThrow();
  }
}

package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.nn.Convolution;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** By torch.nn.init: the root of 2 / (in + out) or of 2 / in; uniform within √3 of it. */
  @ParameterizedTest
  @EnumSource
  void weightsByWhatEntersAndLeavesAUnit(InitialWeights.ByFans weights) {
    boolean xavier = weights.name().startsWith("XAVIER");
    Shape shape = Shape.of("gpt2", 300, 16, 2, 4, 64).with(Choice.INITIALIZATION, weights);

    Pretrained made = Pretrained.create(shape, 1);

    Map<String, Tensor> parameters = made.model().parameters();
    double up = Math.sqrt(2.0 / (xavier ? 64 + 256 : 64));
    double down = Math.sqrt(2.0 / (xavier ? 64 + 256 : 256));
    assertThat(deviation(parameters, ".up.weight")).isCloseTo(up, within(0.004));
    assertThat(deviation(parameters, ".down.weight")).isCloseTo(down, within(0.004));
    assertThat(deviation(parameters, "tokens.weight")).isCloseTo(1 / 8.0, within(0.004));
    assertThat(deviation(parameters, ".up.bias")).isZero();
    assertThat(deviation(parameters, "attentionNorm.weight")).isEqualTo(1);
    Tensor largest =
        Objects.requireNonNull(parameters.get("decoder.blocks.0.feedForward.up.weight"));
    if (weights.uniform()) {
      assertThat(largest.abs().max().item()).isCloseTo(Math.sqrt(3) * up, within(0.001));
    } else {
      assertThat(largest.abs().max().item()).isGreaterThan(2.5 * up);
    }
    assertThat(made.config().path("initialization").asString("")).isEqualTo(weights.toString());
    assertThat(Families.spec(made.config()).initial()).isEqualTo(weights);
  }

  @Test
  void anyModelCanHaveThem() {
    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.GRU, 40, 60, 1, false, 0);
    RecurrentModel recurrent =
        new RecurrentModel(RecurrentModel.Spec.language(200, layers, false, 0, List.of()));
    Convolution convolution = new Convolution(30, 50, 3);

    Initialization.initialize(recurrent, InitialWeights.ByFans.XAVIER_NORMAL, Random.seeded(1));
    Initialization.initialize(convolution, InitialWeights.ByFans.KAIMING_UNIFORM, Random.seeded(1));

    Map<String, Tensor> parameters = recurrent.parameters();
    assertThat(deviation(parameters, "weight_ih_l0"))
        .isCloseTo(Math.sqrt(2.0 / (40 + 180)), within(0.003));
    assertThat(deviation(parameters, "out.weight"))
        .isCloseTo(Math.sqrt(2.0 / (60 + 200)), within(0.003));
    assertThat(deviation(convolution.parameters(), "weight"))
        .isCloseTo(Math.sqrt(2.0 / (3 * 30)), within(0.004));
    assertThat(InitialWeights.ByFans.XAVIER_UNIFORM.deviation(3 * 30, 3 * 50))
        .isCloseTo(Math.sqrt(2.0 / 240), within(1e-9));
  }

  @Test
  void anUnknownOneIsRefused() {
    var config = Families.config(Shape.of("bert", 50, 16, 1, 2, 8));
    config.put("initialization", "orthogonal");

    assertThatThrownBy(() -> Families.spec(config))
        .hasMessage(
            "config.json: initialization must be one of [xavier_uniform, xavier_normal,"
                + " kaiming_uniform, kaiming_normal], found orthogonal");
  }

  private static double deviation(Map<String, Tensor> parameters, String end) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(end))
        .mapToDouble(entry -> Math.sqrt(entry.getValue().pow(2).mean().item()))
        .average()
        .orElseThrow();
  }
}

package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Penalties and cuts leave the scores that those of Hugging Face Transformers leave. */
class ProcessorParityTest {
  static Stream<JsonNode> cases() {
    return References.cases("processors.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesTheScoresOfTheReference(JsonNode reference) {
    float[] scores =
        HashModel.logits(
            reference.get("seed").asLong(),
            1,
            2,
            3,
            reference.get("vocabulary").asInt(),
            reference.get("scale").asDouble());
    if (reference.get("coarse").asBoolean()) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) (Math.rint(scores[i] * 2) / 2);
      }
    }
    Sampling sampling =
        References.options(reference.get("options"))
            .with(Option.DO_SAMPLE, true)
            .resolve(GenerationConfig.EMPTY);
    new Processors(GenerationConfig.EMPTY, sampling)
        .process(new Tokens(References.ids(reference.get("ids")), 100), scores);
    for (int i = 0; i < scores.length; i++) {
      JsonNode wanted = reference.get("scores").get(i);
      if (wanted.isNull()) {
        assertThat(scores[i]).as("token %d", i).isEqualTo(Float.NEGATIVE_INFINITY);
      } else {
        assertThat(scores[i]).as("token %d", i).isCloseTo((float) wanted.asDouble(), within(1e-5f));
      }
    }
  }
}

package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Greedy and beam continuations equal those of Hugging Face Transformers, token for token. */
class ContinuationParityTest {
  @TempDir Path folder;

  static Stream<JsonNode> cases() {
    return References.cases("continuations.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatTheReferenceSays(JsonNode reference) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), reference.get("config").toString());
    GenerationConfig config = GenerationConfig.read(folder);
    Sampling sampling = References.options(reference.get("options")).resolve(config);
    HashModel model =
        new HashModel(
            reference.get("vocabulary").asInt(),
            reference.get("seed").asLong(),
            reference.get("scale").asDouble(),
            Integer.MAX_VALUE);
    try (Generator generator = new Generator(model, config)) {
      List<Generated> texts =
          generator
              .generate(
                  List.of(References.ids(reference.get("prompt"))),
                  sampling,
                  Listener.NONE,
                  Progress.NONE)
              .texts();
      List<List<Integer>> wanted = References.lists(reference.get("sequences"));
      JsonNode scores = reference.get("scores");
      if (scores != null) {
        // The reference gives marks of beams that do not exist where bans leave too few.
        wanted
            .subList((int) References.numbers(scores).filter(x -> x > -1e6).count(), wanted.size())
            .clear();
      }
      assertThat(texts.stream().map(t -> Arrays.stream(t.tokens()).boxed().toList()).toList())
          .isEqualTo(wanted);
      for (int i = 0; scores != null && i < texts.size(); i++) {
        double wantedScore = scores.get(i).asDouble();
        assertThat((double) texts.get(i).score())
            .isCloseTo(wantedScore, within(1e-6 * (1 + Math.abs(wantedScore))));
      }
    }
  }
}

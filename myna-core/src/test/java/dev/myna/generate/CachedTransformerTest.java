package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.model.Transformer;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedTransformerTest {
  private static final int VOCABULARY = 31;
  private static final int CONTEXT = 24;

  private static Transformer model(String family) {
    return Pretrained.create(Shape.of(family, VOCABULARY, CONTEXT, 2, 4, 32).withDropout(0.5), 3)
        .model();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama", "openai-gpt"})
  void aBatchIsItsRowsOneByOneAlsoBeyondTheContext(String family) {
    Transformer model = model(family);
    List<int[]> prompts = List.of(new int[] {1, 2, 3, 4}, new int[] {5}, new int[30]);
    List<Sampling> samplings =
        List.of(
            Sampling.greedy(40),
            Sampling.random(40, new Strategy.Random(5)).withSequences(2),
            Sampling.beams(30, new Strategy.Beam(3)).withSequences(2));
    try (Generator generator =
        new Generator(
            new CachedTransformer(model, Device.CPU, Precision.FLOAT32),
            GenerationConfig.EMPTY.withEndTokens(2))) {
      for (Sampling sampling : samplings) {
        List<int[]> alone = new ArrayList<>();
        for (int[] prompt : prompts) {
          generator
              .generate(List.of(prompt), sampling, Listener.NONE, Progress.NONE)
              .texts()
              .forEach(text -> alone.add(text.tokens()));
        }
        List<Generated> batch =
            generator.generate(prompts, sampling, Listener.NONE, Progress.NONE).texts();
        assertThat(batch.stream().map(Generated::tokens)).containsExactlyElementsOf(alone);
      }
    }
    model.free();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "llama"})
  void nothingNativeIsLeft(String family) {
    Transformer model = model(family);
    long before = Tensor.live();
    for (int i = 0; i < 3; i++) {
      try (Generator generator =
          new Generator(
              new CachedTransformer(model, Device.CPU, Precision.FLOAT32),
              GenerationConfig.EMPTY)) {
        assertThat(
                generator
                    .generate(new int[] {1}, Sampling.beams(30, new Strategy.Beam(3)))
                    .tokens())
            .hasSize(30);
      }
      // Fewer where the collector has meanwhile found what other tests left.
      assertThat(Tensor.live()).isLessThanOrEqualTo(before);
    }
    model.free();
  }
}

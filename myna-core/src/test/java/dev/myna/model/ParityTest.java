package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.generate.CachedTransformer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.nn.Precision;
import dev.myna.nn.Taps;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small checkpoints of Hugging Face Transformers against what that library computed with them. */
class ParityTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  private static Path checkpoint(String family) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ParityTest.class.getResource("/parity/" + family)).toURI());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "openai-gpt", "llama"})
  void computesWhatTheReferenceComputes(String family) throws URISyntaxException {
    Pretrained pretrained = Pretrained.load(checkpoint(family));
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off();
        Safetensors reference =
            Safetensors.open(checkpoint(family).resolve("reference.safetensors"))) {
      Tensor ids = reference.tensor("input_ids");
      Tensor attended = reference.tensor("attention_mask").ne(0); // (B, T)
      Tensor counted = attended.unsqueeze(-1).to(DType.FLOAT32); // (B, T, 1)
      Mask mask = new Mask.Padding(Mask.CAUSAL, attended);
      Pass plain = Transformer.wholeText(ids, mask);
      Taps.Recorder taps = new Taps.Recorder();
      Pass tapped = new Pass(plain.positions(), plain.mask(), plain.cache(), taps);

      Transformer model = pretrained.model();
      Tensor hidden = model.hidden(ids, tapped);
      Tensor fused = model.logits(model.hidden(ids, plain));

      assertThat(difference(model.logits(hidden), reference.tensor("logits"), counted))
          .isLessThan(TOLERANCE);
      assertThat(difference(fused, reference.tensor("logits"), counted)).isLessThan(TOLERANCE);
      assertThat(difference(hidden, reference.tensor("hidden_states.last"), counted))
          .isLessThan(TOLERANCE);
      assertThat(
              difference(
                  taps.attentions().getFirst(),
                  reference.tensor("attentions.0"),
                  counted.unsqueeze(1)))
          .isLessThan(TOLERANCE);
    }
    pretrained.model().free();
  }

  private static double difference(Tensor found, Tensor wanted, Tensor counted) {
    return found.sub(wanted).mul(counted).abs().max().item();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "openai-gpt", "llama"})
  void continuesAsTheReferenceDoes(String family) throws URISyntaxException {
    Pretrained pretrained = Pretrained.load(checkpoint(family));
    GenerationConfig config = GenerationConfig.read(checkpoint(family));
    try (Safetensors reference =
            Safetensors.open(checkpoint(family).resolve("reference.safetensors"));
        Generator generator =
            new Generator(
                new CachedTransformer(pretrained.model(), Device.CPU, Precision.FLOAT32), config)) {
      int[] prompt = reference.tensor("prompt_ids").toInts();

      for (String way : new String[] {"greedy", "beam4"}) {
        int[] wanted = reference.tensor(way).toInts();
        int room = wanted.length - prompt.length;
        Sampling sampling =
            way.equals("greedy")
                ? Sampling.greedy(room)
                : Sampling.beams(room, new Strategy.Beam(4));
        int[] found = generator.generate(prompt, sampling).tokens();

        assertThat(found)
            .as(way)
            .containsExactly(Arrays.copyOfRange(wanted, prompt.length, wanted.length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "openai-gpt", "llama"})
  void writesEveryTensorBackAsItWas(String family) throws URISyntaxException {
    Pretrained.load(checkpoint(family)).save(folder);

    try (Scope scope = Scope.open();
        Weights before = Weights.open(checkpoint(family));
        Weights after = Weights.open(folder)) {
      assertThat(after.names()).isEqualTo(before.names());
      for (String name : before.names()) {
        assertThat(after.shape(name)).isEqualTo(before.shape(name));
        assertThat(after.tensor(name).toFloats()).isEqualTo(before.tensor(name).toFloats());
      }
    }
  }
}

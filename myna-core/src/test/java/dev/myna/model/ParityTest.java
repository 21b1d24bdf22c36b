package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.evaluate.Parity;
import dev.myna.nn.Mask;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small checkpoints of Hugging Face Transformers against what that library computed with them:
 * outputs, losses, continuations. The folders are made once by that library (5.18, torch 2.13), of
 * every family and kind of head, with settings that differ from the usual ones.
 */
class ParityTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  private static Path checkpoint(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(ParityTest.class.getResource("/parity/" + name)).toURI());
  }

  static List<String> checkpoints() throws IOException, URISyntaxException {
    try (Stream<Path> folders = Files.list(checkpoint(""))) {
      return folders.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("checkpoints")
  void computesWhatTheReferenceComputes(String name) throws URISyntaxException {
    Parity parity = Parity.of(checkpoint(name));

    Map<String, Double> off = new TreeMap<>(parity.differences());
    off.values().removeIf(difference -> difference <= TOLERANCE);
    assertThat(off).isEmpty();
    assertThat(parity.differences()).isNotEmpty();
    assertThat(parity.continuations()).doesNotContainValue(false);
  }

  @Test
  void everyFamilyIsAmongThem() throws IOException, URISyntaxException {
    List<String> types =
        checkpoints().stream()
            .map(
                name -> {
                  try {
                    return Pretrained.config(checkpoint(name)).path("model_type").asString();
                  } catch (URISyntaxException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .distinct()
            .toList();

    // The 2017 Transformer is stored as a Marian.
    assertThat(Families.names()).containsAll(types).hasSize(types.size() + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "openai-gpt", "llama", "mistral-window", "qwen2-window"})
  void theFastPathComputesTheSame(String name) throws URISyntaxException {
    Transformer model = Pretrained.load(checkpoint(name)).model();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off();
        Safetensors reference =
            Safetensors.open(checkpoint(name).resolve("reference.safetensors"))) {
      Tensor ids = reference.tensor("input_ids");
      Tensor attended = reference.tensor("attention_mask").ne(0); // (B, T)
      Mask mask = new Mask.Padding(Mask.CAUSAL, attended);
      Tensor logits = model.logits(model.hidden(ids, Transformer.wholeText(ids, mask)));
      Tensor counted = attended.unsqueeze(-1).to(DType.FLOAT32); // (B, T, 1)

      assertThat(logits.sub(reference.tensor("logits")).mul(counted).abs().max().item())
          .isLessThan(TOLERANCE);
    }
    model.free();
  }

  @ParameterizedTest
  @MethodSource("checkpoints")
  void writesWhatItRead(String name) throws URISyntaxException {
    Pretrained read = Pretrained.load(checkpoint(name));
    read.save(folder);
    Pretrained again = Pretrained.load(folder);

    try (Scope scope = Scope.open();
        Weights before = Weights.open(checkpoint(name));
        Weights after = Weights.open(folder)) {
      assertThat(after.names()).isEqualTo(before.names());
      for (String tensor : before.names()) {
        assertThat(after.shape(tensor)).isEqualTo(before.shape(tensor));
      }
      Map<String, Tensor> parameters = again.model().parameters();
      read.model()
          .parameters()
          .forEach(
              (path, values) ->
                  assertThat(Objects.requireNonNull(parameters.get(path)).toFloats())
                      .as(path)
                      .isEqualTo(values.toFloats()));
    }
  }

  @Test
  void aReferenceThatIsOffIsNotPassed() throws IOException, URISyntaxException {
    Path copy = tampered("logits", "logits");

    assertThat(Parity.of(copy).within(TOLERANCE)).isFalse();
  }

  @Test
  void anOutputThatTheModelDoesNotGiveIsRefused() throws IOException, URISyntaxException {
    Path copy = tampered("logits", "scores");

    assertThatThrownBy(() -> Parity.of(copy))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("scores")
        .hasMessageContaining("logits");
  }

  @Test
  void positionsOfTheReferenceAreTaken() throws IOException, URISyntaxException {
    try (Scope scope = Scope.open()) {
      Tensor inOrder = Tensor.range(0, 17, Device.CPU).unsqueeze(0); // (1, T)

      // Rotated queries and keys know distances alone; learned positions are known one by one.
      assertThat(Parity.of(placed("llama", inOrder.add(5))).within(TOLERANCE)).isTrue();
      assertThat(Parity.of(placed("llama", inOrder.mul(2))).within(TOLERANCE)).isFalse();
      assertThat(Parity.of(placed("gpt2", inOrder)).within(TOLERANCE)).isTrue();
      assertThat(Parity.of(placed("gpt2", inOrder.add(5))).within(TOLERANCE)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"factor", "low_freq_factor", "high_freq_factor"})
  void scaledPositionsAreNotGuessed(String key) throws IOException, URISyntaxException {
    Path copy = copy("llama3", tensors -> {});
    Path config = copy.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"%s\"".formatted(key), "\"other\""));

    assertThatThrownBy(() -> Pretrained.load(copy))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(key + " must be a number with rope_type llama3, found nothing");
  }

  @Test
  void wholeNumbersAreNoWeights() throws IOException, URISyntaxException {
    Path copy = copy("llama", tensors -> {});
    String name = "model.norm.weight";
    Map<String, Tensor> tensors = new TreeMap<>();
    try (Scope scope = Scope.open();
        Weights weights = Weights.open(copy)) {
      weights.names().forEach(each -> tensors.put(each, weights.tensor(each).mul(1)));
      tensors.put(name, Objects.requireNonNull(tensors.get(name)).to(DType.INT32));
      Safetensors.write(copy.resolve("model.safetensors"), tensors, Map.of());
    }

    assertThatThrownBy(() -> Pretrained.load(copy))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(name + ": wanted floating-point numbers, found INT32");
  }

  /** By Transformers 5.18, which reads the labels under the decoder's mask. */
  @ParameterizedTest
  @CsvSource({"t5-buckets, 4.7110839", "marian-plain, 4.3795838"})
  void theLossOfADecoderKnowsItsMask(String name, float loss)
      throws IOException, URISyntaxException {
    boolean[] there = new boolean[18];
    Arrays.fill(there, true);
    boolean[] mask = there.clone();
    mask[10] = false;
    mask[11] = false;

    Path masked =
        copy(
            name,
            tensors -> {
              tensors.keySet().retainAll(List.of("input_ids", "attention_mask", "labels", "loss"));
              tensors.put("decoder_attention_mask", Tensor.of(mask, 2, 9).to(DType.INT64));
              tensors.put("loss", Tensor.of(new float[] {loss}, 1));
            });

    assertThat(Parity.of(masked).within(TOLERANCE)).isTrue();
  }

  /** As Transformers does, which reads the body of any checkpoint. */
  @ParameterizedTest
  @CsvSource({
    "llama-base, model., lm_head.weight",
    "llama-base, '', lm_head.weight",
    "gpt2-base, transformer., lm_head.weight",
    "bert-base, bert., cls.predictions.bias",
    "roberta-base, roberta., lm_head.bias",
    "distilbert-base, distilbert., vocab_projector.bias",
    "t5-base, '', lm_head.weight",
    "bart-base, model., lm_head.weight"
  })
  void aHeadThatTheModelDoesWithoutIsNotRead(String name, String prefix, String head)
      throws IOException, URISyntaxException {
    Path headed =
        changed(
            name,
            tensors -> {
              Map<String, Tensor> named = new TreeMap<>();
              tensors.forEach((each, tensor) -> named.put(prefix + each, tensor));
              tensors.clear();
              tensors.putAll(named);
              tensors.put(head, Tensor.zeros(37, 16));
            });

    assertThat(Parity.of(headed).within(TOLERANCE)).isTrue();
  }

  /** By Transformers 5.18: of two biases that differ, that of the layer counts, tied or not. */
  @ParameterizedTest
  @CsvSource({"bert-pretraining, cls.predictions.", "roberta-mlm, lm_head."})
  void theBiasOfAHeadMayDifferWhereItsWeightDoesNot(String name, String head)
      throws IOException, URISyntaxException {
    Path changed =
        changed(
            name,
            tensors ->
                tensors.put(
                    head + "decoder.bias",
                    Objects.requireNonNull(tensors.get(head + "bias")).add(1)));

    Pretrained read = Pretrained.load(changed);

    Pretrained plain = Pretrained.load(checkpoint(name));
    assertThat(read.ownHead()).isFalse();
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> before = plain.model().parameters();
      read.model()
          .parameters()
          .forEach(
              (path, found) ->
                  assertThat(found.sub(Objects.requireNonNull(before.get(path))).toFloats())
                      .as(path)
                      .usingComparatorWithPrecision(1e-6f)
                      .containsOnly(path.equals("head.bias") ? 1 : 0));
    }
  }

  /** The same: without a bias of its own, an untied layer has that of the head. */
  @Test
  void aHeadOfItsOwnMayHaveTheBiasOfATiedOne() throws IOException, URISyntaxException {
    Path changed =
        changed(
            "bert-pretraining",
            tensors ->
                tensors.put(
                    "cls.predictions.decoder.weight",
                    Objects.requireNonNull(tensors.get("bert.embeddings.word_embeddings.weight"))
                        .mul(2)));

    Pretrained read = Pretrained.load(changed);

    assertThat(read.ownHead()).isTrue();
    assertThat(Objects.requireNonNull(read.model().parameters().get("head.bias")).toFloats())
        .isEqualTo(
            Objects.requireNonNull(
                    Pretrained.load(checkpoint("bert-pretraining"))
                        .model()
                        .parameters()
                        .get("head.bias"))
                .toFloats());
  }

  /** A copy whose tokens stand at these positions. */
  private Path placed(String name, Tensor positions) throws IOException, URISyntaxException {
    return copy(name, tensors -> tensors.put("position_ids", positions));
  }

  /** A copy whose reference has one output changed, and by another name. */
  private Path tampered(String from, String to) throws IOException, URISyntaxException {
    return copy(
        "bert-tagger",
        tensors -> tensors.put(to, Objects.requireNonNull(tensors.remove(from)).add(1e-3)));
  }

  /** A copy with other weights. */
  private Path changed(String name, Consumer<Map<String, Tensor>> change)
      throws IOException, URISyntaxException {
    Path copied = copy(name, tensors -> {});
    try (Scope scope = Scope.open();
        Safetensors weights = Safetensors.open(checkpoint(name).resolve("model.safetensors"))) {
      Map<String, Tensor> tensors = new TreeMap<>();
      weights.names().forEach(each -> tensors.put(each, weights.tensor(each)));
      change.accept(tensors);
      Safetensors.write(copied.resolve("model.safetensors"), tensors, Map.of());
    }
    return copied;
  }

  private Path copy(String name, Consumer<Map<String, Tensor>> change)
      throws IOException, URISyntaxException {
    Path original = checkpoint(name);
    for (String file : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(original.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Scope scope = Scope.open();
        Safetensors reference = Safetensors.open(original.resolve("reference.safetensors"))) {
      Map<String, Tensor> tensors = new TreeMap<>();
      reference.names().forEach(each -> tensors.put(each, reference.tensor(each)));
      change.accept(tensors);
      Safetensors.write(folder.resolve("reference.safetensors"), tensors, Map.of());
    }
    return folder;
  }
}

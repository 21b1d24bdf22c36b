package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.task.Embedder;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Padding;
import dev.myna.text.Tokenizer;
import dev.myna.text.Truncation;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folders that sentence-transformers 6.0.1 wrote, with the vectors that it made of single texts,
 * and what was changed in them.
 */
class SentenceTransformersTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path folder;

  @BeforeEach
  void one() {
    Libtorch.threads(1);
  }

  /** A copy of one of the folders. */
  private Path copy(String name) {
    try {
      Path from =
          Path.of(
              Objects.requireNonNull(
                      SentenceTransformersTest.class.getResource("/sentence/" + name))
                  .toURI());
      Path to = folder.resolve(name);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, float[]> expected(Path model) {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        JSON.readTree(model.resolve("expected.json")).properties()) {
      float[] vector = new float[entry.getValue().size()];
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) entry.getValue().get(i).asDouble();
        squares += vector[i] * vector[i];
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      vectors.put(entry.getKey(), vector);
    }
    return vectors;
  }

  private static List<float[]> vectors(Path model, List<String> texts) {
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      return embedder.vectors(texts, Progress.NONE);
    }
  }

  private static float[] vector(Path model, String text) {
    return vectors(model, List.of(text)).getFirst();
  }

  private static void hasExpectedVectors(Path model, Path expectations) {
    Map<String, float[]> expected = expected(expectations);
    List<float[]> found = vectors(model, List.copyOf(expected.keySet()));
    int row = 0;
    for (float[] wanted : expected.values()) {
      assertThat(found.get(row++)).containsExactly(wanted, within(2e-6f));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuses(Path model, String... said) {
    var refused =
        assertThatThrownBy(() -> TrainedEmbedder.load(model, Device.CPU))
            .isInstanceOf(CheckpointException.class);
    for (String words : said) {
      refused.hasMessageContaining(words);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolution", "poolings"})
  void vectorsAreThoseOfTheReference(String name) {
    Path model = copy(name);

    hasExpectedVectors(model, model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolution", "poolings"})
  void whatIsWrittenIsReadAgain(String name) {
    Path model = copy(name);
    Path again = folder.resolve("again");
    Embedder embedder = Embedder.load(model, 0);
    write(again.resolve("empty"), "");
    embedder.save(again);
    embedder.module().free();
    Tokenizer.load(model).save(again);
    write(again.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 12}");

    hasExpectedVectors(again, model);
  }

  @Test
  void layoutIsThatOfSentenceTransformers() throws IOException {
    Path again = folder.resolve("again");
    write(again.resolve("empty"), "");
    Embedder embedder = Embedder.load(copy("convolution"), 0);
    embedder.save(again);
    embedder.module().free();

    List<String> paths = new ArrayList<>();
    JSON.readTree(again.resolve("modules.json"))
        .forEach(module -> paths.add(module.path("path").asString()));
    assertThat(paths).containsExactly("", "1_CNN", "2_Pooling", "3_Dense", "4_Normalize");
    assertThat(Files.readString(again.resolve("1_CNN/cnn_config.json")))
        .contains("\"in_word_embedding_dimension\" : 8", "\"kernel_sizes\" : [ 1, 3, 5 ]");
    assertThat(Files.readString(again.resolve("2_Pooling/config.json")))
        .contains("\"pooling_mode_mean_tokens\" : true", "\"word_embedding_dimension\" : 9");
    assertThat(Files.readString(again.resolve("3_Dense/config.json")))
        .contains("torch.nn.modules.activation.Tanh", "\"out_features\" : 5");
    try (Safetensors weights = Safetensors.open(again.resolve("1_CNN/model.safetensors"))) {
      assertThat(weights.names()).contains("convs.0.weight", "convs.2.bias").hasSize(6);
    }
  }

  /** Waited for by nobody since version 2, but folders of that time are still there. */
  @Test
  void theLayoutOfTheFirstVersionsIsRead() throws IOException {
    Path model = copy("poolings");
    Path encoder = Files.createDirectory(model.resolve("0_Transformer"));
    for (String file : List.of("model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      Files.move(model.resolve(file), encoder.resolve(file));
    }
    Files.move(model.resolve("config.json"), encoder.resolve("config.json"));
    Files.delete(model.resolve("sentence_bert_config.json"));
    write(encoder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 12}");
    write(
        model.resolve("modules.json"),
        """
        [{"idx": 0, "name": "0", "path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
         {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
         {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}]
        """);

    hasExpectedVectors(model, model);
  }

  @Test
  void flagsStandSideBySideInTheOrderOfTheReference() {
    Path model = copy("convolution");
    Path how = model.resolve("2_Pooling/config.json");
    write(
        model.resolve("modules.json"),
        """
        [{"path": "", "type": "sentence_transformers.models.Transformer"},
         {"path": "1_CNN", "type": "sentence_transformers.models.CNN"},
         {"path": "2_Pooling", "type": "sentence_transformers.models.Pooling"}]
        """);
    write(how, "{\"pooling_mode\": [\"cls\", \"mean\", \"lasttoken\"]}");
    float[] named = vector(model, "a dog ran");
    write(
        how,
        "{\"pooling_mode_lasttoken\": true, \"pooling_mode_mean_tokens\": true,"
            + " \"pooling_mode_cls_token\": true, \"pooling_mode_max_tokens\": false}");

    assertThat(vector(model, "a dog ran")).hasSize(27).containsExactly(named);
    write(how, "{\"word_embedding_dimension\": 9, \"pooling_mode_max_tokens\": false}");
    float[] nothing = vector(model, "a dog ran");
    write(how, "{\"pooling_mode\": \"mean\"}");
    assertThat(vector(model, "a dog ran")).containsExactly(nothing);
  }

  @Test
  void limitsLowerCaseAndTheDefaultPromptAreFollowed() {
    Path model = copy("poolings");
    String text = "the cat sang on a tree";
    float[] whole = vector(model, text);
    Path limits = model.resolve("sentence_bert_config.json");

    write(limits, "{\"max_seq_length\": 6}"); // [CLS] the cat sang on [SEP]
    assertThat(vector(model, text))
        .isNotEqualTo(whole)
        .containsExactly(vector(model, "the cat sang on"));
    write(limits, "{\"do_lower_case\": true}");
    assertThat(vector(model, "Dog ran")).containsExactly(vector(model, "dog ran"));
    write(limits, "{\"do_lower_case\": false}");
    assertThat(vector(model, "Dog ran")).isNotEqualTo(vector(model, "dog ran"));

    Path prompts = model.resolve("config_sentence_transformers.json");
    float[] prompted = vector(model, "a cat sang");
    write(prompts, "{\"prompts\": {\"query\": \"a \"}, \"default_prompt_name\": \"query\"}");
    assertThat(vector(model, "cat sang")).containsExactly(prompted);
    write(prompts, "{\"prompts\": {\"query\": \"a \"}, \"default_prompt_name\": null}");
    assertThat(vector(model, "cat sang")).isNotEqualTo(prompted);
  }

  @Test
  void whatATokenizerWasSavedWithDoesNotPadOrCut() {
    Path model = copy("poolings");
    Tokenizer saved = Tokenizer.load(model);
    saved.toBuilder()
        .padding(new Padding(OptionalInt.of(16), Truncation.Direction.RIGHT, 0, 0, 0, "[PAD]"))
        .truncation(Truncation.to(4))
        .build()
        .save(model);

    hasExpectedVectors(model, model);
  }

  @Test
  void settingsThatAreNotFollowedAreRefusedByName() {
    Path model = copy("convolution");
    record Wrong(String file, String text, String... said) {}
    List<Wrong> all =
        List.of(
            new Wrong("1_CNN/cnn_config.json", "{\"kernel_sizes\": [1, 2]}", "odd", "[1, 2]"),
            new Wrong("1_CNN/cnn_config.json", "{\"stride_sizes\": [1, 2, 1]}", "stride_sizes"),
            new Wrong("1_CNN/cnn_config.json", "{\"dilation\": 2}", "dilation"),
            new Wrong("1_CNN/cnn_config.json", "{\"out_channels\": 0}", "out_channels", "found 0"),
            new Wrong("1_CNN/cnn_config.json", "[]", "JSON object"),
            new Wrong(
                "1_CNN/cnn_config.json",
                "{\"in_embedding_dimension\": 7, \"out_channels\": 3}",
                "7",
                "8"),
            new Wrong("2_Pooling/config.json", "{\"pooling_mode\": \"middle\"}", "middle"),
            new Wrong(
                "2_Pooling/config.json", "{\"pooling_mode_some\": true}", "pooling_mode_some"),
            new Wrong("2_Pooling/config.json", "{\"pool", "not JSON"),
            new Wrong(
                "3_Dense/config.json",
                "{\"out_features\": 5, \"activation_function\":"
                    + " \"torch.nn.modules.activation.Softmax\"}",
                "Softmax",
                "Tanh"),
            new Wrong(
                "3_Dense/config.json",
                "{\"out_features\": 5, \"activation_function\": \"my.own.Tanh\"}",
                "my.own.Tanh"),
            new Wrong(
                "3_Dense/config.json",
                "{\"out_features\": 5, \"use_residual\": true}",
                "use_residual"),
            new Wrong(
                "3_Dense/config.json",
                "{\"out_features\": 5, \"module_input_name\": \"token_embeddings\"}",
                "token_embeddings"),
            new Wrong("3_Dense/config.json", "{\"in_features\": 9}", "out_features", "nothing"),
            new Wrong("4_Normalize/config.json", "{\"p\": 1}", "[p]"),
            new Wrong("sentence_bert_config.json", "{\"max_seq_length\": \"many\"}", "many"),
            new Wrong("sentence_bert_config.json", "{\"query_length\": 5}", "query_length"),
            new Wrong(
                "sentence_bert_config.json", "{\"transformer_task\": \"fill-mask\"}", "fill-mask"),
            new Wrong("config_sentence_transformers.json", "{\"truncate_dim\": 3}", "truncate_dim"),
            new Wrong(
                "config_sentence_transformers.json",
                "{\"model_type\": \"SparseEncoder\"}",
                "SparseEncoder"),
            new Wrong(
                "config_sentence_transformers.json", "{\"default_prompt_name\": \"ask\"}", "ask"),
            new Wrong(
                "modules.json",
                "[{\"path\": \"\", \"type\": \"sentence_transformers.models.WordEmbeddings\"}]",
                "WordEmbeddings"),
            new Wrong(
                "modules.json",
                "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
                    + " {\"path\": \"x\", \"type\": \"sentence_transformers.models.LSTM\"}]",
                "models.LSTM"),
            new Wrong(
                "modules.json",
                "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
                    + " {\"path\": \"2_Pooling\", \"type\": \"my.Pooling\"}]",
                "my.Pooling"),
            new Wrong(
                "modules.json",
                "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
                    + " {\"path\": \"../away\", \"type\":"
                    + " \"sentence_transformers.models.Pooling\"}]",
                "../away"),
            new Wrong(
                "modules.json",
                "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
                    + " {\"path\": \"4_Normalize\", \"type\":"
                    + " \"sentence_transformers.models.Normalize\"}]",
                "pooling"));
    for (Wrong wrong : all) {
      Path file = model.resolve(wrong.file());
      String before = read(file);
      write(file, wrong.text());
      List<String> said = new ArrayList<>(List.of(wrong.said()));
      said.add(file.getFileName().toString().equals("modules.json") ? "" : wrong.file());
      refuses(model, said.toArray(String[]::new));
      write(file, before);
    }
    hasExpectedVectors(model, model);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPromptThatIsToBeLeftOutOfThePoolingIsRefused() {
    Path model = copy("poolings");
    write(
        model.resolve("1_Pooling/config.json"),
        "{\"pooling_mode\": \"mean\", \"include_prompt\": false}");
    write(
        model.resolve("modules.json"),
        "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
            + " {\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}]");
    assertThat(vector(model, "cat")).hasSize(8); // without a prompt there is nothing to leave out

    write(
        model.resolve("config_sentence_transformers.json"),
        "{\"prompts\": {\"ask\": \"the \"}, \"default_prompt_name\": \"ask\"}");
    refuses(model, "include_prompt", "default_prompt_name");
  }

  @Test
  void weightsThatDoNotFitAreNamed() {
    Path model = copy("convolution");
    Path file = model.resolve("1_CNN/model.safetensors");
    record Wrong(Consumer<Map<String, Tensor>> change, String said) {}
    for (Wrong wrong :
        List.of(
            new Wrong(weights -> weights.remove("convs.1.bias"), "missing [convs.1.bias]"),
            new Wrong(
                weights -> weights.put("convs.3.weight", Tensor.zeros(2)),
                "unexpected [convs.3.weight]"),
            new Wrong(
                weights -> weights.put("convs.0.weight", Tensor.zeros(3, 8, 3)),
                "wrong shape or kind [convs.0.weight]"))) {
      try (Scope scope = Scope.open()) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (Safetensors stored = Safetensors.open(file)) {
          stored.names().forEach(name -> weights.put(name, stored.tensor(name).copy()));
        }
        Map<String, Tensor> changed = new LinkedHashMap<>(weights);
        wrong.change().accept(changed);
        Safetensors.write(file, changed, Map.of());
        refuses(model, "1_CNN", wrong.said());
        Safetensors.write(file, weights, Map.of());
      }
    }
    hasExpectedVectors(model, model);
  }

  @Test
  void pickledWeightsAreRefused() throws IOException {
    Path model = copy("convolution");
    Files.move(
        model.resolve("3_Dense/model.safetensors"), model.resolve("3_Dense/pytorch_model.bin"));

    refuses(model, "3_Dense", "pickle");
  }

  private Outcome trained(Path from, String task, List<String> notes) {
    write(
        folder.resolve("scored.tsv"),
        "a dog ran\tthe dog ran\t4.5\na dog ran\ta bird sang\t0.5\nthe cat\ta cat\t5\n".repeat(4));
    return SmallRecipes.follow(
            """
            name: test
            data: {train: [%1$s/scored.tsv], validation_fraction: 0.25}
            task: {kind: similarity%2$s}
            model: {family: bert, from: "%3$s", context: 12}
            train: {steps: 2, batch: 4, rate: 1e-12, device: cpu, precision: float32, threads: 1}
            out: "%1$s/run"
            """
                .formatted(folder, task, from),
            SmallRecipes.noting(notes),
            () -> false)
        .run(Start.OVERWRITE);
  }

  @Test
  void aTrainingStartsFromTheLayersOfAFolderOrFromItsOwn() throws IOException {
    Path model = copy("convolution");
    List<String> notes = new ArrayList<>();

    Path kept = trained(model, "", notes).model();

    hasExpectedVectors(kept, model);
    assertThat(notes).anyMatch(note -> note.startsWith("behind the encoder as there: [Conv"));
    notes.clear();

    Path other = trained(model, ", pooling: max", notes).model();

    assertThat(Files.readString(other.resolve("modules.json")))
        .contains("1_Pooling")
        .doesNotContain("CNN");
    assertThat(notes).contains("left out: what stands behind the encoder there");
  }
}

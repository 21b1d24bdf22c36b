package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way from a recipe to a talk, on a model that learns for a second. */
class ModelCommandsTest {
  private static final Path CHECKPOINTS = Path.of("../myna-core/src/test/resources/parity");

  @TempDir static Path folder;

  private static Path run;
  private static Run trained;

  @BeforeAll
  static void train() throws IOException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "to be or not to be, that is\n".repeat(200));
    run = folder.resolve("run");
    Path recipe =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            name: tiny
            out: %s
            data:
              train: ["%s"]
            tokenizer:
              kind: characters
            model:
              layers: 1
              heads: 2
              width: 16
              context: 32
            train:
              steps: 30
              batch: 8
              rate: 1e-2
              precision: float32
              evaluate_every: 15
            """
                .formatted(run, text));
    trained =
        Run.myna("train", recipe.toString(), "--report", folder.resolve("train.json").toString());
  }

  private static JsonNode json(String... args) {
    Run run = Run.myna(args);
    assertThat(run.code()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void trainingLeavesAModelAReportAndItsFigures() {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(run.resolve("best/model.safetensors")).exists();
    assertThat(run.resolve("report.html")).exists();
    JsonNode figures = JsonMapper.shared().readTree(folder.resolve("train.json").toFile());
    assertThat(figures.path("validation_loss").asDouble()).isBetween(0.0, 3.2);
    assertThat(figures.path("tokens_per_second").asDouble()).isPositive();
    assertThat(figures.path("peak_memory_bytes").asLong()).isPositive();
  }

  @Test
  void aFinishedTrainingIsNotWrittenOver() {
    Run again = Run.myna("train", folder.resolve("tiny.yaml").toString());

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("holds a training already");
  }

  @Test
  void whatTheTokenizerDoesNotKnowIsNoPrompt() {
    Run refused = Run.myna("generate", run.toString(), "--prompt", "to 日");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("\"日\" (U+65E5) is no character of this tokenizer");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void aToleranceIsANumberOfAtLeastZero() {
    for (String tolerance : new String[] {"-1", "NaN"}) {
      Run refused = Run.myna("parity", run.resolve("best").toString(), "--tolerance", tolerance);

      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("--tolerance must be at least 0");
    }
  }

  @Test
  void nothingIsSaidBeforeARefusal() {
    Run refused = Run.myna("generate", run.toString(), "--prompt", "to be", "--max-length", "3");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("raise it, or leave it out");
  }

  @Test
  void aSeedWithoutSamplingIsRefused() {
    assertThat(Run.myna("generate", run.toString(), "--prompt", "to ", "--seed", "1").err())
        .contains("seed is an option of sampling and do_sample is off");
  }

  @Test
  void logProbabilitiesAreNamedInSnakeCase() {
    JsonNode chance =
        json(
                "generate",
                run.toString(),
                "--prompt",
                "to ",
                "--max-new-tokens",
                "2",
                "--logprobs",
                "1",
                "--json")
            .path("texts")
            .path(0)
            .path("logprobs")
            .path(0);

    assertThat(chance.path("log_probability").asDouble(1)).isNegative();
    assertThat(chance.path("alternatives").path(0).propertyNames())
        .containsExactly("token", "log_probability");
  }

  @Test
  void greedyTextsAreEqualAndSampledOnesFollowTheSeed() {
    String[] greedy = {
      "generate", run.toString(), "--prompt", "to ", "--max-new-tokens", "40", "--json"
    };
    JsonNode first = json(greedy);
    assertThat(json(greedy).path("texts")).isEqualTo(first.path("texts"));
    assertThat(first.path("texts").path(0).path("tokens").size()).isEqualTo(40);

    String[] sampled = {
      "generate",
      run.toString(),
      "--prompt",
      "to ",
      "--do-sample",
      "--seed",
      "5",
      "--texts",
      "2",
      "--max-new-tokens",
      "20",
      "--json"
    };
    JsonNode texts = json(sampled).path("texts");
    assertThat(texts.size()).isEqualTo(2);
    assertThat(json(sampled).path("texts")).isEqualTo(texts);
    assertThat(texts.path(0).path("text")).isNotEqualTo(texts.path(1).path("text"));
  }

  @Test
  void beamsAreWrittenBestFirst() {
    JsonNode texts =
        json(
                "generate",
                run.toString(),
                "--prompt",
                "to ",
                "--beams",
                "3",
                "--texts",
                "3",
                "--max-new-tokens",
                "8",
                "--json")
            .path("texts");

    List<Double> scores = texts.valueStream().map(text -> text.path("score").asDouble()).toList();
    assertThat(scores).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --do-sample --temperature 0 | temperature
          --do-sample --top-k 0       | top_k
          --do-sample --top-p 1.5     | top_p
          --top-k 5                   | do_sample
          --max-new-tokens 0          | max_new_tokens
          --beams 0                   | num_beams
          --max-new-tokens many       | many
          """)
  void wrongOptionsAreRefusedInASentence(String options, String named) {
    String[] args = ("generate " + run + " --prompt to " + options).split(" +");

    Run refused = Run.myna(args);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).startsWith("myna: ").contains(named);
    assertThat(refused.err().lines()).hasSize(1);
  }

  @Test
  void aFolderWithoutAModelIsRefused() {
    Run refused = Run.myna("generate", folder.resolve("nothing").toString(), "--prompt", "a");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).startsWith("myna: a model's folder was wanted");
  }

  @Test
  void parityTellsAgreementFromDisagreement() throws IOException {
    Path good = CHECKPOINTS.resolve("bart-base");
    Run agrees = Run.myna("parity", good.toString());
    assertThat(agrees.code()).as(agrees.out() + agrees.err()).isZero();

    Run strict = Run.myna("parity", good.toString(), "--tolerance", "1e-30");
    assertThat(strict.code()).isOne();

    Path cut = Files.createDirectories(folder.resolve("cut"));
    for (String name : List.of("config.json", "reference.safetensors", "model.safetensors")) {
      byte[] bytes = Files.readAllBytes(good.resolve(name));
      int length = name.startsWith("model") ? bytes.length - 100 : bytes.length;
      Files.write(cut.resolve(name), Arrays.copyOf(bytes, length));
    }
    Run refused = Run.myna("parity", cut.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("model.safetensors");

    Path noTokenizer = Files.createDirectories(folder.resolve("no-tokenizer"));
    Files.writeString(noTokenizer.resolve("tokenizer.json"), "{");
    Files.writeString(noTokenizer.resolve("reference.json"), "{}");
    Run beside = Run.myna("parity", cut.toString(), noTokenizer.toString(), good.toString());
    assertThat(beside.code()).isEqualTo(2);
    assertThat(beside.err()).contains("model.safetensors").contains("tokenizer.json");
    assertThat(beside.out()).contains("bart-base").contains("ok");
  }

  @Test
  void whatIsNoModelOfLlama2cIsNotConverted() throws IOException {
    Path file = Files.writeString(folder.resolve("text.bin"), "this is no model at all, only text");
    Path out = folder.resolve("converted");

    Run refused =
        Run.myna(
            "convert", file.toString(), "--tokenizer", file.toString(), "--out", out.toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).startsWith("myna: ").contains("text.bin");
    assertThat(out).doesNotExist();
  }

  @Test
  void aCheckpointOfTensorFlowIsConvertedAndFillsMasks() throws IOException {
    Path checkpoint = Path.of("src/test/resources/bert-checkpoint");
    Path out = folder.resolve("bert");

    JsonNode converted = json("convert", checkpoint.toString(), "--out", out.toString(), "--json");
    assertThat(converted.path("vocabulary").asInt()).isEqualTo(12);
    JsonNode text =
        json("fill", out.toString(), "Myna learns to [MASK].", "--top", "3", "--json")
            .path("texts")
            .path(0);
    JsonNode tokens = text.path("places").path(0).path("tokens");
    assertThat(text.path("places").path(0).path("position").asInt()).isEqualTo(4);
    assertThat(tokens.size()).isEqualTo(3);
    assertThat(text.path("filled").asString())
        .contains("myna learns to " + tokens.path(0).path("token").asString().replace("#", ""));
    assertThat(Run.myna("fill", out.toString(), "a [MASK]").out()).contains("probability");

    Run nothing = Run.myna("fill", out.toString(), "nothing is hidden");
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("[MASK] in place of a word was wanted");
    Run tooLong = Run.myna("fill", out.toString(), "[MASK] a a a a a a a a");
    assertThat(tooLong.err()).contains("11 tokens and the model reads 8");
    Run decoder = Run.myna("fill", run.toString(), "to [MASK]");
    assertThat(decoder.code()).isEqualTo(2);
    assertThat(decoder.err()).contains("hidden tokens are said by an encoder");
    Run topless =
        Run.myna("convert", checkpoint.toString(), "--top", "pretraining", "--out", out.toString());
    assertThat(topless.code()).isEqualTo(2);
    assertThat(topless.err()).contains("textHead").contains("another top");
    Run empty = Run.myna("convert", folder.toString(), "--out", out.toString());
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains(".index");
  }

  @Test
  void benchTrainsOnNothingAndSaysHowFast() {
    JsonNode figures =
        json(
            "bench",
            "train",
            "--layers",
            "1",
            "--heads",
            "2",
            "--width",
            "16",
            "--context",
            "16",
            "--batch",
            "2",
            "--steps",
            "3",
            "--precision",
            "float32",
            "--json");

    assertThat(figures.path("tokens_per_second").asDouble()).isPositive();
  }

  @Test
  void benchSaysTokensAndHowFast() {
    String[] small = {"bench", "generate", "--layers", "1", "--heads", "2", "--width", "16"};
    JsonNode figures = json(with(small, "--rounds", "2", "--tokens", "3", "--json"));
    assertThat(figures.path("tokens_per_second").asDouble()).isPositive();
    assertThat(figures.path("first_tokens_per_second").asDouble()).isPositive();

    for (String[] wrong :
        new String[][] {
          {"--rounds", "0"}, {"--texts", "-1"}, {"--tokens", "0"}, {"--family", "bert"}
        }) {
      Run run = Run.myna(with(small, wrong));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains(wrong[0].substring(2).equals("tokens") ? "tokens" : wrong[0]);
    }
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void aBaseModelIsGivenAllThatWasWritten() {
    LoadedModel model = LoadedModel.load(run, Device.of("cpu"));
    Talk talk = Talk.with(model, null);

    assertThat(model.tokenizer().decode(talk.ask("to be"))).isEqualTo("to be\n");
    talk.answered("or not");
    assertThat(model.tokenizer().decode(talk.ask("that"))).isEqualTo("to be\nor not\nthat\n");
    talk.forget();
    assertThat(model.tokenizer().decode(talk.ask("is"))).isEqualTo("is\n");
  }

  @Test
  void aChatModelIsGivenTurnsByItsTemplate() throws IOException {
    Path best = run.resolve("best");
    Path template = best.resolve("chat_template.jinja");
    Files.writeString(
        template,
        "{% for m in messages %}{{ m['content'] }}\n"
            + "{% endfor %}{% if add_generation_prompt %}to{% endif %}");
    try {
      LoadedModel model = LoadedModel.load(best, Device.of("cpu"));
      Talk talk = Talk.with(model, "not");

      assertThat(model.tokenizer().decode(talk.ask("that"))).isEqualTo("not\nthat\nto");
      talk.answered("is");
      assertThat(model.tokenizer().decode(talk.ask("or"))).isEqualTo("not\nthat\nis\nor\nto");
    } finally {
      Files.delete(template);
    }
  }

  @Test
  void aModelWithoutATemplateIsToldNothingFirst() {
    assertThat(Run.myna("chat", run.toString(), "--system", "be kind").err())
        .contains("--system needs a chat template");
  }

  @Test
  void doctorLooksAtTheTensorLibrary() {
    assertThat(Run.myna("doctor").out()).contains("libtorch").contains("gpu");
  }
}

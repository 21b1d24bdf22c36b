package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.generate.EarlyStopping;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.model.Pretrained;
import dev.myna.task.Evaluation;
import dev.myna.task.TaskException;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task with every kind of model: a few steps, a stop, the rest, and the model from disk. */
class TaskRecipesTest {
  private static final String CLASSES =
      "data: {train: [DIR/labelled.tsv], test: [DIR/labelled.tsv]}\n"
          + "tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<pad>, <unk>]}\n";

  private static final String TEXT =
      "data: {train: [DIR/text.txt], test: [DIR/text.txt], validation_fraction: 0.2}\n"
          + "tokenizer: {kind: wordpiece, vocabulary: 300, special_tokens: [SPECIAL]}\n";

  private static final String PAIRS =
      "data: {train: [DIR/pairs.tsv], test: [DIR/pairs.tsv], validation_fraction: 0.2}\n"
          + "tokenizer: {kind: bpe, vocabulary: 300, special_tokens: [<pad>, </s>]}\n";

  private static final Map<String, String> RECIPES =
      Map.ofEntries(
          Map.entry(
              "textcnn",
              CLASSES
                  + "task: {kind: classification, focus: 1, augment: {copies: 1, deletion: 0.2}}\n"
                  + "model: {family: textcnn, width: 8, filters: 4, channels: both}\n"),
          Map.entry(
              "bilstm",
              CLASSES
                  + "task: {kind: classification, balanced: true}\n"
                  + "model: {family: lstm, width: 8, bidirectional: true, pooling: attention}\n"),
          Map.entry(
              "fnn",
              CLASSES
                  + "task: {kind: classification, sampling: over}\n"
                  + "model: {family: fnn, width: 8, hidden: [6]}\n"),
          Map.entry(
              "bert-classes",
              CLASSES.replace("spaced", "wordpiece").replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: classification}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "numbers",
              CLASSES.replace("labelled", "numbered")
                  + "task: {kind: regression}\n"
                  + "model: {family: textcnn, width: 8, filters: 4}\n"),
          Map.entry(
              "bert-numbers",
              CLASSES
                      .replace("labelled", "numbered")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: regression}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "alike",
              CLASSES.replace("labelled", "scored")
                  + "task: {kind: similarity, aim: pairs, dimensions: 6}\n"
                  + "model: {family: fnn, width: 8}\n"),
          Map.entry(
              "alike-batch",
              CLASSES.replace("labelled", "pairs")
                  + "task: {kind: similarity, aim: in_batch, dimensions: 6}\n"
                  + "model: {family: gru, width: 8}\n"),
          Map.entry(
              "bert-alike",
              CLASSES
                      .replace("labelled", "scored")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: similarity}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-triplets",
              CLASSES
                      .replace("labelled", "triplets")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: similarity, aim: triplets, pooling: max}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "lstm-language",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, layers: 2, context: 6, dropout: 0.1}\n"),
          Map.entry(
              "lstm-language-classes",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, context: 6, cutoffs: [5, 9]}\n"),
          Map.entry(
              "lstm-descent",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, context: 6}\n"),
          Map.entry(
              "elmo",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: elmo, width: 6, hidden: 8, filters: [3, 4], said: 12, dropout:"
                  + " 0, context: 6}\n"),
          Map.entry(
              "bert-masked",
              TEXT.replace("SPECIAL", "")
                  + "task: {kind: masked, whole_words: true, copies: 2}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-pairs",
              TEXT.replace("SPECIAL", "")
                  + "task: {kind: masked, pairs: next}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "t5-spans",
              TEXT.replace("wordpiece", "bpe")
                      .replace(
                          "SPECIAL",
                          "<pad>, </s>, <extra_id_0>, <extra_id_1>, <extra_id_2>, <extra_id_3>")
                  + "task: {kind: span_corruption}\n"
                  + "model: {family: t5, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bart-noise",
              TEXT.replace("wordpiece", "bpe").replace("SPECIAL", "<s>, <pad>, </s>, <mask>")
                  + "task: {kind: denoising, rotation: true, deletion: 0.1}\n"
                  + "model: {family: bart, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bart-insertions",
              TEXT.replace("wordpiece", "bpe").replace("SPECIAL", "<s>, <pad>, </s>, <mask>")
                  + "task: {kind: denoising, infilling: 0.9, mean_length: 0}\n"
                  + "model: {family: bart, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "transformer",
              PAIRS
                  + "task: {kind: translation, beams: 2}\n"
                  + "model: {family: transformer, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "seq2seq",
              PAIRS
                  + "task: {kind: translation, beams: 2}\n"
                  + "model: {family: seq2seq, width: 8, attention: general, teacher_forcing:"
                  + " 0.5}\n"));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    StringBuilder labelled = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      labelled.append(i % 3 == 0 ? "good\tthe bird sang well " : "bad\tthe dog bit ");
      labelled.append("x ".repeat(i % 5)).append("again\n");
    }
    Files.writeString(folder.resolve("labelled.tsv"), labelled);
    Files.writeString(
        folder.resolve("numbered.tsv"),
        labelled.toString().replace("good", "4.5").replace("bad", "-1"));
    Files.writeString(
        folder.resolve("scored.tsv"),
        "a dog ran\tthe dog ran\t4.5\na dog ran\ta bird sang\t0.5\nthe cat\ta cat\t5\n".repeat(8));
    Files.writeString(
        folder.resolve("triplets.tsv"),
        "a dog ran\tthe dog ran\ta bird sang\nthe cat\ta cat\tit rained again\n".repeat(8));
    Files.writeString(
        folder.resolve("text.txt"),
        "The bird sat on the tree. The tree sang to the bird!\nThe dog bit the cat. It ran.\n\n"
            .repeat(12));
    Files.writeString(
        folder.resolve("pairs.tsv"),
        "ein Hund\ta dog\nzwei kleine Hunde\ttwo small dogs\n".repeat(8));
  }

  private Outcome run(String kind, String run, Start start, int stopAfter, List<Double> losses) {
    return run(kind, run, start, stopAfter, losses, 1);
  }

  private Outcome run(
      String kind, String run, Start start, int stopAfter, List<Double> losses, int threads) {
    String yaml =
        "name: test\n"
            + RECIPES.getOrDefault(kind, "").replace("DIR", folder.toString())
            + """
            train: {steps: 6, batch: 4, rate: 1e-2, optimizer: %s, evaluate_every: 3, log_every: 1, precision: float32, device: cpu, threads: %d}
            sample: {tokens: 4}
            out: "%s"
            """
                .formatted(
                    kind.endsWith("descent") ? "sgd" : "adamw", threads, folder.resolve(run));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            losses.add(step.loss());
          }
        };
    return new RecipeRun(
            Recipe.parse("test", yaml, List.of()),
            Progress.NONE,
            listener,
            () -> losses.size() >= stopAfter)
        .run(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bert-classes", "elmo", "bert-masked", "bert-pairs", "t5-spans", "transformer"})
  void twoThreadsLearnAsOneDoes(String kind) {
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    var unused = run(kind, "one", Start.FRESH, Integer.MAX_VALUE, one, 1);
    unused = run(kind, "two", Start.FRESH, Integer.MAX_VALUE, two, 2);

    assertThat(two)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-3 ? 0 : 1, Double.class)
        .containsExactlyElementsOf(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "textcnn",
        "bilstm",
        "fnn",
        "bert-classes",
        "numbers",
        "bert-numbers",
        "alike",
        "alike-batch",
        "bert-alike",
        "bert-triplets",
        "lstm-language",
        "lstm-descent",
        "elmo",
        "bert-masked",
        "bert-pairs",
        "t5-spans",
        "bart-noise",
        "transformer",
        "seq2seq"
      })
  void aStoppedRunGoesOnAsIfItHadNeverStopped(String kind) {
    List<Double> whole = new ArrayList<>();
    Outcome outcome = run(kind, "whole", Start.FRESH, 100, whole);
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    Outcome stopped = run(kind, "parts", Start.FRESH, 4, first);
    Outcome resumed = run(kind, "parts", Start.RESUME, 100, second);

    assertThat(whole).hasSize(6).allMatch(Double::isFinite);
    assertThat(stopped.result().stopped()).isTrue();
    assertThat(first).isEqualTo(whole.subList(0, 4));
    assertThat(second).isEqualTo(whole.subList(4, 6));
    assertThat(resumed.result().evaluation()).isEqualTo(outcome.result().evaluation());
    assertThat(resumed.figures()).isEqualTo(outcome.figures());
    assertThat(outcome.report()).isRegularFile();
    assertThat(outcome.model()).isDirectoryContaining("glob:**/config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"textcnn", "bilstm", "fnn", "bert-classes"})
  void aTrainedClassifierSaysOfTextsWhatItSaidInItsTest(String kind) throws IOException {
    Outcome outcome = run(kind, "used", Start.FRESH, 100, new ArrayList<>());
    List<String[]> lines =
        Files.readAllLines(folder.resolve("labelled.tsv")).stream()
            .map(line -> line.split("\t", 2))
            .toList();

    try (TrainedClassifier classifier = TrainedClassifier.load(outcome.folder(), Device.CPU)) {
      List<double[]> found =
          classifier.probabilities(lines.stream().map(line -> line[1]).toList(), Progress.NONE);

      assertThat(classifier.labels()).containsExactly("bad", "good");
      long right = 0;
      for (int i = 0; i < found.size(); i++) {
        double[] shares = found.get(i);
        assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-6));
        right += lines.get(i)[0].equals(shares[1] > shares[0] ? "good" : "bad") ? 1 : 0;
      }
      assertThat((double) right / found.size())
          .isEqualTo(outcome.figures().getFirst().value(), within(1e-9));
    }
  }

  @Test
  void classesAreNamedInTheConfigurationOfATransformer() throws IOException {
    Path model = run("bert-classes", "used", Start.FRESH, 100, new ArrayList<>()).model();

    assertThat(Pretrained.load(model).labels()).containsExactly("bad", "good");
    assertThat(Files.readString(model.resolve("config.json"))).contains("\"bos_token_id\" : null");
  }

  @Test
  void aModelThatSaysNumbersIsUsedAsAClassifierOfOne() throws IOException {
    Outcome outcome = run("bert-numbers", "used", Start.FRESH, 100, new ArrayList<>());
    List<String[]> lines =
        Files.readAllLines(folder.resolve("numbered.tsv")).stream()
            .map(line -> line.split("\t", 2))
            .toList();

    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_mean_absolute_error");
    assertThat(outcome.model().resolve("config.json")).content().contains("regression");
    try (TrainedClassifier scorer = TrainedClassifier.load(outcome.folder(), Device.CPU)) {
      assertThat(scorer.saysNumbers()).isTrue();
      List<double[]> said =
          scorer.probabilities(lines.stream().map(line -> line[1]).toList(), Progress.NONE);
      double distances = 0;
      for (int i = 0; i < said.size(); i++) {
        assertThat(said.get(i)).hasSize(1);
        distances += Math.abs(said.get(i)[0] - Double.parseDouble(lines.get(i)[0]));
      }
      assertThat(distances / said.size())
          .isEqualTo(outcome.figures().getFirst().value(), within(1e-5));
    }
  }

  @Test
  void anEncoderOfTextsIsAFolderOfSentenceTransformers() {
    Outcome outcome = run("bert-alike", "used", Start.FRESH, 100, new ArrayList<>());

    assertThat(outcome.figures()).extracting(f -> f.name()).startsWith("test_spearman");
    assertThat(outcome.model().resolve("modules.json")).content().contains("1_Pooling");
    assertThat(outcome.model().resolve("1_Pooling/config.json"))
        .content()
        .contains("\"pooling_mode_mean_tokens\" : true");
  }

  @Test
  void foldersOfOtherVersionsOfSentenceTransformersAreReadOrRefused() throws IOException {
    Path model = run("bert-alike", "used", Start.FRESH, 100, new ArrayList<>()).model();
    Path how = model.resolve("1_Pooling/config.json");
    float[] before;
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      before = embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst();
    }
    Files.writeString(how, "{\"pooling_mode\": \"mean\"}"); // version 6
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      assertThat(embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst())
          .containsExactly(before);
    }
    Files.writeString(how, "{\"pooling_mode\": \"max\"}");
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      assertThat(embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst())
          .isNotEqualTo(before);
    }

    for (String wrong :
        List.of(
            "{\"pooling_mode\": [\"mean\", \"cls\"]}",
            "{\"pooling_mode_lasttoken\": true}",
            "[]",
            "{\"pool")) {
      Files.writeString(how, wrong);
      assertThatThrownBy(() -> TrainedEmbedder.load(model, Device.CPU))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("config.json");
    }
    Files.writeString(how, "{\"pooling_mode\": \"mean\"}");
    Files.writeString(
        model.resolve("modules.json"), "[{\"type\": \"sentence_transformers.models.Dense\"}]");
    assertThatThrownBy(() -> TrainedEmbedder.load(model, Device.CPU))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("models.Dense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alike", "alike-batch", "bert-alike", "bert-triplets"})
  void aTrainedEmbedderMakesVectorsOfLengthOne(String kind) {
    Outcome outcome = run(kind, "used", Start.FRESH, 100, new ArrayList<>());

    try (TrainedEmbedder embedder = TrainedEmbedder.load(outcome.folder(), Device.CPU)) {
      List<float[]> vectors =
          embedder.vectors(List.of("a dog ran", "the cat sang", "a dog ran"), Progress.NONE);
      float[] alone = embedder.vectors(List.of("the cat sang"), Progress.NONE).getFirst();

      assertThat(vectors.get(0)).containsExactly(vectors.get(2), within(1e-6f));
      assertThat(vectors.get(1)).containsExactly(alone, within(1e-5f));
      double squares = 0;
      for (float element : alone) {
        squares += element * element;
      }
      assertThat(squares).isEqualTo(1, within(1e-5));
    }
    assertThatThrownBy(() -> TrainedClassifier.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class);
  }

  @Test
  void whatCannotBeComparedOrCountedIsNamed() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "a dog\ta cat\n", "line 1: two texts and a score were wanted, found 2 fields",
            "a dog\ta cat\tmuch\n", "line 1: a score was wanted after the two texts, found 'much'",
            "a dog\ta cat\t5.5\n", "line 1: a score from 0 to 5.0");
    for (var line : wrong.entrySet()) {
      Files.writeString(folder.resolve("scored.tsv"), line.getKey());
      assertThatThrownBy(() -> run("alike", "refused", Start.FRESH, 100, new ArrayList<>()))
          .isInstanceOf(RecipeException.class)
          .hasMessageContaining(line.getValue());
    }
    Files.writeString(folder.resolve("numbered.tsv"), "3\tfine\nNaN\tdull\n");
    assertThatThrownBy(() -> run("numbers", "refused", Start.FRESH, 100, new ArrayList<>()))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("a number was wanted for each text, found 'NaN' for \"dull\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"transformer", "seq2seq"})
  void aTrainedTranslatorSaysWhatItSaidInItsTest(String kind) throws IOException {
    Outcome outcome = run(kind, "used", Start.FRESH, 100, new ArrayList<>());
    List<String> sources =
        Files.readAllLines(folder.resolve("pairs.tsv")).stream()
            .map(line -> line.split("\t", 2)[0])
            .toList();

    try (TrainedTranslator translator = TrainedTranslator.load(outcome.folder(), Device.CPU)) {
      Strategy.Beam beams = new Strategy.Beam(2, 1, EarlyStopping.HEURISTIC);
      int most = kind.equals("transformer") ? 23 : 127;

      assertThat(translator.translate(sources, Sampling.beams(most, beams), Progress.NONE))
          .isEqualTo(Files.readAllLines(folder.resolve("used/test.translated")));
    }
    assertThatThrownBy(() -> TrainedClassifier.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("which of several classes");
  }

  @Test
  void whatIsRestoredIsMeasured() {
    Outcome noise = run("bart-noise", "bart-noise", Start.FRESH, 100, new ArrayList<>());

    assertThat(noise.figures())
        .extracting(Evaluation.Figure::name)
        .containsExactly("restored_chrf", "spoilt_chrf");
    // Rotated texts of which a tenth is missing are near to what they were, untrained ones are not.
    assertThat(noise.figures().get(1).value()).isBetween(50.0, 99.9);
    assertThat(noise.figures().get(0).value()).isBetween(0.0, 50.0);
    assertThat(noise.sample()).contains("read", "wanted", "said");

    Outcome spans = run("t5-spans", "t5-spans", Start.FRESH, 100, new ArrayList<>());
    assertThat(spans.figures())
        .extracting(Evaluation.Figure::name)
        .containsExactly("restored_chrf");
  }

  @Test
  void insertedMasksDoNotMakeATextLongerThanTheModelReads() {
    Outcome inserted = run("bart-insertions", "inserted", Start.FRESH, 100, new ArrayList<>());

    assertThat(inserted.figures()).isNotEmpty();
  }

  @Test
  void aTrainedLanguageModelOfAnyKindWrites() {
    for (String kind : List.of("lstm-language", "lstm-language-classes")) {
      Outcome outcome = run(kind, kind, Start.FRESH, 100, new ArrayList<>());

      assertThat(outcome.sample().strip().split(" +")).as(kind).hasSizeBetween(1, 4);
      assertThatThrownBy(() -> TrainedTranslator.load(outcome.folder(), Device.CPU))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("makes one text of another");
    }
  }

  @Test
  void aClassifierStartsFromAMaskedModel() {
    Outcome masked = run("bert-masked", "masked", Start.FRESH, 100, new ArrayList<>());
    List<String> notes = new ArrayList<>();
    String yaml =
        "name: fine\n"
            + RECIPES
                .getOrDefault("bert-classes", "")
                .replace("DIR", folder.toString())
                .replace("layers: 1,", "from: \"%s\",".formatted(masked.folder()))
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("fine"));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void noted(String line) {
            notes.add(line);
          }
        };

    Outcome outcome =
        new RecipeRun(Recipe.parse("fine", yaml, List.of()), Progress.NONE, listener, () -> false)
            .run(Start.FRESH);

    assertThat(notes)
        .anySatisfy(
            note -> assertThat(note).startsWith("new weights").contains("classifier.weight"))
        .anySatisfy(
            note -> assertThat(note).startsWith("weights left out").contains("cls.predictions"));
    assertThat(outcome.figures()).isNotEmpty();

    String translate =
        yaml.replace("classification", "translation").replace("labelled.tsv", "pairs.tsv");
    Recipe unfit = Recipe.parse("fine", translate, List.of("out=" + folder.resolve("unfit")));
    assertThatThrownBy(
            () -> new RecipeRun(unfit, Progress.NONE, listener, () -> false).run(Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("encoder-decoder")
        .hasMessageContaining("(model.from) is none");
  }

  @Test
  void aRecurrentClassifierHasAnElmoBesideItsEmbeddings() {
    Outcome elmo = run("elmo", "language", Start.FRESH, 100, new ArrayList<>());
    List<String> notes = new ArrayList<>();
    String yaml =
        "name: beside\n"
            + RECIPES
                .getOrDefault("bilstm", "")
                .replace("DIR", folder.toString())
                .replace("width: 8,", "width: 8, elmo: \"%s\",".formatted(elmo.folder()))
            + "train: {steps: 4, batch: 4, precision: float32, device: cpu, threads: 2}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("beside"));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void noted(String line) {
            notes.add(line);
          }
        };

    Outcome outcome =
        new RecipeRun(Recipe.parse("beside", yaml, List.of()), Progress.NONE, listener, () -> false)
            .run(Start.FRESH);

    assertThat(notes).anySatisfy(note -> assertThat(note).contains("stands beside the embeddings"));
    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_accuracy");
    assertThat(outcome.model().resolve("config.json")).content().contains("myna-elmo-classifier");
  }

  @Test
  void aClassifierHasNoClassesOfWords() {
    String yaml =
        "name: parted\n"
            + RECIPES
                .getOrDefault("bilstm", "")
                .replace("DIR", folder.toString())
                .replace("width: 8,", "width: 8, cutoffs: [3],")
            + "out: \"%s\"\n".formatted(folder.resolve("parted"));
    RecipeRun run =
        new RecipeRun(
            Recipe.parse("parted", yaml, List.of()),
            Progress.NONE,
            new TrainingListener() {},
            () -> false);

    assertThatThrownBy(() -> run.run(Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("model.cutoffs");
  }

  @Test
  void eachPartIsTestedOnOnce() {
    String kind = "fnn";
    String yaml =
        "name: folds\n"
            + RECIPES
                .getOrDefault(kind, "")
                .replace("DIR", folder.toString())
                .replace("classification", "classification, folds: 2")
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("folds"));

    Outcome outcome =
        new RecipeRun(
                Recipe.parse("test", yaml, List.of()),
                Progress.NONE,
                new TrainingListener() {},
                () -> false)
            .run(Start.FRESH);

    assertThat(folder.resolve("folds/fold-1/best")).isDirectory();
    assertThat(folder.resolve("folds/fold-2/best")).isDirectory();
    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_accuracy");
    assertThat(outcome.figures().getFirst().value()).isBetween(0.0, 1.0);
    assertThat(outcome.report()).isRegularFile();
  }
}

package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.generate.GenerationConfig;
import dev.myna.task.Evaluation;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task with every kind of model: a few steps, a stop, and the rest. */
class TaskRecipesTest {
  @TempDir Path folder;
  private SmallRecipes recipes;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    recipes = new SmallRecipes(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-classes",
        "bert-alike-layers",
        "bert-answers",
        "bilstm-tags",
        "gpt-tags",
        "elmo",
        "bert-masked",
        "bert-pairs",
        "t5-spans",
        "transformer"
      })
  void twoThreadsLearnAsOneDoes(String kind) {
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    var unused = recipes.run(kind, "one", Start.FRESH, Integer.MAX_VALUE, one, 1);
    unused = recipes.run(kind, "two", Start.FRESH, Integer.MAX_VALUE, two, 2);

    assertThat(two)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-3 ? 0 : 1, Double.class)
        .containsExactlyElementsOf(one);
  }

  static Stream<String> kinds() {
    return SmallRecipes.kinds();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "textcnn",
        "bilstm",
        "fnn",
        "bert-classes",
        "bilstm-tags",
        "bert-tags",
        "gpt-tags",
        "numbers",
        "bert-numbers",
        "alike",
        "alike-batch",
        "bert-alike",
        "bert-alike-layers",
        "bert-triplets",
        "bert-answers",
        "bart-answers",
        "gpt",
        "lstm-language",
        "lstm-descent",
        "elmo",
        "bert-masked",
        "bert-pairs",
        "t5-spans",
        "t5-adafactor",
        "bart-noise",
        "transformer",
        "seq2seq"
      })
  void aStoppedRunGoesOnAsIfItHadNeverStopped(String kind) {
    List<Double> whole = new ArrayList<>();
    Outcome outcome = recipes.run(kind, "whole", Start.FRESH, 100, whole, 1);
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    Outcome stopped = recipes.run(kind, "parts", Start.FRESH, 4, first, 1);
    Outcome resumed = recipes.run(kind, "parts", Start.RESUME, 100, second, 1);

    assertThat(whole).hasSize(6).allMatch(Double::isFinite);
    assertThat(stopped.result().stopped()).isTrue();
    assertThat(first).isEqualTo(whole.subList(0, 4));
    assertThat(second).isEqualTo(whole.subList(4, 6));
    assertThat(resumed.result().evaluation()).isEqualTo(outcome.result().evaluation());
    assertThat(resumed.figures()).isEqualTo(outcome.figures());
    assertThat(outcome.report()).isRegularFile();
    assertThat(outcome.model()).isDirectoryContaining("glob:**/config.json");
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
      assertThatThrownBy(() -> recipes.run("alike", "refused"))
          .isInstanceOf(RecipeException.class)
          .hasMessageContaining(line.getValue());
    }
    Files.writeString(folder.resolve("numbered.tsv"), "3\tfine\nNaN\tdull\n");
    assertThatThrownBy(() -> recipes.run("numbers", "refused"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("a number was wanted for each text, found 'NaN' for \"dull\"");
  }

  @Test
  void layersBehindAnEncoderWantAnEncoder() {
    String yaml =
        "name: test\n"
            + recipes.sections("alike").replace("dimensions: 6", "convolution: {channels: 2}")
            + "train: {steps: 1, batch: 2, device: cpu}\nout: \""
            + folder.resolve("refused")
            + "\"\n";

    assertThatThrownBy(
            () ->
                SmallRecipes.follow(yaml, SmallRecipes.noting(new ArrayList<>()), () -> false)
                    .run(Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("task.convolution")
        .hasMessageContaining("fnn");
  }

  @Test
  void whatIsRestoredIsMeasured() {
    Outcome noise = recipes.run("bart-noise", "bart-noise");

    assertThat(noise.figures())
        .extracting(Evaluation.Figure::name)
        .containsExactly("restored_chrf", "spoilt_chrf");
    // Rotated texts of which a tenth is missing are near to what they were, untrained ones are not.
    assertThat(noise.figures().get(1).value()).isBetween(40.0, 99.9);
    assertThat(noise.figures().get(0).value()).isBetween(0.0, 50.0);
    assertThat(noise.sample()).contains("read", "wanted", "said");

    Outcome spans = recipes.run("t5-spans", "t5-spans");
    assertThat(spans.figures())
        .extracting(Evaluation.Figure::name)
        .containsExactly("restored_chrf");
  }

  @Test
  void insertedMasksDoNotMakeATextLongerThanTheModelReads() {
    Outcome inserted = recipes.run("bart-insertions", "inserted");

    assertThat(inserted.figures()).isNotEmpty();
  }

  @Test
  void aClassifierStartsFromAMaskedModel() {
    Outcome masked = recipes.run("bert-masked", "masked");
    List<String> notes = new ArrayList<>();
    String yaml =
        "name: fine\n"
            + recipes
                .sections("bert-classes")
                .replace("layers: 1,", "from: \"%s\",".formatted(masked.folder()))
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("fine"));
    TrainingListener listener = SmallRecipes.noting(notes);

    Outcome outcome = SmallRecipes.follow(yaml, listener, () -> false).run(Start.FRESH);

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
    Outcome elmo = recipes.run("elmo", "language");
    List<String> notes = new ArrayList<>();
    String yaml =
        "name: beside\n"
            + recipes
                .sections("bilstm")
                .replace("width: 8,", "width: 8, elmo: \"%s\",".formatted(elmo.folder()))
            + "train: {steps: 4, batch: 4, precision: float32, device: cpu, threads: 2}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("beside"));
    TrainingListener listener = SmallRecipes.noting(notes);

    Outcome outcome = SmallRecipes.follow(yaml, listener, () -> false).run(Start.FRESH);

    assertThat(notes).anySatisfy(note -> assertThat(note).contains("stands beside the embeddings"));
    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_accuracy");
    assertThat(outcome.model().resolve("config.json")).content().contains("myna-elmo-classifier");
  }

  @Test
  void balanceAndFocusOfAClassifierGoTogether() throws IOException {
    Files.writeString(
        folder.resolve("labelled.tsv"),
        "good\tthe bird sang\n".repeat(30) + "bad\tthe dog bit\n".repeat(10));
    List<Double> losses = new ArrayList<>();
    for (String balance :
        List.of("balanced: false", "balanced: true", "focus: 2", "balanced: true, focus: 2")) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void stepped(Step step) {
              losses.add(step.loss());
            }
          };
      String yaml =
          "name: unequal\n"
              + recipes.sections("bilstm").replace("balanced: true", balance)
              + "train: {steps: 1, batch: 32, log_every: 1, precision: float32, device: cpu,"
              + " threads: 1}\n"
              + "out: \"%s\"\n".formatted(folder.resolve("unequal-" + losses.size()));
      var unused = SmallRecipes.follow(yaml, listener, () -> false).run(Start.FRESH);
    }

    assertThat(losses).hasSize(4).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert-classes | layers: 1 | from: absent    | model.from names the folder of a model, and absent holds none: train one first
          bilstm       | width: 8  | elmo: absent    | model.elmo names the folder of a model, and absent holds none: train an ELMo first
          textcnn      | width: 8  | vectors: absent | model.vectors names a file of word vectors, and there is no absent: learn it first, by myna vectors train TEXT --dimension 8 --out absent
          """)
  void whatHasToBeMadeFirstIsSaid(String kind, String key, String more, String sentence) {
    String yaml =
        "name: first\n"
            + recipes.sections(kind).replace(key + ",", "%s, %s,".formatted(key, more))
            + "out: \"%s\"\n".formatted(folder.resolve("first"));
    RecipeRun run = SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false);

    assertThatThrownBy(() -> run.run(Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aClassifierHasNoClassesOfWords() {
    String yaml =
        "name: parted\n"
            + recipes.sections("bilstm").replace("width: 8,", "width: 8, cutoffs: [3],")
            + "out: \"%s\"\n".formatted(folder.resolve("parted"));
    RecipeRun run = SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false);

    assertThatThrownBy(() -> run.run(Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("model.cutoffs");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aRunLeavesNoTensorBehind(String kind) {
    long before = Tensor.live();

    var unused = recipes.run(kind, "run");

    assertThat(Tensor.live()).as(kind).isLessThanOrEqualTo(before);
  }

  @Test
  void eachPartIsTestedOnOnce() throws IOException {
    String kind = "fnn";
    String yaml =
        "name: folds\n"
            + recipes.sections(kind).replace("classification", "classification, folds: 2")
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("folds"));

    Outcome outcome =
        SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false).run(Start.FRESH);

    assertThat(folder.resolve("folds/fold-1/best")).isDirectory();
    assertThat(folder.resolve("folds/fold-2/best")).isDirectory();
    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_accuracy");
    assertThat(outcome.figures().getFirst().value()).isBetween(0.0, 1.0);
    assertThat(outcome.report()).isRegularFile();
    assertThat(outcome.result().steps()).as("of both parts").isEqualTo(4);
    assertThat(Files.readString(folder.resolve("folds/recipe.yaml"))).contains("folds: 2");
  }

  @Test
  void crossValidationThatWasStoppedGoesOnWithTheSamePartAndTheRest() {
    String yaml =
        "name: folds\n"
            + recipes.sections("fnn").replace("classification", "classification, folds: 2")
            + "train: {steps: 4, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("folds"));
    int[] asked = {0};

    Outcome stopped =
        SmallRecipes.follow(yaml, new TrainingListener() {}, () -> ++asked[0] > 4).run(Start.FRESH);
    Outcome whole =
        SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false).run(Start.RESUME);

    assertThat(stopped.result().stopped()).isTrue();
    assertThat(stopped.folder()).as("goes on as a whole").isEqualTo(folder.resolve("folds"));
    assertThat(stopped.folder().resolve("recipe.yaml")).isRegularFile();
    assertThat(whole.result().stopped()).isFalse();
    assertThat(whole.result().steps()).isEqualTo(8);
    assertThat(folder.resolve("folds/fold-2/best")).isDirectory();
  }

  @Test
  void aTrainingGoesOnWithTheModelThatItBeganWith() throws IOException {
    var unused = recipes.run("fnn", "kept", Start.FRESH, 4, new ArrayList<>(), 1);
    String before = Files.readString(folder.resolve("kept/recipe.yaml"));
    List<String> notes = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void noted(String line) {
            notes.add(line);
          }
        };
    String wider = before.replace("width: 8", "width: 9");
    String larger = before.replace("batch: 4", "batch: 5");

    assertThat(wider).isNotEqualTo(before);
    assertThatThrownBy(() -> SmallRecipes.follow(wider, listener, () -> false).run(Start.RESUME))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("model.width was 8 when this training was stopped and is 9 now");
    unused = SmallRecipes.follow(larger, listener, () -> false).run(Start.RESUME);
    assertThat(notes).contains("train.batch is 5, and was 4");
  }

  @Test
  void whatWasLeftOutStaysLeftOut() throws IOException {
    var unused = recipes.run("gpt", "kept", Start.FRESH, 4, new ArrayList<>(), 1);
    String before = Files.readString(folder.resolve("kept/recipe.yaml"));
    String given = before.replace("  width: 16\n", "  width: 16\n  feed_forward: 24\n");
    RecipeRun run = SmallRecipes.follow(given, new TrainingListener() {}, () -> false);

    assertThat(given).isNotEqualTo(before);
    assertThatThrownBy(() -> run.run(Start.RESUME))
        .hasMessageContaining("model.feed_forward was left out when this training was stopped");
  }

  @Test
  void crossValidationThatCannotBeginKeepsTheEarlierRecipe() throws IOException {
    String yaml =
        "name: folds\n"
            + recipes.sections("fnn").replace("classification", "classification, folds: 2")
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("folds"));
    var unused = SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false).run(Start.FRESH);
    String before = Files.readString(folder.resolve("folds/recipe.yaml"));
    RecipeRun run =
        SmallRecipes.follow(
            yaml.replace("labelled.tsv", "none.tsv"), new TrainingListener() {}, () -> false);

    assertThatThrownBy(() -> run.run(Start.OVERWRITE)).hasMessageContaining("none.tsv");
    assertThat(folder.resolve("folds/recipe.yaml")).hasContent(before);
    assertThat(folder.resolve("folds/fold-1/best")).isDirectory();
  }

  @Test
  void aTrainingThatCannotBeginLeavesTheEarlierOneThere() throws IOException {
    var unused = recipes.run("fnn", "kept");
    Path kept = folder.resolve("kept/recipe.yaml");
    String before = Files.readString(kept);
    String broken = before.replace("labelled.tsv", "none.tsv");
    RecipeRun run = SmallRecipes.follow(broken, new TrainingListener() {}, () -> false);

    assertThat(broken).isNotEqualTo(before);
    assertThatThrownBy(() -> run.run(Start.OVERWRITE)).hasMessageContaining("none.tsv");
    assertThat(folder.resolve("kept/best")).isDirectory();
    assertThat(folder.resolve("kept/last")).isDirectory();
    assertThat(kept).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "lstm-language"})
  void whatStandsBetweenTextsEndsOneAndBeginsTheNext(String kind) {
    String yaml =
        "name: documents\n"
            + recipes
                .sections(kind)
                .replace("validation_fraction", "separator: <eos>, validation_fraction")
            + "train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("documents"));

    Outcome outcome =
        SmallRecipes.follow(yaml, new TrainingListener() {}, () -> false).run(Start.FRESH);

    GenerationConfig config = GenerationConfig.read(outcome.model());
    int between = Tokenizer.load(outcome.model()).id("<eos>").getAsInt();
    assertThat(config.startToken()).isEqualTo(between);
    assertThat(config.endTokens()).containsExactly(between);
  }

  @Test
  void whatCannotGoOnLeavesTheRecipeAsItWas() throws IOException {
    var unused = recipes.run("fnn", "kept", Start.FRESH, 4, new ArrayList<>(), 1);
    Path kept = folder.resolve("kept/recipe.yaml");
    String before = Files.readString(kept);
    String other = before.replace("\"adamw\"", "\"adafactor\"");
    RecipeRun wrong = SmallRecipes.follow(other, new TrainingListener() {}, () -> false);

    assertThat(other).isNotEqualTo(before);
    assertThatThrownBy(() -> wrong.run(Start.RESUME)).hasMessageContaining("train.optimizer");
    assertThat(kept).hasContent(before);

    String longer = before.replace("steps: 6", "steps: 8");
    unused = SmallRecipes.follow(longer, new TrainingListener() {}, () -> false).run(Start.RESUME);
    assertThat(kept).hasContent(longer);
  }
}

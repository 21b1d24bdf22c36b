package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.train.TrainConfig.PrecisionChoice;
import dev.myna.train.TrainConfig.ScheduleKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Path PROJECT = Path.of("..");
  private static final String SMALLEST = "name: x\ndata:\n  train: [a.txt]\n";

  @Test
  void whatIsLeftOutHasADefault() {
    Recipe recipe = Recipe.parse("r.yaml", SMALLEST, List.of());

    assertThat(recipe.data().train()).containsExactly("a.txt");
    assertThat(recipe.data().validation()).isEmpty();
    assertThat(recipe.data().validationFraction()).isEqualTo(0.1);
    assertThat(recipe.train().schedule()).isEqualTo(ScheduleKind.COSINE);
    assertThat(recipe.train().precision()).isEqualTo(PrecisionChoice.AUTO);
    assertThat(recipe.task()).isEqualTo(new TaskRecipe.NextToken());
    assertThat(recipe.model())
        .isInstanceOfSatisfying(
            TransformerRecipe.class, shape -> assertThat(shape.keyHeads()).isEmpty());
    assertThat(recipe.sample().prompt()).isEmpty();
    assertThat(recipe.folder()).isEqualTo(Path.of("runs/x"));
  }

  @Test
  void overridesWin() {
    Recipe recipe =
        Recipe.parse(
            "r.yaml",
            SMALLEST + "train: {steps: 7}\n",
            List.of("train.steps=500", "model.tied=false", "data.train=[b.txt, c.txt]", "out=y"));

    assertThat(recipe.train().steps()).isEqualTo(500);
    assertThat(recipe.model())
        .isInstanceOfSatisfying(
            TransformerRecipe.class, shape -> assertThat(shape.tied()).contains(false));
    assertThat(recipe.data().train()).containsExactly("b.txt", "c.txt");
    assertThat(recipe.folder()).isEqualTo(Path.of("y"));
  }

  @Test
  void settingsInCodeAreNamedAsInARecipe() {
    TrainConfig config = TrainConfig.of("steps=500", "rate=2e-4", "schedule=trapezoid");

    assertThat(config.steps()).isEqualTo(500);
    assertThat(config.rate()).isEqualTo(2e-4);
    assertThat(config.schedule()).isEqualTo(ScheduleKind.TRAPEZOID);
    assertThat(config.batch()).isEqualTo(TrainConfig.of().batch());
    assertThatThrownBy(() -> TrainConfig.of("stesp=1")).hasMessageContaining("did you mean steps?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          train: {stesp: 5}          | line 4: unknown key train.stesp; did you mean steps?
          train: {steps: many}       | train.steps should be a whole number, found 'many'
          train: {steps: 0}          | train.steps should be a whole number from 1 to 2000000000, found 0
          train: {steps: 1.5}        | train.steps should be a whole number, found '1.5'
          train: {steps: [1]}        | train.steps should be a whole number
          train: {rate: -1}          | train.rate should be a number above 0, at most 1000, found -1
          train: {rate: .nan}        | train.rate should be a number, found '.nan'
          train: {schedule: cosin}   | found 'cosin'; did you mean cosine?
          train: {minimum_rate: 1}   | train.minimum_rate must not be above rate: 1.0 > 0.001
          train: 5                   | line 4: train should be a section of keys
          train: []                  | line 4: train should be a section of keys
          model: {tied: yes}         | model.tied should be true or false, found 'yes'
          model: {width: 130}        | width must be a multiple of heads: 130 % 4 is 2
          model: {family: seq2seq, attention: none, hard: true} | model.attention none looks at nothing: reach must be global and hard false, found global and true
          model: {initialization: xavier} | found 'xavier'
          model: {initialization: xavier_normal, deviation: 0.1} | model.deviation is that of the family's own fresh weights, and initialization xavier_normal has others
          model: {heads: 4, key_heads: 3} | heads must be a multiple of key_heads: 4 % 3 is 1
          tokenizer: {kind: folder}  | tokenizer.kind folder needs path
          seed: 99999999999999999999 | seed should be a whole number
          sede: 1                    | line 4: unknown key sede; did you mean seed?
          task: {kind: next_tokn}    | line 4: task.kind should be one of next_token
          task: {kind: [a]}          | task.kind should be one of
          model: {family: gpt3}      | found 'gpt3'; did you mean gpt2?
          model: {family: llama, hads: 3} | unknown key model.hads; did you mean heads?
          name: y                    | r.yaml, line 4: name is given twice
          a: {b                      | is not YAML: line
          ---                        | line 5: another YAML document
          """)
  void aMistakeIsNamedWithItsPlace(String line, String problem) {
    assertThatThrownBy(() -> Recipe.parse("r.yaml", SMALLEST + line + "\n", List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith("r.yaml")
        .hasMessageContaining(problem);
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    assertThatThrownBy(
            () -> Recipe.parse("r.yaml", "nam: x\ntrain:\n  batch: none\n", List.of("train.x=1")))
        .hasMessageStartingWith("r.yaml has 5 problems: ")
        .hasMessageContaining("line 1: unknown key nam; did you mean name?")
        .hasMessageContaining("name is missing")
        .hasMessageContaining("data.train must name at least one file")
        .hasMessageContaining("line 3: train.batch should be")
        .hasMessageContaining("--set train.x=1: unknown key train.x; known are steps, ");
  }

  @ParameterizedTest
  @CsvSource({"train.steps", "=5", "''", "train.steps=[", "train=5"})
  void anOverrideWithoutSenseIsRefused(String override) {
    assertThatThrownBy(() -> Recipe.parse("r.yaml", SMALLEST, List.of(override)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("--set " + override);
  }

  @Test
  void aFileThatIsNoRecipeIsNamed(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
    Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
    Path list = Files.writeString(folder.resolve("list"), "- a\n- b\n");
    Path deep =
        Files.write(
            folder.resolve("deep"), "[".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
    Path empty = Files.createFile(folder.resolve("empty"));

    for (Path file : List.of(binary, large, list, deep, empty, folder, folder.resolve("absent"))) {
      assertThatThrownBy(() -> Recipe.read(file, List.of()))
          .as(file.toString())
          .isInstanceOf(RecipeException.class)
          .hasMessageContaining(file.toString());
    }
  }

  static Stream<Path> recipes() throws IOException {
    return Files.walk(PROJECT.resolve("recipes")).filter(file -> file.toString().endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void everyRecipeOfTheProjectCanBeReadAndWrittenBack(Path file) {
    Recipe recipe = Recipe.read(file, List.of());

    assertThat(file.getFileName()).hasToString(recipe.name() + ".yaml");
    assertThat(recipe.description()).isNotEmpty();
    assertThat(Recipe.parse("written", recipe.toYaml(), List.of())).isEqualTo(recipe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classifiers/mr-", "classifiers/sst2-", "classifiers/trec6-"})
  void recipesOfADataSetHaveTheSameDataSoThatTheyCanBeCompared(String prefix) throws IOException {
    Path named = PROJECT.resolve("recipes").resolve(prefix);
    try (Stream<Path> all = recipes()) {
      List<DataConfig> data =
          all.filter(file -> file.toString().startsWith(named.toString()))
              .map(file -> Recipe.read(file, List.of()).data())
              .toList();

      assertThat(data).hasSizeGreaterThan(5).allMatch(data.getFirst()::equals);
    }
  }

  @Property(tries = 200)
  void whatIsWrittenReadsTheSame(
      @ForAll String text,
      @ForAll @IntRange(min = 1) int steps,
      @ForAll @DoubleRange(min = 1, max = 999) double rate,
      @ForAll long seed) {
    Recipe smallest = Recipe.parse("r", SMALLEST, List.of("train.steps=1_000"));
    TrainConfig train =
        TrainConfig.of("steps=" + Math.min(steps, 2_000_000_000), "rate=" + rate / 1e6);
    Recipe recipe =
        new Recipe(
            "a.b-c",
            text,
            smallest.data(),
            smallest.tokenizer(),
            smallest.task(),
            smallest.model(),
            train,
            new SampleConfig(text, 1, 0.5, Optional.of(3)),
            seed,
            Optional.of("null"));

    assertThat(Recipe.parse("written", recipe.toYaml(), List.of())).isEqualTo(recipe);
  }

  /** With -Dmyna.docs=write the page is brought up to date. */
  @Test
  void thePageOfKeysIsCurrent() throws IOException {
    Path page = PROJECT.resolve("docs/recipes.md");
    String text = Files.readString(page);
    int keys = text.indexOf("| key |");
    String current = text.substring(0, keys) + RecipeKeys.markdown();
    if ("write".equals(System.getProperty("myna.docs"))) {
      Files.writeString(page, current);
    }

    assertThat(Files.readString(page))
        .as("docs/recipes.md; bring it up to date with -Dmyna.docs=write")
        .isEqualTo(current);
  }

  @Test
  void whatIsNoYamlIsNamedWhereItStands() {
    assertThatThrownBy(() -> Recipe.parse("r.yaml", "train:\n  steps: [1\nseed: 2\n", List.of()))
        .hasMessageContaining("r.yaml is not YAML: line 3, column 5: ")
        .hasMessageContaining("while parsing a flow sequence, expected ',' or ']'")
        .message()
        .doesNotContain("\n");
  }
}

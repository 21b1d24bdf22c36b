package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("labelled.tsv"), "good\tthe bird sang\nbad\tthe dog bit\n".repeat(12));
    recipe("average", "classification", "{family: fnn, width: 4}");
    recipe("convolution", "classification", "{family: textcnn, width: 4, filters: 2}");
    recipe("language", "next_token", "{family: lstm, width: 4}");
  }

  private void recipe(String name, String task, String model) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        data: {train: ["%s"], validation_fraction: 0.25}
        tokenizer: {kind: spaced, minimum_frequency: 1}
        task: {kind: %s}
        model: %s
        train: {steps: 2, batch: 4, precision: float32, device: cpu, threads: 1}
        """
            .formatted(name, folder.resolve("labelled.tsv"), task, model));
  }

  private Run compare(String first, String second, String... more) {
    String[] all = new String[more.length + 5];
    all[0] = "compare";
    all[1] = folder.resolve(first + ".yaml").toString();
    all[2] = folder.resolve(second + ".yaml").toString();
    all[3] = "--out";
    all[4] = folder.resolve("runs").toString();
    System.arraycopy(more, 0, all, 5, more.length);
    return Run.myna(all);
  }

  @Test
  void putsRecipesSideBySide() throws IOException {
    Run run = compare("average", "convolution", "--seeds", "1,2", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode figures = JsonMapper.shared().readTree(run.out());
    assertThat(figures.path("runs")).hasSize(4);
    assertThat(figures.path("recipes")).hasSize(2);
    assertThat(figures.path("runs").get(0).path("tokens_per_second").asDouble()).isPositive();
    assertThat(figures.path("runs").get(0).path("smaller_is_better").asBoolean(true)).isFalse();
    assertThat(figures.path("recipes").get(0).path("accuracy").asDouble(-1)).isBetween(0.0, 1.0);
    assertThat(Files.readString(folder.resolve("runs/compare.html")))
        .contains("convolution, seed 2")
        .contains("accuracy against parameters");

    Run again = compare("average", "convolution", "--seeds", "1,2", "--resume");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("average").doesNotContain("average, seed");
  }

  @Test
  void crossValidationCountsByWhatItsPartsWereTestedOn() {
    Run run = compare("average", "convolution", "--set", "task.folds=2", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode first = JsonMapper.shared().readTree(run.out()).path("runs").get(0);
    assertThat(first.path("measure").asString()).isEqualTo("test_accuracy");
    assertThat(first.path("quality").asDouble())
        .isEqualTo(first.path("figures").path("test_accuracy").asDouble(-1));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Run run = compare("average", "language");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("average and language differ in task");
  }
}

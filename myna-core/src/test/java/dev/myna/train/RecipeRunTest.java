package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class RecipeRunTest {
  @TempDir Path folder;

  /** Counts steps and asks for the end after some of them. */
  private static final class Stopper implements TrainingListener {
    private final int after;
    private int steps;

    Stopper(int after) {
      this.after = after;
    }

    @Override
    public void stepped(Step step) {
      steps++;
    }

    boolean stops() {
      return steps >= after;
    }
  }

  @Test
  void textBecomesAModelThatWrites() throws IOException {
    Outcome outcome = run("a", Start.FRESH, Integer.MAX_VALUE);

    assertThat(outcome.result().steps()).isEqualTo(6);
    assertThat(outcome.result().stopped()).isFalse();
    assertThat(outcome.sample()).startsWith("the ");
    assertThat(outcome.model()).isEqualTo(folder.resolve("a/best"));
    assertThat(outcome.model()).isDirectoryContaining("glob:**/config.json");
    assertThat(outcome.model()).isDirectoryContaining("glob:**/tokenizer.json");
    assertThat(Files.readString(outcome.report())).contains("validation loss").contains("canvas");
    assertThat(Recipe.read(folder.resolve("a/recipe.yaml"), List.of()).train().steps())
        .isEqualTo(6);
  }

  @Test
  void aStoppedRunGoesOnAsIfNothingHadHappened() throws IOException {
    assertThat(run("whole", Start.FRESH, Integer.MAX_VALUE).result().steps()).isEqualTo(6);
    Outcome first = run("parts", Start.FRESH, 2);
    assertThat(first.result().stopped()).isTrue();
    assertThat(first.sample()).isEmpty();

    Outcome second = run("parts", Start.RESUME, Integer.MAX_VALUE);

    assertThat(second.result().steps()).isEqualTo(6);
    assertThat(losses("parts")).isEqualTo(losses("whole")).hasSize(6);
  }

  @Test
  void aTrainingIsNotWrittenOverByAccident() throws IOException {
    assertThat(run("a", Start.FRESH, 1).result().stopped()).isTrue();

    assertThatThrownBy(() -> run("a", Start.FRESH, 1))
        .isInstanceOf(MynaException.class)
        .hasMessageContaining("--resume");
    assertThat(run("a", Start.OVERWRITE, 1).result().steps()).isEqualTo(1);
  }

  @Test
  void thereMustBeSomethingToGoOnFrom() {
    assertThatThrownBy(() -> run("a", Start.RESUME, 1))
        .isInstanceOf(MynaException.class)
        .hasMessageContaining("no checkpoint");
  }

  private Outcome run(String name, Start start, int stopAfter) throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the cat sat on the mat and the dog sat on the cat. ".repeat(40));
    String yaml =
        """
        name: test
        data: {train: ["%s"], validation_fraction: 0.2}
        tokenizer: {kind: characters}
        model: {layers: 1, heads: 2, width: 16, context: 16}
        train: {steps: 6, batch: 4, rate: 1e-2, evaluate_every: 3, log_every: 1, precision: float32, device: cpu, threads: 1}
        sample: {prompt: "the ", tokens: 5}
        out: "%s"
        """
            .formatted(text, folder.resolve(name));
    Recipe recipe = Recipe.parse("test", yaml, List.of());
    Stopper stopper = new Stopper(stopAfter);
    return new RecipeRun(recipe, Progress.NONE, stopper, stopper::stops).run(start);
  }

  private List<Double> losses(String name) {
    List<Double> losses = new ArrayList<>();
    for (JsonNode line : MetricsFile.read(folder.resolve(name).resolve("metrics.jsonl"))) {
      if (line.has("loss")) {
        losses.add(line.get("loss").asDouble());
      }
    }
    return losses;
  }
}

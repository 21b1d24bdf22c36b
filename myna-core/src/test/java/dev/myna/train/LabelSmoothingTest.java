package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.task.Evaluation;
import dev.myna.tensor.Libtorch;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Smoothed targets: what learns by them, what is judged without them, and what refuses them. */
class LabelSmoothingTest {
  @TempDir Path folder;
  private SmallRecipes recipes;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    recipes = new SmallRecipes(folder);
  }

  /** The loss of the first step, and that of the held-out data before it. */
  private double[] losses(String kind, double smoothing) {
    List<Double> heard = new ArrayList<>();
    String yaml =
        "name: test\n"
            + recipes.sections(kind)
            + """
            train: {steps: 1, batch: 4, label_smoothing: %s, evaluate_every: 1, log_every: 1, precision: float32, device: cpu, threads: 1}
            sample: {tokens: 0}
            out: "%s"
            """
                .formatted(smoothing, folder.resolve("run-" + smoothing));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(long step, Evaluation evaluation, boolean best) {
            heard.add(evaluation.loss());
          }

          @Override
          public void stepped(Step step) {
            heard.add(step.loss());
          }
        };
    var unused = SmallRecipes.follow(yaml, listener, () -> false).run(Start.FRESH);
    return new double[] {heard.get(1), heard.get(0)};
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bilstm", "fnn", "gpt", "lstm-language", "elmo", "bert-masked", "transformer"})
  void targetsAreSmoothedInTrainingAlone(String kind) {
    double[] plain = losses(kind, 0);
    double[] smoothed = losses(kind, 0.4);

    assertThat(smoothed[0]).isNotEqualTo(plain[0]);
    assertThat(smoothed[1]).isEqualTo(plain[1]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task.kind=classification  | task.focus=2           | the focal loss of task.focus
          task.kind=regression      | seed=1                 | task.kind regression says numbers
          task.kind=similarity      | seed=1                 | task.kind similarity makes vectors
          model.family=lstm         | model.cutoffs=[10]     | model.cutoffs tell words apart
          """)
  void whatCannotBeSmoothedIsRefused(String one, String other, String reason) {
    String yaml = "name: x\ndata: {train: [a.txt]}\ntrain: {label_smoothing: 0.1}\n";

    assertThatThrownBy(() -> Recipe.parse("r.yaml", yaml, List.of(one, other)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("train.label_smoothing spreads a target")
        .hasMessageContaining(reason);
  }

  @Test
  void itIsLeftOutWhereItIsZero() {
    String yaml = "name: x\ndata: {train: [a.txt]}\ntask: {kind: classification, focus: 2}\n";

    assertThat(Recipe.parse("r.yaml", yaml, List.of()).train().labelSmoothing()).isZero();
  }
}

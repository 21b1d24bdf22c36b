package dev.myna.cli;

import dev.myna.Progress;
import dev.myna.WholeFile;
import dev.myna.task.Evaluation;
import dev.myna.train.Recipe;
import dev.myna.train.RecipeRun;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import dev.myna.train.TaskRecipe;
import dev.myna.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of a comparison.
 *
 * @param quality the figure that decides: the best of the run, or the mean over all parts of
 *     cross-validation
 * @param smallerIsBetter whether a model gets better as it falls
 * @param figures all others, of held-out and of test data
 * @param megabytes the most that the process held at any step
 */
record Compared(
    String name,
    long seed,
    String measure,
    double quality,
    boolean smallerIsBetter,
    Map<String, Double> figures,
    long parameters,
    double tokensPerSecond,
    double seconds,
    double megabytes) {
  private static final String FILE = "compared.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Trains; null where the run was stopped. */
  static @Nullable Compared train(Recipe recipe, long seed, Path folder, Start start, Output out) {
    long[] most = {0};
    TrainingView view = new TrainingView(out);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            most[0] = Math.max(most[0], step.residentBytes());
            view.stepped(step);
          }

          @Override
          public void evaluated(long step, Evaluation evaluation, boolean best) {
            view.evaluated(step, evaluation, best);
          }

          @Override
          public Progress progress() {
            return view.progress();
          }

          @Override
          public void noted(String line) {
            view.noted(line);
          }
        };
    Outcome outcome =
        new RecipeRun(recipe.in(folder, seed), out.progress(), listener, Interrupts::requested)
            .run(start, Interrupts::gently);
    out.clearStatus();
    if (outcome.result().stopped()) {
      return null;
    }
    Evaluation.Figure deciding = deciding(recipe, outcome);
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Evaluation.Figure> all = new ArrayList<>(outcome.result().evaluation().figures());
    all.addAll(outcome.figures());
    all.forEach(figure -> figures.put(figure.name(), figure.value()));
    Compared compared =
        new Compared(
            recipe.name(),
            seed,
            deciding.name(),
            deciding.value(),
            deciding.smallerIsBetter(),
            figures,
            outcome.result().parameters(),
            outcome.result().tokensPerSecond(),
            outcome.result().seconds(),
            most[0] / 1e6);
    WholeFile.text(folder.resolve(FILE), JSON.writeValueAsString(compared) + "\n");
    return compared;
  }

  /** The best evaluation of a run; of cross-validation the mean over what was tested. */
  private static Evaluation.Figure deciding(Recipe recipe, Outcome outcome) {
    Evaluation.Figure last = outcome.result().evaluation().deciding();
    if (recipe.task() instanceof TaskRecipe.Classification task && task.crossValidates()) {
      return outcome.figures().stream()
          .filter(figure -> figure.name().equals("test_" + last.name()))
          .findFirst()
          .orElseThrow();
    }
    return new Evaluation.Figure(last.name(), outcome.result().best(), last.smallerIsBetter());
  }

  /** A finished run; null where there is none. */
  static @Nullable Compared read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      return JSON.treeToValue(node, Compared.class);
    } catch (IOException | tools.jackson.core.JacksonException e) {
      return null; // it is run again
    }
  }

  /** All of it by names in snake_case. */
  Map<String, Object> map() {
    return JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}

package dev.myna.train;

import dev.myna.Progress;
import dev.myna.WholeFile;
import dev.myna.task.Evaluation;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cross-validation: a training for each part of the data, in a folder of its own, tested on that
 * part. The figures are the means over the parts.
 */
final class FoldRuns {
  private final Recipe recipe;
  private final TaskRecipe.Classification task;
  private final Progress progress;
  private final TrainingListener listener;
  private final BooleanSupplier stop;

  FoldRuns(
      Recipe recipe,
      TaskRecipe.Classification task,
      Progress progress,
      TrainingListener listener,
      BooleanSupplier stop) {
    this.recipe = recipe;
    this.task = task;
    this.progress = progress;
    this.listener = listener;
    this.stop = stop;
  }

  Outcome run(Start start, Function<Supplier<TrainingResult>, TrainingResult> around) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int part = 1; part <= task.folds(); part++) {
      Path folder = recipe.folder().resolve("fold-" + part);
      boolean begun = Checkpoints.last(folder).isPresent();
      Start own = start == Start.RESUME && !begun ? Start.FRESH : start;
      listener.noted("part %d of %d".formatted(part, task.folds()));
      Recipe single = recipe.with(task.only(part), recipe.name() + "-" + part, folder);
      Outcome outcome = new RecipeRun(single, progress, listener, stop).run(own, around);
      outcomes.add(outcome);
      if (outcome.result().stopped()) {
        return outcome;
      }
    }
    Outcome last = outcomes.getLast();
    Path report = recipe.folder().resolve("report.html");
    List<Evaluation.Figure> means = means(outcomes);
    if (!Files.exists(recipe.folder().resolve("recipe.yaml"))) {
      WholeFile.text(recipe.folder().resolve("recipe.yaml"), recipe.toYaml());
    }
    RunReport.write(
        report,
        recipe,
        last.folder().resolve("metrics.jsonl"),
        last.result(),
        new Job.Ending("", means));
    return new Outcome(recipe.folder(), last.model(), report, last.result(), "", means);
  }

  /** The mean of each figure, and how far the parts are from it. */
  private static List<Evaluation.Figure> means(List<Outcome> outcomes) {
    List<Evaluation.Figure> means = new ArrayList<>();
    for (Evaluation.Figure figure : outcomes.getFirst().figures()) {
      double[] values =
          outcomes.stream()
              .flatMap(outcome -> outcome.figures().stream())
              .filter(other -> other.name().equals(figure.name()))
              .mapToDouble(Evaluation.Figure::value)
              .toArray();
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      means.add(new Evaluation.Figure(figure.name(), mean, figure.smallerIsBetter()));
      means.add(Evaluation.Figure.falling(figure.name() + "_deviation", Math.sqrt(square)));
    }
    return means;
  }
}

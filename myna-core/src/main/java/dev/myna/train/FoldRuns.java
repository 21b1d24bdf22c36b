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
import java.util.function.ToDoubleFunction;

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
    Path kept = recipe.folder().resolve("recipe.yaml");
    if (!Files.exists(kept)) {
      WholeFile.text(kept, recipe.toYaml());
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int part = 1; part <= task.folds(); part++) {
      Path folder = recipe.folder().resolve("fold-" + part);
      boolean begun = Checkpoints.last(folder).isPresent();
      Start own = start == Start.RESUME && !begun ? Start.FRESH : start;
      listener.noted("part %d of %d".formatted(part, task.folds()));
      Recipe single = recipe.with(task.only(part), recipe.name() + "-" + part, folder);
      Outcome outcome = new RecipeRun(single, progress, listener, stop).run(own, around);
      outcomes.add(outcome);
      WholeFile.text(kept, recipe.toYaml()); // not before a part of it was learned
      if (outcome.result().stopped()) {
        // Whoever goes on goes on with the part that was stopped, and then with the rest.
        return new Outcome(
            recipe.folder(), outcome.model(), outcome.report(), outcome.result(), "", List.of());
      }
    }
    Outcome last = outcomes.getLast();
    Path report = recipe.folder().resolve("report.html");
    TrainingResult result = together(outcomes.stream().map(Outcome::result).toList());
    List<Evaluation.Figure> means = new ArrayList<>();
    for (Spread spread : spreads(outcomes.stream().map(Outcome::figures).toList())) {
      means.add(spread.mean());
      means.add(Evaluation.Figure.falling(spread.mean().name() + "_deviation", spread.deviation()));
    }
    RunReport.write(
        report, recipe, last.folder().resolve("metrics.jsonl"), result, new Job.Ending("", means));
    return new Outcome(recipe.folder(), last.model(), report, result, "", means);
  }

  /** Steps and seconds of all parts; means of what was measured in each. */
  private static TrainingResult together(List<TrainingResult> parts) {
    List<Evaluation.Figure> heldOut =
        spreads(parts.stream().map(part -> part.evaluation().figures()).toList()).stream()
            .map(Spread::mean)
            .toList();
    return new TrainingResult(
        parts.stream().mapToLong(TrainingResult::steps).sum(),
        mean(parts, TrainingResult::trainingLoss),
        new Evaluation(heldOut),
        mean(parts, TrainingResult::best),
        parts.stream().mapToDouble(TrainingResult::seconds).sum(),
        mean(parts, part -> part.tokensPerSecond() == 0 ? Double.NaN : part.tokensPerSecond()),
        parts.getLast().parameters(),
        false);
  }

  /** Over those parts that measured it: a part that was done before a resumption has no steps. */
  private static double mean(List<TrainingResult> parts, ToDoubleFunction<TrainingResult> value) {
    return parts.stream().mapToDouble(value).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /** The mean of a figure over the parts, and how far they are from it. */
  private record Spread(Evaluation.Figure mean, double deviation) {}

  private static List<Spread> spreads(List<List<Evaluation.Figure>> parts) {
    List<Spread> spreads = new ArrayList<>();
    for (Evaluation.Figure figure : parts.getFirst()) {
      double[] values =
          parts.stream()
              .flatMap(List::stream)
              .filter(other -> other.name().equals(figure.name()))
              .mapToDouble(Evaluation.Figure::value)
              .toArray();
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      Evaluation.Figure ofAll =
          new Evaluation.Figure(figure.name(), mean, figure.smallerIsBetter());
      spreads.add(new Spread(ofAll, Math.sqrt(square)));
    }
    return spreads;
  }
}

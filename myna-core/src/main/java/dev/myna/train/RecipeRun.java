package dev.myna.train;

import dev.myna.Progress;
import dev.myna.WholeFile;
import dev.myna.task.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Follows a recipe from text to model: learns the tokenizer, prepares the tokens, trains, lets the
 * best model write a sample, and leaves a report.
 *
 * <p>The folder of the run then holds {@code best/} and {@code last/} (Hugging Face folders),
 * {@code tokenizer/}, {@code data/} (tokens), {@code metrics.jsonl}, {@code recipe.yaml} and {@code
 * report.html}.
 */
public final class RecipeRun {
  private final Recipe recipe;
  private final Path folder;
  private final Progress progress;
  private final TrainingListener listener;
  private final BooleanSupplier stop;

  /** What to do where the folder of the run holds a training already. */
  public enum Start {
    /** Begin, and refuse to write over another training. */
    FRESH,
    /** Begin, in place of what is there. */
    OVERWRITE,
    /** Go on from the newest checkpoint, exactly as if it had never stopped. */
    RESUME
  }

  /**
   * How a run ended.
   *
   * @param folder of the run
   * @param model the folder of the best model
   * @param report the HTML page
   * @param sample what the best model wrote; empty where none was wanted or the run was stopped
   * @param figures of the best model on test data
   */
  public record Outcome(
      Path folder,
      Path model,
      Path report,
      TrainingResult result,
      String sample,
      List<Evaluation.Figure> figures) {}

  /**
   * @param progress hears about tokenizer and data
   * @param listener hears about training
   * @param stop asked between steps; when true, the run is saved and ends
   */
  public RecipeRun(
      Recipe recipe, Progress progress, TrainingListener listener, BooleanSupplier stop) {
    this.recipe = recipe;
    this.folder = recipe.folder();
    this.progress = progress;
    this.listener = listener;
    this.stop = stop;
  }

  /** Follows the recipe. */
  public Outcome run(Start start) {
    return run(start, Supplier::get);
  }

  /**
   * Follows the recipe.
   *
   * @param around runs what it is given: the part that asks {@code stop} and must not be
   *     interrupted, because it writes checkpoints
   */
  public Outcome run(Start start, Function<Supplier<TrainingResult>, TrainingResult> around) {
    if (recipe.task() instanceof TaskRecipe.Classification task && task.crossValidates()) {
      return new FoldRuns(recipe, task, progress, listener, stop).run(start, around);
    }
    Optional<Path> checkpoint = checkpoint(start);
    try (Job job = Job.of(new Job.Place(recipe, folder, checkpoint, progress))) {
      Job.Ready ready = job.ready();
      ready.notes().forEach(listener::noted);
      if (checkpoint.isEmpty()) {
        // Not before there is something to put in the place of an earlier training.
        List.of("last", "previous", "best").forEach(name -> delete(folder.resolve(name)));
        keepRecipe();
      }
      // Java clears its heap late: it would grow by what each of many trainings reads and prepares.
      System.gc();
      TrainingResult result = around.apply(() -> train(ready, checkpoint));
      Path model = Checkpoints.model(folder);
      Job.Ending ending = result.stopped() ? Job.Ending.NOTHING : job.end(model);
      Path report = folder.resolve("report.html");
      RunReport.write(report, recipe, metrics(), result, ending);
      ready.task().free();
      return new Outcome(folder, model, report, result, ending.sample(), ending.figures());
    }
  }

  /** The recipe of the folder is that of its newest checkpoint, if it has one. */
  private void keepRecipe() {
    WholeFile.text(folder.resolve("recipe.yaml"), recipe.toYaml());
  }

  private Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  private Optional<Path> checkpoint(Start start) {
    Optional<Path> last = Checkpoints.last(folder);
    switch (start) {
      case RESUME -> {
        Path found =
            last.orElseThrow(
                () ->
                    new TrainingException(
                        "there is no checkpoint in %s to go on from; leave --resume out to begin"
                            .formatted(folder)));
        Checkpoints.verify(found);
        RecipeChanges.since(found, recipe).forEach(listener::noted);
        return last;
      }
      case FRESH -> {
        if (last.isPresent()) {
          throw new TrainingException(
              "%s holds a training already: go on with --resume, write over it with --overwrite, or choose another folder with --set out=FOLDER"
                  .formatted(folder));
        }
      }
      case OVERWRITE -> {}
    }
    return Optional.empty();
  }

  private TrainingResult train(Job.Ready ready, Optional<Path> checkpoint) {
    Checkpoints checkpoints =
        new Checkpoints(
            folder,
            into -> {
              ready.tokenizer().save(into);
              WholeFile.text(into.resolve(Checkpoints.RECIPE), recipe.toYaml());
              keepRecipe();
            });
    MetricsFile file = new MetricsFile(metrics(), recipe.train().logEvery());
    return new Trainer<>(
            recipe.train(),
            ready.task(),
            checkpoints,
            new Both(file, listener),
            recipe.seed(),
            stop)
        .run(checkpoint);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  /** Tells two listeners. */
  private record Both(TrainingListener first, TrainingListener second) implements TrainingListener {
    @Override
    public void stepped(Step step) {
      first.stepped(step);
      second.stepped(step);
    }

    @Override
    public void evaluated(long step, Evaluation evaluation, boolean best) {
      first.evaluated(step, evaluation, best);
      second.evaluated(step, evaluation, best);
    }

    @Override
    public void noted(String line) {
      first.noted(line);
      second.noted(line);
    }

    @Override
    public Progress progress() {
      return (what, done, total) -> {
        first.progress().at(what, done, total);
        second.progress().at(what, done, total);
      };
    }

    @Override
    public void saved(long step, Path folder) {
      first.saved(step, folder);
      second.saved(step, folder);
    }
  }
}

package dev.myna.train;

import dev.myna.Progress;
import dev.myna.nn.Module;
import dev.myna.task.Evaluation;
import dev.myna.task.Task;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The work that a recipe asks for: its data made ready, and the task that they make. */
interface Job extends AutoCloseable {
  /**
   * Where the work is done.
   *
   * @param folder of the run
   * @param checkpoint to go on from
   */
  record Place(Recipe recipe, Path folder, Optional<Path> checkpoint, Progress progress) {}

  /**
   * What is said of the best model at the end.
   *
   * @param sample what it writes; empty where it writes nothing
   * @param figures on data that were looked at only now
   */
  record Ending(String sample, List<Evaluation.Figure> figures) {
    static final Ending NOTHING = new Ending("", List.of());

    /**
     * What a model that was read anew shows on test data; it is freed.
     *
     * @param judge is called with the model on its device
     */
    static Ending of(Recipe recipe, Module model, Function<Device, Evaluation> judge) {
      Device device = Device.of(recipe.train().device());
      model.moveTo(device);
      model.training(false);
      try (Gradients off = Gradients.off()) {
        Evaluation evaluation =
            recipe.train().precision().on(device).callWithFixedWeights(() -> judge.apply(device));
        return new Ending("", evaluation.figures().stream().map(Ending::onTest).toList());
      } finally {
        model.free();
      }
    }

    /** A figure of held-out data, as one of test data. */
    private static Evaluation.Figure onTest(Evaluation.Figure figure) {
      String name = figure.name().equals(Evaluation.LOSS) ? "loss" : figure.name();
      return new Evaluation.Figure("test_" + name, figure.value(), figure.smallerIsBetter());
    }
  }

  /** Makes tokenizer, data and model ready. */
  static Job of(Place place) {
    return switch (place.recipe().task()) {
      case TaskRecipe.NextToken _, TaskRecipe.Masked _, TaskRecipe.Spans _, TaskRecipe.Noise _ ->
          TextJob.of(place);
      case TaskRecipe.Translation task -> new TranslationJob(place, task);
      case TaskRecipe.Classification task -> new ClassificationJob(place, task);
      case TaskRecipe.Tagging task -> new TaggingJob(place, task);
      case TaskRecipe.Regression _ -> new RegressionJob(place);
      case TaskRecipe.Similarity task -> new SimilarityJob(place, task);
      case TaskRecipe.Answers task -> new AnswersJob(place, task);
    };
  }

  /**
   * What was made ready.
   *
   * @param notes what was found on the way that the user should know
   */
  record Ready(Tokenizer tokenizer, Task<?> task, List<String> notes) {
    public Ready {
      notes = List.copyOf(notes);
    }
  }

  Ready ready();

  /**
   * Looks at the best model.
   *
   * @param model its folder
   */
  Ending end(Path model);

  @Override
  void close();
}

package dev.myna.train;

import dev.myna.task.Embedder;
import dev.myna.task.Similarity;
import dev.myna.task.Similarity.Compared;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model learns how alike texts are and is tested on others. */
final class SimilarityJob implements Job {
  private final Place place;
  private final TaskRecipe.Similarity wanted;
  private final List<ComparedTexts> training;
  private final List<ComparedTexts> heldOut;
  private final List<ComparedTexts> test;
  private final Tokenizer tokenizer;
  private final RecipeModel models;
  private final Similarity task;

  SimilarityJob(Place place, TaskRecipe.Similarity wanted) {
    this.place = place;
    this.wanted = wanted;
    DataConfig data = place.recipe().data();
    List<ComparedTexts> all = ComparedTexts.read(data.train(), data.charset(), wanted);
    List<ComparedTexts> judged = ComparedTexts.read(data.validation(), data.charset(), wanted);
    int border =
        judged.isEmpty()
            ? (int) Math.round(all.size() * (1 - data.validationFraction()))
            : all.size();
    training = all.subList(0, border);
    heldOut = judged.isEmpty() ? all.subList(border, all.size()) : judged;
    test = ComparedTexts.read(data.test(), data.charset(), wanted);
    if (training.isEmpty() || heldOut.isEmpty()) {
      throw new RecipeException(
          "similarity wants texts to learn from and others to be judged by, found %d and %d"
              .formatted(training.size(), heldOut.size()));
    }
    tokenizer =
        new RecipeTokenizer(place.recipe(), place.progress())
            .of(place, training.stream().flatMap(each -> each.texts().stream()).toList());
    models = new RecipeModel(place, tokenizer);
    task = task(place.checkpoint());
  }

  private Similarity task(Optional<Path> checkpoint) {
    Recipe recipe = place.recipe();
    return new Similarity(
        embedder(checkpoint),
        wanted.objective(),
        compared(training),
        compared(heldOut),
        recipe.train().settings(recipe.model().context(), recipe.seed()));
  }

  private Embedder embedder(Optional<Path> checkpoint) {
    return models.embedder(checkpoint, wanted);
  }

  private List<Compared> compared(List<ComparedTexts> lines) {
    Marks marks = new Marks(tokenizer);
    ModelRecipe model = place.recipe().model();
    return lines.stream()
        .map(
            line ->
                new Compared(
                    line.texts().stream()
                        .map(text -> marks.read(model, tokenizer.ids(text)))
                        .toList(),
                    line.score()))
        .toList();
  }

  @Override
  public Ready ready() {
    return new Ready(tokenizer, task, models.notes());
  }

  @Override
  public Ending end(Path model) {
    if (test.isEmpty()) {
      return Ending.NOTHING;
    }
    Similarity best = task(Optional.of(model));
    return Ending.of(
        place.recipe(),
        best.model(),
        device -> best.judge(compared(test), 0, device, place.progress()));
  }

  @Override
  public void close() {}
}

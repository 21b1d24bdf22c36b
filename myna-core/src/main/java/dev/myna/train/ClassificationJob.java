package dev.myna.train;

import dev.myna.task.Classification;
import dev.myna.task.Classification.Labelled;
import dev.myna.task.Classifier;
import dev.myna.text.Tokenizer;
import dev.myna.text.classify.Example;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A classifier learns from labelled texts and is tested on others. */
final class ClassificationJob implements Job {
  private final Place place;
  private final TaskRecipe.Classification wanted;
  private final LabelledData data;
  private final Tokenizer tokenizer;
  private final RecipeModel models;
  private final Classification task;

  ClassificationJob(Place place, TaskRecipe.Classification wanted) {
    this.place = place;
    this.wanted = wanted;
    data = LabelledData.read(place.recipe(), wanted);
    tokenizer =
        new RecipeTokenizer(place.recipe(), place.progress())
            .of(place, data.training().stream().map(Example::text).toList());
    models = new RecipeModel(place, tokenizer);
    task = task(place.checkpoint());
  }

  private Classification task(Optional<Path> checkpoint) {
    Recipe recipe = place.recipe();
    Classifier classifier = models.classifier(checkpoint, data.labels());
    return new Classification(
        classifier,
        labelled(classifier, wanted.augment().of(data.training(), recipe.seed())),
        labelled(classifier, data.heldOut()),
        data.labels(),
        recipe.train().settings(recipe.model().context(), recipe.seed()),
        new Classification.Balance(wanted.balanced(), wanted.focus()));
  }

  private List<Labelled> labelled(Classifier classifier, List<Example> examples) {
    Marks marks = new Marks(tokenizer);
    ModelRecipe model = place.recipe().model();
    return examples.stream()
        .map(
            example ->
                new Labelled(
                    marks.read(model, classifier.ids(tokenizer, example.text())),
                    data.labels().indexOf(example.label())))
        .toList();
  }

  @Override
  public Ready ready() {
    return new Ready(tokenizer, task, models.notes());
  }

  @Override
  public Ending end(Path model) {
    if (data.test().isEmpty()) {
      return Ending.NOTHING;
    }
    Classification best = task(Optional.of(model));
    return Ending.of(
        place.recipe(),
        best.model(),
        device ->
            best.judge(labelled(best.classifier(), data.test()), 0, device, place.progress()));
  }

  @Override
  public void close() {}
}

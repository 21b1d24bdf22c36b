package dev.myna.train;

import dev.myna.task.Classifier;
import dev.myna.task.Regression;
import dev.myna.task.Regression.Numbered;
import dev.myna.text.Tokenizer;
import dev.myna.text.classify.Example;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model learns to say numbers of texts and is tested on others. */
final class RegressionJob implements Job {
  /** The name of its only score. */
  private static final List<String> NUMBER = List.of("number");

  private final Place place;
  private final LabelledData data;
  private final Tokenizer tokenizer;
  private final RecipeModel models;
  private final Regression task;

  RegressionJob(Place place) {
    this.place = place;
    data = LabelledData.numbered(place.recipe());
    tokenizer =
        new RecipeTokenizer(place.recipe(), place.progress())
            .of(place, data.training().stream().map(Example::text).toList());
    models = new RecipeModel(place, tokenizer);
    task = task(place.checkpoint());
  }

  private Regression task(Optional<Path> checkpoint) {
    Recipe recipe = place.recipe();
    Classifier scorer = models.classifier(checkpoint, NUMBER);
    if (scorer instanceof Classifier.OfTransformer(var pretrained, int _)) {
      pretrained.config().put("problem_type", "regression"); // as Transformers has it
    }
    return new Regression(
        scorer,
        numbered(scorer, data.training()),
        numbered(scorer, data.heldOut()),
        recipe.train().settings(recipe.model().context(), recipe.seed()));
  }

  private List<Numbered> numbered(Classifier scorer, List<Example> examples) {
    Marks marks = new Marks(tokenizer);
    ModelRecipe model = place.recipe().model();
    return examples.stream()
        .map(
            example ->
                new Numbered(
                    marks.read(model, scorer.ids(tokenizer, example.text())),
                    Double.parseDouble(example.label())))
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
    Regression best = task(Optional.of(model));
    return Ending.of(
        place.recipe(),
        best.model(),
        device -> best.judge(numbered(best.scorer(), data.test()), 0, device, place.progress()));
  }

  @Override
  public void close() {}
}

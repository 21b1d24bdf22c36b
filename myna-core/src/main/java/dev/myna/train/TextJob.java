package dev.myna.train;

import dev.myna.model.Pretrained;
import dev.myna.task.NextToken;
import dev.myna.task.Task;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.Preparation;
import dev.myna.text.corpus.Prepared;
import dev.myna.text.corpus.Separator;
import dev.myna.text.corpus.Shards;
import dev.myna.text.corpus.Split;
import java.nio.file.Path;

/** Tasks over running text, stored as shards of tokens. */
final class TextJob implements Job {
  private final Place place;
  private final Tokenizer tokenizer;
  private final Shards training;
  private final Shards heldOut;
  private final Task<?> task;

  @SuppressWarnings("MustBeClosedChecker") // close() closes them
  private TextJob(Place place, Tokenizer tokenizer, Prepared prepared, TaskRecipe wanted) {
    this.place = place;
    this.tokenizer = tokenizer;
    training = prepared.openTraining();
    heldOut = prepared.openHeldOut();
    task = task(wanted);
  }

  static TextJob of(Place place, TaskRecipe wanted) {
    Recipe recipe = place.recipe();
    DataConfig data = recipe.data();
    Corpus corpus = Corpus.of(data.train(), data.field());
    Tokenizer tokenizer = new RecipeTokenizer(recipe, place.progress()).of(place, corpus);
    Separator separator =
        data.separator().<Separator>map(Separator::after).orElse(Separator.none());
    Prepared prepared =
        Preparation.prepare(
            corpus,
            tokenizer,
            split(data),
            separator,
            place.folder().resolve("data"),
            place.progress());
    return new TextJob(place, tokenizer, prepared, wanted);
  }

  private static Split split(DataConfig data) {
    if (!data.validation().isEmpty()) {
      return Split.files(Corpus.of(data.validation(), data.field()));
    }
    if (data.validationFraction() == 0) {
      throw new RecipeException(
          "data.validation_fraction is 0 and data.validation names no files: a training is judged"
              + " by held-out text");
    }
    return Split.fraction(data.validationFraction());
  }

  private Task<?> task(TaskRecipe wanted) {
    Recipe recipe = place.recipe();
    Pretrained pretrained = new RecipeModel(place, tokenizer).transformer();
    return new NextToken(
        pretrained,
        training,
        heldOut,
        recipe.train().settings(pretrained.model().spec().context(), recipe.seed()));
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public Task<?> task() {
    return task;
  }

  @Override
  public Ending end(Path model) {
    return RunSample.write(place.recipe(), model, tokenizer);
  }

  @Override
  public void close() {
    training.close();
    heldOut.close();
  }
}

package dev.myna.train;

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
  private final TextTasks texts;
  private final Task<?> task;

  @SuppressWarnings("MustBeClosedChecker") // close() closes them
  private TextJob(Place place, Tokenizer tokenizer, Corpus corpus, Prepared prepared) {
    this.place = place;
    this.tokenizer = tokenizer;
    training = prepared.openTraining();
    heldOut = prepared.openHeldOut();
    texts = new TextTasks(place, tokenizer, corpus, training, heldOut);
    task = texts.task(place.checkpoint());
  }

  static TextJob of(Place place) {
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
    return new TextJob(place, tokenizer, corpus, prepared);
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

  @Override
  public Ready ready() {
    return new Ready(tokenizer, task, texts.notes());
  }

  @Override
  public Ending end(Path model) {
    return texts.end(model);
  }

  @Override
  public void close() {
    training.close();
    heldOut.close();
  }
}

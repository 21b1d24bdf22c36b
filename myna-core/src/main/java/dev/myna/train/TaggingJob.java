package dev.myna.train;

import dev.myna.task.Tagger;
import dev.myna.task.Tagging;
import dev.myna.task.Tagging.Tagged;
import dev.myna.task.WordWindow;
import dev.myna.text.Tokenizer;
import dev.myna.text.tagging.TaggedSentence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A tagger learns from tagged sentences and is tested on others. */
final class TaggingJob implements Job {
  private final Place place;
  private final List<String> labels;
  private final List<TaggedSentence> test;
  private final Tokenizer tokenizer;
  private final RecipeModel models;
  private final Tagging task;
  private final List<String> notes = new ArrayList<>();

  TaggingJob(Place place, TaskRecipe.Tagging wanted) {
    this.place = place;
    Recipe recipe = place.recipe();
    TaggedData data = TaggedData.read(recipe);
    labels = data.labels();
    test = data.test();
    tokenizer =
        new RecipeTokenizer(recipe, place.progress())
            .of(place, data.training().stream().map(TaggingJob::text).toList());
    models = new RecipeModel(place, tokenizer);
    Tagger tagger = models.tagger(place.checkpoint(), data.labels());
    notes.addAll(models.notes());
    List<Tagged> training = tagged(tagger, data.training());
    note(training, data.unknown());
    task =
        new Tagging(
            tagger,
            training,
            tagged(tagger, data.heldOut()),
            recipe.train().settings(recipe.model().context(), recipe.seed()),
            wanted.balanced());
  }

  /** Words with a space before each, as tokenizers that tell them by it cut them afterwards. */
  private static String text(TaggedSentence sentence) {
    return " " + String.join(" ", sentence.words());
  }

  private List<Tagged> tagged(Tagger tagger, List<TaggedSentence> sentences) {
    WordReading reading = WordReading.of(tokenizer, place.recipe().model(), tagger.context());
    List<List<WordWindow>> windows =
        reading.windows(sentences.stream().map(TaggedSentence::words).toList());
    return IntStream.range(0, sentences.size())
        .mapToObj(i -> new Tagged(windows.get(i), sentences.get(i).tags()))
        .toList();
  }

  private void note(List<Tagged> training, List<String> unknown) {
    long cut = training.stream().filter(sentence -> sentence.windows().size() > 1).count();
    if (cut > 0) {
      notes.add(
          "%,d of %,d sentences are longer than model.context and read in several windows"
              .formatted(cut, training.size()));
    }
    if (!unknown.isEmpty()) {
      notes.add(
          "tags to be judged by that are never said, as no word to learn from bears them: "
              + String.join(", ", unknown));
    }
  }

  @Override
  public Ready ready() {
    return new Ready(tokenizer, task, notes);
  }

  @Override
  public Ending end(Path model) {
    if (test.isEmpty()) {
      return Ending.NOTHING;
    }
    Tagger best = models.tagger(Optional.of(model), labels);
    return Ending.of(
        place.recipe(),
        best.module(),
        device ->
            Tagging.judge(
                best,
                tagged(best, test),
                place.recipe().train().batch(),
                device,
                place.progress()));
  }

  @Override
  public void close() {}
}

package dev.myna.train;

import dev.myna.WholeFile;
import dev.myna.generate.GenerationConfig;
import dev.myna.task.Evaluation;
import dev.myna.task.PairTexts;
import dev.myna.task.Rewriting;
import dev.myna.task.Task;
import dev.myna.task.TaskSettings;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import dev.myna.text.metrics.Bleu;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model learns to translate, and is tested by BLEU. */
final class TranslationJob implements Job {
  private static final int SHOWN = 5;

  private final Place place;
  private final TaskRecipe.Translation wanted;
  private final Recipe recipe;
  private final Tokenizer tokenizer;
  private final Marks marks;
  private final RecipeModel models;
  private final Task<?> task;

  TranslationJob(Place place, TaskRecipe.Translation wanted) {
    this.place = place;
    this.wanted = wanted;
    recipe = place.recipe();
    DataConfig data = recipe.data();
    ParallelData all = ParallelData.read(data.train(), data.targets(), data.charset());
    ParallelData heldOut =
        ParallelData.read(data.validation(), data.validationTargets(), data.charset());
    int border =
        heldOut.isEmpty()
            ? (int) Math.round(all.sources().size() * (1 - data.validationFraction()))
            : all.sources().size();
    ParallelData training = all.part(0, border);
    ParallelData judged = heldOut.isEmpty() ? all.part(border, all.sources().size()) : heldOut;
    if (training.isEmpty() || judged.isEmpty()) {
      throw new RecipeException(
          "translation wants pairs to learn from and others to be judged by, found %d and %d"
              .formatted(training.sources().size(), judged.sources().size()));
    }
    List<String> both = new ArrayList<>(training.sources());
    both.addAll(training.targets());
    tokenizer = new RecipeTokenizer(recipe, place.progress()).of(place, both);
    marks = new Marks(tokenizer);
    models = new RecipeModel(place, tokenizer);
    Translator translator = models.translator(place.checkpoint(), marks);
    TaskSettings settings = recipe.train().settings(recipe.model().context(), recipe.seed());
    PairTexts texts = new PairTexts(Starts.of(translator, marks), marks.needPadding(), settings);
    task =
        new Rewriting(
            translator, texts.shuffled(pairs(training)), texts.once(pairs(judged)), settings);
  }

  private List<PairTexts.Pair> pairs(ParallelData data) {
    return IntStream.range(0, data.sources().size())
        .mapToObj(i -> new PairTexts.Pair(ids(data.sources().get(i)), ids(data.targets().get(i))))
        .toList();
  }

  private int[] ids(String text) {
    return marks.ended(text, recipe.model().context());
  }

  @Override
  public Ready ready() {
    return new Ready(tokenizer, task, models.notes());
  }

  /** Translates the test and writes the translations beside the model. */
  @Override
  public Ending end(Path model) {
    DataConfig data = recipe.data();
    ParallelData test = ParallelData.read(data.test(), data.testTargets(), data.charset());
    if (test.isEmpty()) {
      return Ending.NOTHING;
    }
    Translator best = models.translator(Optional.of(model), marks);
    Decoding decoding =
        new Decoding(
            best,
            GenerationConfig.read(model),
            Starts.of(best, marks),
            Device.of(recipe.train().device()));
    List<int[]> said =
        decoding.beams(
            test.sources().stream().map(this::ids).toList(),
            recipe.model().context() - 1,
            wanted.beams(),
            wanted.lengthPenalty());
    best.module().free();
    List<String> texts = said.stream().map(ids -> tokenizer.decode(ids, true).strip()).toList();
    WholeFile.text(place.folder().resolve("test.translated"), String.join("\n", texts) + "\n");
    double bleu =
        Bleu.standard()
            .withLowercase(wanted.lowercase())
            .corpus(texts, List.of(test.targets()))
            .score();
    StringBuilder sample = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, texts.size()); i++) {
      sample.append(
          "read   %s\nwanted %s\nsaid   %s\n\n"
              .formatted(test.sources().get(i), test.targets().get(i), texts.get(i)));
    }
    return new Ending(sample.toString(), List.of(Evaluation.Figure.rising("test_bleu", bleu)));
  }

  @Override
  public void close() {}
}

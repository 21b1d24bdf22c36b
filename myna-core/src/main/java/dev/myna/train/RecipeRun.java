package dev.myna.train;

import dev.myna.Progress;
import dev.myna.WholeFile;
import dev.myna.generate.CachedTransformer;
import dev.myna.generate.Detokenizer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.model.Pretrained;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.Preparation;
import dev.myna.text.corpus.Prepared;
import dev.myna.text.corpus.Separator;
import dev.myna.text.corpus.Shards;
import dev.myna.text.corpus.Split;
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
   */
  public record Outcome(
      Path folder, Path model, Path report, TrainingResult result, String sample) {}

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
    Optional<Path> checkpoint = checkpoint(start);
    Corpus corpus = Corpus.of(recipe.data().train(), recipe.data().field());
    Tokenizer tokenizer =
        checkpoint
            .map(Tokenizer::load)
            .orElseGet(() -> new RecipeTokenizer(recipe, progress).make(corpus));
    if (checkpoint.isEmpty()) {
      tokenizer.save(folder.resolve("tokenizer"));
    }
    WholeFile.text(folder.resolve("recipe.yaml"), recipe.toYaml());
    Prepared prepared =
        Preparation.prepare(
            corpus, tokenizer, split(), separator(), folder.resolve("data"), progress);
    Pretrained pretrained =
        checkpoint
            .map(Pretrained::load)
            .orElseGet(
                () ->
                    Pretrained.create(
                        recipe.model().shape(tokenizer.vocabularySize()), recipe.seed()));
    requireVocabulary(pretrained, tokenizer);
    TrainingResult result = around.apply(() -> train(pretrained, tokenizer, prepared, checkpoint));
    Path model = Checkpoints.model(folder);
    String sample = result.stopped() ? "" : sample(model, tokenizer);
    Path report = folder.resolve("report.html");
    RunReport.write(report, recipe, metrics(), result, sample);
    return new Outcome(folder, model, report, result, sample);
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
        return last;
      }
      case FRESH -> {
        if (last.isPresent()) {
          throw new TrainingException(
              "%s holds a training already: go on with --resume, write over it with --overwrite, or choose another folder with --set out=FOLDER"
                  .formatted(folder));
        }
      }
      case OVERWRITE ->
          List.of("last", "previous", "best").forEach(name -> delete(folder.resolve(name)));
    }
    return Optional.empty();
  }

  private Split split() {
    DataConfig data = recipe.data();
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

  private Separator separator() {
    return recipe.data().separator().<Separator>map(Separator::after).orElse(Separator.none());
  }

  private void requireVocabulary(Pretrained pretrained, Tokenizer tokenizer) {
    int known = pretrained.model().spec().vocabulary();
    if (known < tokenizer.vocabularySize()) {
      throw new TrainingException(
          "the model knows %d tokens and the tokenizer makes %d; begin anew with --overwrite"
              .formatted(known, tokenizer.vocabularySize()));
    }
  }

  private TrainingResult train(
      Pretrained pretrained, Tokenizer tokenizer, Prepared prepared, Optional<Path> checkpoint) {
    Checkpoints checkpoints =
        new Checkpoints(
            folder,
            into -> {
              tokenizer.save(into);
              WholeFile.text(into.resolve("training/recipe.yaml"), recipe.toYaml());
            });
    MetricsFile file = new MetricsFile(metrics(), recipe.train().logEvery());
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      Trainer trainer =
          new Trainer(
              recipe.train(),
              pretrained,
              training,
              heldOut,
              checkpoints,
              new Both(file, listener),
              recipe.seed(),
              stop);
      return trainer.run(checkpoint);
    }
  }

  private String sample(Path model, Tokenizer tokenizer) {
    SampleConfig sample = recipe.sample();
    if (sample.tokens() == 0) {
      return "";
    }
    Device device = Device.of(recipe.train().device());
    Pretrained best = Pretrained.load(model);
    best.model().moveTo(device);
    Strategy.Random strategy =
        new Strategy.Random(
            (float) sample.temperature(),
            sample.topK().orElse(null),
            null,
            null,
            null,
            recipe.seed());
    // A prompt of nothing: a line break begins a text as well as anything.
    String prompt = sample.prompt().isEmpty() ? "\n" : sample.prompt();
    try (Generator generator =
        new Generator(
            new CachedTransformer(best.model(), device, Precision.FLOAT32),
            GenerationConfig.read(model),
            () -> Detokenizer.of(tokenizer))) {
      String text =
          generator
              .generate(tokenizer.ids(prompt), Sampling.random(sample.tokens(), strategy))
              .text();
      return sample.prompt() + text;
    }
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
    public void saved(long step, Path folder) {
      first.saved(step, folder);
      second.saved(step, folder);
    }
  }
}

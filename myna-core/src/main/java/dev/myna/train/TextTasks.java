package dev.myna.train;

import dev.myna.model.Choice;
import dev.myna.model.Elmo;
import dev.myna.model.Pretrained;
import dev.myna.model.SequenceModel;
import dev.myna.spec.ModelSpec;
import dev.myna.task.BothWays;
import dev.myna.task.CarriedText;
import dev.myna.task.Evaluation;
import dev.myna.task.MaskedText;
import dev.myna.task.MaskedTokens;
import dev.myna.task.Masking;
import dev.myna.task.NextToken;
import dev.myna.task.SentencePairs;
import dev.myna.task.Spelling;
import dev.myna.task.Task;
import dev.myna.task.TaskSettings;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The tasks over running text, and what is said of their models at the end. */
final class TextTasks {
  private final Job.Place place;
  private final Recipe recipe;
  private final Tokenizer tokenizer;
  private final Marks marks;
  private final Corpus corpus;
  private final Shards training;
  private final Shards heldOut;
  private final RecipeModel models;

  TextTasks(Job.Place place, Tokenizer tokenizer, Corpus corpus, Shards training, Shards heldOut) {
    this.place = place;
    this.recipe = place.recipe();
    this.tokenizer = tokenizer;
    this.marks = new Marks(tokenizer);
    this.corpus = corpus;
    this.training = training;
    this.heldOut = heldOut;
    models = new RecipeModel(place, tokenizer);
  }

  List<String> notes() {
    return models.notes();
  }

  /**
   * The task, with the model of a checkpoint or a fresh one.
   *
   * @throws RecipeException if the model cannot do it
   */
  Task<?> task(Optional<Path> checkpoint) {
    return switch (recipe.task()) {
      case TaskRecipe.NextToken _ -> nextToken(checkpoint);
      case TaskRecipe.Masked masked -> masked(masked, checkpoint);
      case TaskRecipe.Spans spans -> restoring(checkpoint).spans(spans);
      case TaskRecipe.Noise noise -> restoring(checkpoint).noise(noise);
      case TaskRecipe.Translation _,
          TaskRecipe.Classification _,
          TaskRecipe.Tagging _,
          TaskRecipe.Regression _,
          TaskRecipe.Answers _,
          TaskRecipe.Similarity _ ->
          throw new IllegalStateException("no task over running text: " + recipe.task());
    };
  }

  private TaskSettings settings(int length) {
    return recipe.train().settings(length, recipe.seed());
  }

  private Task<?> nextToken(Optional<Path> checkpoint) {
    if (recipe.model() instanceof RecurrentRecipe shape) {
      return new CarriedText(
          models.recurrent(shape, checkpoint, between()),
          training,
          heldOut,
          settings(shape.context()));
    }
    if (recipe.model() instanceof ElmoRecipe shape) {
      SequenceModel elmo = models.elmo(shape, checkpoint);
      Spelling spelling = new Spelling(tokenizer, ((Elmo) elmo.model()).spec().characters());
      return new BothWays(elmo, spelling, training, heldOut, settings(shape.context()));
    }
    OptionalInt between = between();
    Pretrained pretrained =
        models.transformer(
            checkpoint,
            Optional.empty(),
            0,
            shape ->
                between.isEmpty()
                    ? shape
                    : shape
                        .with(Choice.BEGIN, between.getAsInt())
                        .with(Choice.END, between.getAsInt()));
    if (!(pretrained.model().spec() instanceof ModelSpec.Decoder decoder)) {
      throw models.unfit("a decoder, a recurrent model or an ELMo");
    }
    return new NextToken(pretrained, training, heldOut, settings(decoder.context()));
  }

  /** The token between documents, which ends each of them and begins the next, as GPT-2's does. */
  private OptionalInt between() {
    return recipe.data().separator().map(tokenizer::id).orElse(OptionalInt.empty());
  }

  private Task<?> masked(TaskRecipe.Masked wanted, Optional<Path> checkpoint) {
    boolean paired = wanted.pairs() != TaskRecipe.Masked.Pairs.NONE;
    Pretrained pretrained =
        models.transformer(
            checkpoint,
            Optional.of(paired ? "ForPreTraining" : "ForMaskedLM"),
            0,
            shape -> shape.with(Choice.PADDING, marks.needPadding()));
    int length = pretrained.model().spec().context();
    MaskedText.Frame frame = new MaskedText.Frame(marks.begin(), marks.end(), length);
    MaskedText texts =
        paired
            ? pairs(wanted, frame)
            : new MaskedText.Packed(training, heldOut, frame, wanted.copies(), recipe.seed());
    Masking masking =
        new Masking(
            wanted.share(),
            wanted.masked(),
            wanted.replaced(),
            marks.mask(),
            tokenizer.vocabularySize(),
            wanted.wholeWords());
    return new MaskedTokens(
        pretrained, texts, masking, marks.words(), marks.needPadding(), settings(length));
  }

  private MaskedText pairs(TaskRecipe.Masked wanted, MaskedText.Frame frame) {
    SentencePairs kind =
        wanted.pairs() == TaskRecipe.Masked.Pairs.ORDER ? SentencePairs.ORDER : SentencePairs.NEXT;
    DataConfig data = recipe.data();
    SentenceDocuments all = new SentenceDocuments(tokenizer);
    List<List<int[]>> read = all.of(corpus);
    if (!data.validation().isEmpty()) {
      return new MaskedText.Paired(
          kind, read, all.of(Corpus.of(data.validation(), data.field())), frame, recipe.seed());
    }
    int border = (int) Math.round(read.size() * (1 - data.validationFraction()));
    return new MaskedText.Paired(
        kind, read.subList(0, border), read.subList(border, read.size()), frame, recipe.seed());
  }

  private RestoringTasks restoring(Optional<Path> checkpoint) {
    int length = recipe.model().context();
    return new RestoringTasks(
        models.translator(checkpoint, marks), tokenizer, training, heldOut, settings(length));
  }

  /** What the best model does: it writes, and one that carries a state reads the test. */
  Job.Ending end(Path model) {
    return switch (recipe.task()) {
      case TaskRecipe.NextToken _ ->
          new Job.Ending(
              recipe.model() instanceof ElmoRecipe ? "" : RunSample.write(recipe, model, tokenizer),
              recipe.model() instanceof TransformerRecipe || recipe.data().test().isEmpty()
                  ? List.of()
                  : test(model));
      case TaskRecipe.Spans _, TaskRecipe.Noise _ ->
          restoring(Optional.of(model)).sample(place, model);
      default -> Job.Ending.NOTHING;
    };
  }

  private List<Evaluation.Figure> test(Path model) {
    try (Shards test = TestShards.of(recipe.data(), tokenizer, place.folder())) {
      Task<?> best = nextToken(Optional.of(model));
      return Job.Ending.of(
              recipe,
              best.model(),
              device ->
                  switch (best) {
                    case CarriedText recurrent ->
                        recurrent.judge(test, 0, device, place.progress());
                    case BothWays elmo -> elmo.judge(test, 0, device, place.progress());
                    default -> throw new IllegalStateException("no test of " + best);
                  })
          .figures();
    }
  }
}

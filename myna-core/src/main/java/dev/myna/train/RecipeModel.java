package dev.myna.train;

import dev.myna.model.Choice;
import dev.myna.model.Elmo;
import dev.myna.model.ElmoClassifier;
import dev.myna.model.Families;
import dev.myna.model.Pretrained;
import dev.myna.model.SentenceEncoder;
import dev.myna.model.SequenceModel;
import dev.myna.model.SequenceSpec;
import dev.myna.model.Shape;
import dev.myna.model.Transformer;
import dev.myna.nn.Module;
import dev.myna.nn.SentenceLayers;
import dev.myna.spec.ModelSpec;
import dev.myna.task.Classifier;
import dev.myna.task.Embedder;
import dev.myna.task.SpanModel;
import dev.myna.task.Spelling;
import dev.myna.task.Tagger;
import dev.myna.task.Translator;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes the model that a recipe asks for, or takes it from the checkpoint to go on from. */
final class RecipeModel {
  private final Tokenizer tokenizer;
  private final Recipe recipe;
  private final List<String> notes = new ArrayList<>();

  RecipeModel(Job.Place place, Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    recipe = place.recipe();
  }

  /** What was found on the way that the user should know. */
  List<String> notes() {
    return notes;
  }

  /**
   * A Transformer.
   *
   * @param checkpoint to take it from as it is
   * @param head by the end of Hugging Face's class name; the family's own if empty
   * @param labels of the head, if it has any
   * @param chosen what the task chooses of a fresh one
   */
  Pretrained transformer(
      Optional<Path> checkpoint, Optional<String> head, int labels, UnaryOperator<Shape> chosen) {
    if (!(recipe.model() instanceof TransformerRecipe shape)) {
      throw unfit("a Transformer");
    }
    Pretrained made;
    if (checkpoint.isPresent()) {
      made = Pretrained.load(checkpoint.get());
    } else if (recipe.start().isPresent()) {
      Path from = recipe.start().get();
      requireMemory(() -> new Transformer(Families.spec(Pretrained.config(from))));
      Pretrained.Start start = Pretrained.start(from, head, labels, recipe.seed());
      note(start);
      made = start.model();
    } else {
      Shape plain = chosen.apply(shape.shape(tokenizer.vocabularySize())).with(Choice.HEAD, head);
      Shape wanted = labels > 0 ? plain.with(Choice.LABELS, labels) : plain;
      requireMemory(() -> new Transformer(Families.spec(Families.config(wanted))));
      made = Pretrained.create(wanted, recipe.seed());
    }
    int known = made.model().spec().vocabulary();
    if (known < tokenizer.vocabularySize()) {
      throw new TrainingException(
          "the model knows %d tokens and the tokenizer makes %d; begin anew with --overwrite"
              .formatted(known, tokenizer.vocabularySize()));
    }
    return made;
  }

  private void requireMemory(Supplier<? extends Module> making) {
    TrainingMemory.ofMachine().requireFor(making, recipe.train());
  }

  private SequenceModel fresh(SequenceSpec spec, List<String> labels) {
    requireMemory(spec::make);
    return SequenceModel.create(spec, labels, recipe.seed());
  }

  private void note(Pretrained.Start start) {
    notes.add("starting from %s".formatted(recipe.start().orElseThrow()));
    if (!start.fresh().isEmpty()) {
      notes.add("new weights: " + String.join(", ", start.fresh()));
    }
    if (!start.unused().isEmpty()) {
      notes.add("weights left out: " + String.join(", ", start.unused()));
    }
  }

  /** A classifier of texts. */
  Classifier classifier(Optional<Path> checkpoint, List<String> labels) {
    int padding = new Marks(tokenizer).padding();
    if (recipe.model() instanceof TransformerRecipe) {
      Pretrained made =
          transformer(
              checkpoint,
              Optional.of("ForSequenceClassification"),
              labels.size(),
              shape -> shape.with(Choice.PADDING, padding));
      if (checkpoint.isEmpty()) {
        made.name(labels);
      }
      return new Classifier.OfTransformer(made, padding);
    }
    if (checkpoint.isPresent()) {
      return Classifier.load(checkpoint.get(), tokenizer, padding);
    }
    return recipe.model() instanceof RecurrentRecipe shape && shape.elmo().isPresent()
        ? elmoClassifier(shape, labels)
        : scorer(labels.size(), labels, "a classifier");
  }

  /** A Transformer that says where answers begin and end. */
  SpanModel spans(Optional<Path> checkpoint) {
    int padding = new Marks(tokenizer).padding();
    Pretrained made =
        transformer(
            checkpoint,
            Optional.of("ForQuestionAnswering"),
            2,
            shape -> shape.with(Choice.PADDING, padding));
    return SpanModel.of(made, padding);
  }

  /** A tagger of words. */
  Tagger tagger(Optional<Path> checkpoint, List<String> labels) {
    int padding = new Marks(tokenizer).padding();
    return switch (recipe.model()) {
      case TransformerRecipe _ -> {
        Pretrained made =
            transformer(
                checkpoint,
                Optional.of(Tagger.HEAD),
                labels.size(),
                shape -> shape.with(Choice.PADDING, padding));
        if (checkpoint.isEmpty()) {
          made.name(labels);
        }
        yield new Tagger.OfTransformer(made, padding);
      }
      case RecurrentRecipe _ when checkpoint.isPresent() -> Tagger.load(checkpoint.get(), padding);
      case RecurrentRecipe shape -> {
        SequenceSpec spec = shape.tagger(tokenizer.vocabularySize(), labels.size());
        yield new Tagger.OfRecurrent(fresh(spec, labels, shape.vectors()));
      }
      case TextCnnRecipe _, AverageRecipe _, TranslatorRecipe _, ElmoRecipe _ ->
          throw unfit("a Transformer with a head for tokens, or lstm, gru or rnn");
    };
  }

  /** A model that makes vectors of texts. */
  Embedder embedder(Optional<Path> checkpoint, TaskRecipe.Similarity task) {
    String wanted = "an encoder, or textcnn, fnn, lstm, gru or rnn";
    if (recipe.model() instanceof TransformerRecipe) {
      int padding = new Marks(tokenizer).padding();
      Pretrained made =
          transformer(
              checkpoint, Optional.of("Model"), 0, shape -> shape.with(Choice.PADDING, padding));
      if (!(made.model().spec() instanceof ModelSpec.Encoder)) {
        throw unfit(wanted);
      }
      return Embedder.OfTransformer.of(
          made, layers(checkpoint, task, made.model().spec().width()), padding);
    }
    if (task.convolution().layer().isPresent() || task.dense().layer().isPresent()) {
      throw new RecipeException(
          "task.convolution and task.dense stand behind a Transformer, but model.family is %s: leave them out"
              .formatted(recipe.model().family()));
    }
    return new Embedder.OfScores(
        checkpoint
            .map(SequenceModel::load)
            .map(Classifier.OfSequence::new)
            .orElseGet(() -> scorer(task.dimensions(), List.of(), wanted)));
  }

  /** What stands behind an encoder: that of the checkpoint, of the start, or fresh. */
  private SentenceLayers layers(Optional<Path> checkpoint, TaskRecipe.Similarity task, int width) {
    Optional<Path> from = checkpoint.or(recipe::start).filter(Embedder::hasLayers);
    if (from.isPresent() && (checkpoint.isPresent() || task.leavesLayers())) {
      SentenceLayers stored = Embedder.layers(from.get(), width);
      if (checkpoint.isEmpty()) {
        notes.add("behind the encoder as there: " + stored.spec().layers());
      }
      return stored;
    }
    from.ifPresent(folder -> notes.add("left out: what stands behind the encoder there"));
    return SentenceEncoder.fresh(task.layers(), width, recipe.seed());
  }

  /** A fresh model that is no Transformer and says so many numbers of a text. */
  private Classifier.OfSequence scorer(int outputs, List<String> labels, String wanted) {
    int vocabulary = tokenizer.vocabularySize();
    return switch (recipe.model()) {
      case RecurrentRecipe shape when shape.elmo().isEmpty() ->
          sequence(shape.classifier(vocabulary, outputs), labels, shape.vectors());
      case TextCnnRecipe shape ->
          sequence(shape.classifier(vocabulary, outputs), labels, shape.vectors());
      case AverageRecipe shape ->
          sequence(shape.classifier(vocabulary, outputs), labels, shape.vectors());
      case RecurrentRecipe _, TransformerRecipe _, TranslatorRecipe _, ElmoRecipe _ ->
          throw unfit(wanted);
    };
  }

  /**
   * A recurrent model that says tokens.
   *
   * @param between ends a text and begins the next
   */
  SequenceModel recurrent(RecurrentRecipe shape, Optional<Path> checkpoint, OptionalInt between) {
    if (checkpoint.isPresent()) {
      return SequenceModel.load(checkpoint.get());
    }
    SequenceModel fresh = fresh(shape.language(tokenizer.vocabularySize()), List.of());
    return between.isEmpty()
        ? fresh
        : fresh.withTokens(
            Map.of("bos_token_id", between.getAsInt(), "eos_token_id", between.getAsInt()));
  }

  /** An ELMo that says words. */
  SequenceModel elmo(ElmoRecipe shape, Optional<Path> checkpoint) {
    return checkpoint
        .map(SequenceModel::load)
        .orElseGet(() -> fresh(shape.spec(tokenizer.vocabularySize()), List.of()));
  }

  /** A recurrent classifier beside whose embeddings an ELMo stands. */
  private Classifier elmoClassifier(RecurrentRecipe shape, List<String> labels) {
    Path folder =
        Checkpoints.named(
            "model.elmo",
            shape.elmo().orElseThrow(),
            "train an ELMo first, as myna train recipes/elmo-wikitext-2.yaml does");
    if (!(SequenceModel.load(folder).model() instanceof Elmo trained)) {
      throw new RecipeException(
          "model.elmo wants the folder of an ELMo, but %s holds another model".formatted(folder));
    }
    ElmoClassifier.Spec spec =
        new ElmoClassifier.Spec(
            trained.spec().silent(), shape.classifier(tokenizer.vocabularySize(), labels.size()));
    SequenceModel fresh = fresh(spec, labels);
    ((ElmoClassifier) fresh.model()).take(trained);
    trained.free();
    notes.add("the ELMo of %s stands beside the embeddings".formatted(folder));
    shape
        .vectors()
        .ifPresent(file -> notes.add(StartVectors.fill(fresh.model(), Path.of(file), tokenizer)));
    return new Classifier.OfElmo(fresh, new Spelling(tokenizer, spec.language().characters()));
  }

  /** A model that reads a text and says another. */
  Translator translator(Optional<Path> checkpoint, Marks marks) {
    return switch (recipe.model()) {
      case TransformerRecipe _ -> {
        Pretrained made =
            transformer(
                checkpoint,
                Optional.empty(),
                0,
                shape ->
                    shape.with(Choice.PADDING, marks.needPadding()).with(Choice.END, marks.end()));
        if (!(made.model().spec() instanceof ModelSpec.EncoderDecoder)) {
          throw unfit("an encoder-decoder (t5, bart, marian, transformer)");
        }
        yield new Translator.OfTransformer(made);
      }
      case TranslatorRecipe shape ->
          new Translator.OfRecurrent(
              checkpoint
                  .map(SequenceModel::load)
                  .orElseGet(
                      () ->
                          fresh(shape.spec(tokenizer.vocabularySize()), List.of())
                              .withTokens(
                                  Map.of(
                                      "eos_token_id",
                                      marks.end(),
                                      "pad_token_id",
                                      marks.needPadding()))),
              shape.teaching(recipe.train().steps()));
      case RecurrentRecipe _, TextCnnRecipe _, AverageRecipe _, ElmoRecipe _ ->
          throw unfit("an encoder-decoder");
    };
  }

  private Classifier.OfSequence sequence(
      SequenceSpec spec, List<String> labels, Optional<String> vectors) {
    return new Classifier.OfSequence(fresh(spec, labels, vectors));
  }

  private SequenceModel fresh(SequenceSpec spec, List<String> labels, Optional<String> vectors) {
    SequenceModel fresh = fresh(spec, labels);
    vectors.ifPresent(
        file -> notes.add(StartVectors.fill(fresh.model(), Path.of(file), tokenizer)));
    return fresh;
  }

  /** What to say where a model cannot do what the task asks. */
  RecipeException unfit(String wanted) {
    return new RecipeException(
        recipe
            .start()
            .map(from -> "the task wants %s; %s (model.from) is none".formatted(wanted, from))
            .orElseGet(
                () ->
                    "the task wants %s, but model.family is %s"
                        .formatted(wanted, recipe.model().family())));
  }
}

package dev.myna.train;

import dev.myna.task.AnswerWindow;
import dev.myna.task.AnswerWindow.Target;
import dev.myna.task.Answering;
import dev.myna.task.Answering.Asked;
import dev.myna.task.Answering.Taught;
import dev.myna.task.Reading;
import dev.myna.task.SpanModel;
import dev.myna.text.Tokenizer;
import dev.myna.text.answers.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model learns to answer questions by spans of passages and is tested on others. */
final class AnswersJob implements Job {
  private static final byte[] NO_KINDS = {};

  private final Place place;
  private final TaskRecipe.Answers wanted;
  private final Reading.Cut cut;
  private final Tokenizer tokenizer;
  private final RecipeModel models;
  private final List<Question> test;
  private final Answering task;

  AnswersJob(Place place, TaskRecipe.Answers wanted) {
    this.place = place;
    this.wanted = wanted;
    Recipe recipe = place.recipe();
    cut = wanted.cut(recipe.model().context());
    QuestionData data = QuestionData.read(recipe, wanted);
    test = data.test();
    tokenizer =
        framed(new RecipeTokenizer(recipe, place.progress()).of(place, data.texts()), place);
    models = new RecipeModel(place, tokenizer);
    task = task(place.checkpoint(), data.training(), data.heldOut());
  }

  /** A tokenizer that was learned may put nothing between two texts: then it is taught to. */
  private static Tokenizer framed(Tokenizer tokenizer, Place place) {
    Tokenizer framed = new Marks(tokenizer).framing();
    if (framed != tokenizer && place.checkpoint().isEmpty()) {
      framed.save(place.folder().resolve("tokenizer"));
    }
    return framed;
  }

  private Answering task(
      Optional<Path> checkpoint, List<Question> training, List<Question> heldOut) {
    Recipe recipe = place.recipe();
    SpanModel model = models.spans(checkpoint);
    if (cut.length() > model.context()) {
      throw new RecipeException(
          "model.context is %d, but the model reads at most %d tokens; lower it"
              .formatted(cut.length(), model.context()));
    }
    return new Answering(
        model,
        training.parallelStream().flatMap(question -> taught(question, model)).toList(),
        asked(heldOut),
        recipe.train().settings(cut.length(), recipe.seed()),
        wanted.rule());
  }

  private Reading reading(Question question) {
    return Reading.of(tokenizer, question.text(), question.passage(), cut);
  }

  /** A question is taught by its first answer, and judged by all of them. */
  private static List<Target> targets(Reading reading, Question question) {
    return question.answers().stream()
        .findFirst()
        .map(answer -> reading.targets(answer.start(), answer.end()))
        .orElseGet(reading::noTargets);
  }

  private Stream<Taught> taught(Question question, SpanModel model) {
    Reading reading = reading(question);
    List<Target> targets = targets(reading, question);
    return IntStream.range(0, targets.size())
        .mapToObj(
            i -> {
              AnswerWindow window = reading.windows().get(i);
              byte[] kinds = model.knowsKinds() ? window.kinds() : NO_KINDS;
              return new Taught(window.ids(), kinds, targets.get(i));
            });
  }

  private List<Asked> asked(List<Question> questions) {
    return questions.parallelStream()
        .map(
            question -> {
              Reading reading = reading(question);
              return new Asked(reading, targets(reading, question), question.right());
            })
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
    SpanModel best = models.spans(Optional.of(model));
    List<Asked> asked = asked(test);
    return Ending.of(
        place.recipe(),
        best.pretrained().model(),
        device -> task.with(best).judge(asked, device, place.progress()));
  }

  @Override
  public void close() {}
}

package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.task.BestSpans;
import dev.myna.task.Reading;
import dev.myna.task.SpanModel;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.text.Tokenizer;
import dev.myna.text.answers.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model that a folder holds, ready to answer questions by spans of a text: one that a recipe
 * trained, which reads texts in the windows that it was trained with, or one of Hugging Face's
 * ({@code …ForQuestionAnswering}).
 */
public final class TrainedAnswerer implements AutoCloseable {
  private static final int ROWS = 32;
  private static final int QUESTIONS = 256;

  private final SpanModel model;
  private final Tokenizer tokenizer;
  private final Reading.Cut cut;
  private final BestSpans.Rule rule;
  private final Device device;

  private TrainedAnswerer(
      SpanModel model, Tokenizer tokenizer, Reading.Cut cut, BestSpans.Rule rule, Device device) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.cut = cut;
    this.rule = rule;
    this.device = device;
  }

  /**
   * Loads the best model of a run, or a Hugging Face folder.
   *
   * @throws MynaException if it holds no model that answers questions
   */
  public static TrainedAnswerer load(Path run, Device device) {
    Path folder = Checkpoints.model(run);
    Tokenizer tokenizer = Tokenizer.load(folder);
    SpanModel model = SpanModel.load(folder, new Marks(tokenizer).padding());
    model.pretrained().model().moveTo(device);
    model.pretrained().model().training(false);
    Optional<Recipe> recipe = Checkpoints.recipe(folder);
    Reading.Cut usual = Reading.Cut.usual(model.context());
    return recipe.isPresent() && recipe.get().task() instanceof TaskRecipe.Answers task
        ? new TrainedAnswerer(
            model, tokenizer, task.cut(recipe.get().model().context()), task.rule(), device)
        : new TrainedAnswerer(model, tokenizer, usual, BestSpans.Rule.USUAL, device);
  }

  /** Which spans it takes for answers. */
  public BestSpans.Rule rule() {
    return rule;
  }

  /** The same model with another rule of what answers. */
  public TrainedAnswerer with(BestSpans.Rule other) {
    return new TrainedAnswerer(model, tokenizer, cut, other, device);
  }

  /**
   * The best spans of a passage that may answer a question; places are those of UTF-16 units.
   *
   * @param passage of any length
   */
  public BestSpans.Found answer(String question, String passage, Progress progress) {
    return answers(List.of(new Question("1", question, passage, List.of(), false)), progress)
        .getFirst();
  }

  /** The same for many questions, in their order. */
  public List<BestSpans.Found> answers(List<Question> questions, Progress progress) {
    List<BestSpans.Found> found = new ArrayList<>();
    boolean few = questions.size() <= QUESTIONS;
    Progress named = (what, done, total) -> progress.at("answering", done, total);
    for (int from = 0; from < questions.size(); from += QUESTIONS) {
      int to = Math.min(from + QUESTIONS, questions.size());
      found.addAll(some(questions.subList(from, to), few ? named : Progress.NONE));
      if (!few) {
        progress.at("answering", to, questions.size());
      }
    }
    return found;
  }

  private List<BestSpans.Found> some(List<Question> questions, Progress progress) {
    List<Reading> readings =
        questions.parallelStream()
            .map(each -> Reading.of(tokenizer, each.text(), each.passage(), cut))
            .toList();
    try (Gradients off = Gradients.off()) {
      return model.find(readings, rule, ROWS, device, progress, SpanModel.Said.NOTHING);
    }
  }

  @Override
  public void close() {
    model.pretrained().model().free();
  }
}

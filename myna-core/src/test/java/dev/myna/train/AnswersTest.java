package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.task.BestSpans.Found;
import dev.myna.task.BestSpans.Rule;
import dev.myna.task.TaskException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.text.Tokenizer;
import dev.myna.text.answers.Question;
import dev.myna.text.answers.QuestionReader;
import dev.myna.text.metrics.Answers;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From questions in a file to a model that answers others. */
class AnswersTest {
  @TempDir Path folder;
  private SmallRecipes recipes;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    recipes = new SmallRecipes(folder);
  }

  private Recipe recipe(String... overrides) {
    return Recipe.parse(
        "test", "name: test\n" + recipes.sections("bert-answers"), List.of(overrides));
  }

  private static QuestionData data(Recipe recipe) {
    return QuestionData.read(recipe, (TaskRecipe.Answers) recipe.task());
  }

  @Test
  void noPassageIsBothLearnedFromAndJudgedBy() {
    QuestionData data = data(recipe());

    assertThat(data.training()).hasSize(3 * 8);
    assertThat(data.heldOut()).hasSize(3 * 4); // 0.3 of 12 passages
    assertThat(data.training())
        .extracting(Question::passage)
        .doesNotContainAnyElementsOf(data.heldOut().stream().map(Question::passage).toList());
    assertThat(data(recipe()).heldOut()).isEqualTo(data.heldOut());
    assertThat(data(recipe("seed=2")).heldOut()).isNotEqualTo(data.heldOut());
    Recipe named = recipe("data.validation=[%s]".formatted(folder.resolve("squad.json")));
    assertThat(data(named).training()).hasSize(36);
    assertThat(data(named).heldOut()).hasSize(36);
  }

  @Test
  void questionsThatCannotBeLearnedAreNamed() throws IOException {
    Recipe answered = recipe("task.unanswerable=false", "task.threshold=0");
    assertThatThrownBy(() -> data(answered))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("squad.json, question 0-c has no answer")
        .hasMessageContaining("task.unanswerable");

    Path open = folder.resolve("open.jsonl");
    Files.writeString(open, "{\"id\": \"n\", \"question\": \"Who?\", \"context\": \"A dog.\"}\n");
    assertThatThrownBy(() -> data(recipe("data.train=[%s]".formatted(open))))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("open.jsonl, question n: its answers were wanted, found none");

    Files.writeString(
        open, "{\"question\": \"Who?\", \"context\": \"A dog.\", \"answers\": []}\n".repeat(3));
    assertThatThrownBy(() -> data(recipe("data.train=[%s]".formatted(open))))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("about other passages, to be judged by; found 0 and 3");
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> recipe("task.unanswerable=false"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("set unanswerable: true");
    assertThatThrownBy(() -> recipe("train.label_smoothing=0.1"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("task.kind answers chooses among places");
    Recipe shared = recipe("task.stride=11", "out=" + folder.resolve("refused"));
    assertThatThrownBy(
            () ->
                new RecipeRun(
                        shared, Progress.NONE, SmallRecipes.noting(new ArrayList<>()), () -> true)
                    .run(Start.FRESH))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("at most a third of them, found 11 (task.stride)");
    Recipe other = recipe("model.family=gemma", "out=" + folder.resolve("refused"));
    assertThatThrownBy(
            () ->
                new RecipeRun(
                        other, Progress.NONE, SmallRecipes.noting(new ArrayList<>()), () -> true)
                    .run(Start.FRESH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gemma has no head ForQuestionAnswering");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-answers", "bart-answers"})
  void aTrainedModelFindsWhatItFoundInItsTest(String kind) {
    Outcome outcome = recipes.run(kind, "used");
    List<Question> questions = QuestionReader.read(folder.resolve("squad.json"));

    assertThat(outcome.figures())
        .extracting(figure -> figure.name())
        .containsExactly(
            "test_f1",
            "test_exact_match",
            "test_answerable_f1",
            "test_unanswerable_f1",
            "test_loss");
    try (TrainedAnswerer answerer = TrainedAnswerer.load(outcome.folder(), Device.CPU)) {
      List<Found> found = answerer.answers(questions, Progress.NONE);
      double f1 = 0;
      for (int i = 0; i < found.size(); i++) {
        Question question = questions.get(i);
        String text = found.get(i).text(question.passage());
        f1 += 100 * Answers.f1(text, question.right()) / found.size();
        assertThat(
                answerer
                    .answer(question.text(), question.passage(), Progress.NONE)
                    .text(question.passage()))
            .isEqualTo(text);
      }
      assertThat(f1).isCloseTo(outcome.figures().getFirst().value(), within(1e-9));
      assertThat(answerer.rule().nothing()).isTrue();

      Found always =
          answerer
              .with(new Rule(5, false, 0))
              .answer("Who sang ?", questions.getFirst().passage(), Progress.NONE);
      assertThat(always.answered()).isTrue();
    }
  }

  @Test
  void aTokenizerThatPutsNothingBetweenTextsLearnsTo() {
    Tokenizer saved = Tokenizer.load(recipes.run("bart-answers", "framed").model());

    assertThat(saved.encode("Who", "Bird", true).tokens())
        .startsWith("<s>")
        .containsSubsequence("</s>", "</s>")
        .endsWith("</s>");
    assertThat(Tokenizer.load(folder.resolve("framed/tokenizer")).fingerprint())
        .isEqualTo(saved.fingerprint());
  }

  @Test
  @Tag("slow")
  void oneBatchIsLearnedByHeart() {
    String yaml =
        "name: heart\n"
            + recipes.sections("bert-answers").replace("context: 32", "context: 64, dropout: 0")
            + "train: {steps: 300, batch: 36, rate: 5e-3, evaluate_every: 300, precision: float32,"
            + " device: cpu, threads: 1}\n"
            + "out: \"%s\"\n".formatted(folder.resolve("heart"));
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            losses.add(step.loss());
          }
        };
    Recipe recipe =
        Recipe.parse(
            "heart", yaml, List.of("data.validation=[%s]".formatted(folder.resolve("squad.json"))));
    Outcome outcome = new RecipeRun(recipe, Progress.NONE, listener, () -> false).run(Start.FRESH);

    assertThat(losses.getLast()).isLessThan(0.05);
    assertThat(outcome.figures().getFirst().value()).isGreaterThan(95);
    try (TrainedAnswerer answerer = TrainedAnswerer.load(outcome.folder(), Device.CPU)) {
      String passage = "Bird 3 🐦 sat on the tree and sang . Then the dog 3 of Bali ran .";
      Found found = answerer.answer("Who ran ?", passage, Progress.NONE);

      assertThat(found.text(passage)).isEqualTo("dog 3");
      assertThat(found.spans().getFirst().start()).isEqualTo(passage.indexOf("dog 3"));
    }
  }
}

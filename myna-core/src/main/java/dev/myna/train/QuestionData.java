package dev.myna.train;

import dev.myna.text.answers.Question;
import dev.myna.text.answers.QuestionReader;
import dev.myna.text.classify.Folds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The questions of a recipe. */
record QuestionData(List<Question> training, List<Question> heldOut, List<Question> test) {
  /** Held-out questions are those of files of their own, or else of some passages at random. */
  static QuestionData read(Recipe recipe, TaskRecipe.Answers wanted) {
    DataConfig data = recipe.data();
    List<Question> all = questions(data.train(), wanted);
    List<Question> judged = questions(data.validation(), wanted);
    List<Question> test = questions(data.test(), wanted);
    Set<String> apart =
        judged.isEmpty() ? apart(all, data.validationFraction(), recipe.seed()) : Set.of();
    Predicate<Question> held = question -> apart.contains(question.passage());
    List<Question> training = all.stream().filter(held.negate()).toList();
    List<Question> heldOut = judged.isEmpty() ? all.stream().filter(held).toList() : judged;
    if (training.isEmpty() || heldOut.isEmpty()) {
      throw new RecipeException(
          "answers wants questions to learn from and others, about other passages, to be judged by; found %d and %d"
              .formatted(training.size(), heldOut.size()));
    }
    return new QuestionData(training, heldOut, test);
  }

  private static List<Question> questions(List<String> files, TaskRecipe.Answers wanted) {
    List<Question> all = new ArrayList<>();
    for (String file : files) {
      for (Question question : QuestionReader.read(Path.of(file))) {
        require(question, file, wanted);
        all.add(question);
      }
    }
    return all;
  }

  private static void require(Question question, String file, TaskRecipe.Answers wanted) {
    if (!question.known()) {
      throw new RecipeException(
          "%s, question %s: its answers were wanted, found none; say is_impossible: true where there are none"
              .formatted(file, question.id()));
    }
    if (question.answers().isEmpty() && !wanted.unanswerable()) {
      throw new RecipeException(
          "%s, question %s has no answer: set task.unanswerable to true, as for SQuAD 2.0, or leave such questions out"
              .formatted(file, question.id()));
    }
  }

  /** The passages that no question to learn from is about. */
  private static Set<String> apart(List<Question> all, double share, long seed) {
    List<String> passages = all.stream().map(Question::passage).distinct().toList();
    int[] order = Folds.shuffled(passages.size(), seed);
    int held = (int) Math.max(1, Math.round(passages.size() * share));
    return new HashSet<>(IntStream.range(0, held).mapToObj(i -> passages.get(order[i])).toList());
  }

  /** What there is to learn a tokenizer from. */
  List<String> texts() {
    return Stream.concat(
            training.stream().map(Question::passage).distinct(),
            training.stream().map(Question::text))
        .toList();
  }
}

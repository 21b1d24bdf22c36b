package dev.myna.text.answers;

import dev.myna.text.metrics.Answers;
import java.util.List;

/**
 * A question about a passage.
 *
 * @param id its name, by which predictions are told apart
 * @param answers as several people gave them; empty where the passage holds none
 * @param known whether its answers are known, even if there are none
 */
public record Question(
    String id, String text, String passage, List<Answer> answers, boolean known) {
  public Question {
    answers = List.copyOf(answers);
  }

  /**
   * The texts that a prediction is compared with, as SQuAD 2.0's script takes them: those of which
   * something is left without articles and punctuation, or else the empty text.
   */
  public List<String> right() {
    List<String> texts =
        answers.stream()
            .map(Answer::text)
            .filter(text -> !Answers.normalized(text).isEmpty())
            .toList();
    return texts.isEmpty() ? List.of("") : texts;
  }
}

package dev.myna.text.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of questions, whole and damaged. */
class QuestionReaderTest {
  /** Before the answer stands a bird of two UTF-16 units, which Python counts as one character. */
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Mynas", "paragraphs": [
        {"qas": [
          {"id": "a", "question": "  Where do mynas live?", "is_impossible": false,
           "answers": [{"text": "in Java", "answer_start": 13}, {"text": "Java", "answer_start": 16}]},
          {"id": "b", "question": "Who eats them?", "is_impossible": true,
           "plausible_answers": [{"text": "Java", "answer_start": 16}], "answers": []}],
         "context": "Mynas 🐦 live in Java."},
        {"context": "Two.", "qas": [{"id": "c", "question": "How many?"}]}]}]}
      """;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void squadIsReadInItsOrderAndPlacesCountCodePoints() throws IOException {
    List<Question> questions = QuestionReader.read(file("squad.json", SQUAD));

    assertThat(questions).extracting(Question::id).containsExactly("a", "b", "c");
    Question first = questions.getFirst();
    assertThat(first.text()).isEqualTo("Where do mynas live?");
    assertThat(first.answers()).containsExactly(new Answer("in Java", 14), new Answer("Java", 17));
    assertThat(first.passage().substring(14, first.answers().getFirst().end()))
        .isEqualTo("in Java");
    assertThat(questions).extracting(Question::known).containsExactly(true, true, false);
    assertThat(questions.get(1).answers()).isEmpty();
    assertThat(questions.get(1).right()).containsExactly("");
    assertThat(questions.get(1).passage()).isSameAs(first.passage());
  }

  @Test
  void anAnswerOfArticlesAloneIsNotComparedWith() {
    Question question =
        new Question("1", "?", "The A", List.of(new Answer("The", 0), new Answer("A", 4)), true);

    assertThat(question.right()).containsExactly("");
  }

  @Test
  void linesHoldAnswersAsColumnsOrAsAList() throws IOException {
    String lines =
        """
        {"id": "a", "question": "What?", "context": "𝒜 b c", "answers": {"text": ["b"], "answer_start": [2]}}

        {"question": "What?", "context": "𝒜 b c", "answers": [{"text": "c", "answer_start": 4}]}
        {"id": 7, "question": "What?", "context": "𝒜 b c", "answers": {"text": [], "answer_start": []}}
        """;
    Path packed = folder.resolve("lines.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    for (Path file : List.of(packed, file("lines.ndjson", lines))) {
      List<Question> questions = QuestionReader.read(file);
      assertThat(questions).extracting(Question::id).containsExactly("a", "2", "7");
      assertThat(questions.get(0).answers()).containsExactly(new Answer("b", 3));
      assertThat(questions.get(1).answers()).containsExactly(new Answer("c", 5));
      assertThat(questions.get(2).answers()).isEmpty();
      assertThat(questions.get(2).known()).isTrue();
    }
  }

  @Test
  void flatExamplesMayStandInAList() throws IOException {
    String flat = "[{\"question\": \"q\", \"context\": \"c\", \"answers\": []}]";

    assertThat(QuestionReader.read(file("flat.json", flat))).hasSize(1);
    assertThat(QuestionReader.read(file("data.json", "{\"data\": %s}".formatted(flat)))).hasSize(1);
  }

  @Test
  void whatIsWrongIsNamedWithItsFileAndQuestion() throws IOException {
    String one =
        "{\"id\": \"x7\", \"question\": \"q\", \"context\": \"a 🐦 bird\", \"answers\": %s}";
    Map<String, String> wrong =
        Map.of(
            one.formatted("[{\"text\": \"bird\", \"answer_start\": 5}]"),
            "question x7: the answer \"bird\" should stand at answer_start 5, but found \"ird\"",
            one.formatted("[{\"text\": \"bird\", \"answer_start\": 9}]"),
            "question x7: the answer \"bird\" should stand at answer_start 9, but the context has"
                + " 8",
            one.formatted("[{\"text\": \"bird\", \"answer_start\": -1}]"),
            "question x7",
            one.formatted("[{\"text\": \" \", \"answer_start\": 1}]"),
            "question x7: an answer was wanted as a text and answer_start",
            one.formatted("{\"text\": [\"a\"], \"answer_start\": []}"),
            "question x7: answers were wanted as lists text and answer_start of one length",
            one.formatted("7"),
            "question x7: answers were wanted as a list",
            one.formatted("[{\"text\": \"a\", \"answer_start\": 0}], \"is_impossible\": true"),
            "question x7: is_impossible says that there is no answer, but \"a\" is given",
            "{\"id\": \"x7\", \"question\": \"q\"}",
            "line 1: a text named context was wanted, found none",
            "{\"id\": \"x7\", \"context\": \"q\", \"question\": 3}",
            "question x7: a text named question was wanted, found 3",
            "{\"id\": ",
            "line 1: a JSON object was wanted");
    for (var line : wrong.entrySet()) {
      Path file = file("wrong.jsonl", line.getKey() + "\n");
      assertThatThrownBy(() -> QuestionReader.read(file))
          .isInstanceOf(QuestionException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(line.getValue());
    }
  }

  @Test
  void filesOfSomethingElseAreRefused() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "{\"data\": [{\"paragraphs\": [{\"context\"", "is no JSON of questions",
            "plain text", "is no JSON of questions",
            "{\"rows\": [1, {\"a\": []}], \"data\": []}", "questions were wanted",
            "\"data\"", "questions were wanted",
            "", "questions were wanted");
    for (var content : wrong.entrySet()) {
      Path file = file("wrong.json", content.getKey());
      assertThatThrownBy(() -> QuestionReader.read(file))
          .isInstanceOf(QuestionException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(content.getValue());
    }
    assertThatThrownBy(() -> QuestionReader.read(folder.resolve("missing.json")))
        .isInstanceOf(QuestionException.class)
        .hasMessageContaining("missing.json cannot be read");
    Path noGzip = file("plain.json.gz", SQUAD);
    assertThatThrownBy(() -> QuestionReader.read(noGzip))
        .isInstanceOf(QuestionException.class)
        .hasMessageContaining("plain.json.gz");
  }
}

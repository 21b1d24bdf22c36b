package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.WholeFile;
import dev.myna.task.BestSpans;
import dev.myna.task.BestSpans.Found;
import dev.myna.task.BestSpans.Span;
import dev.myna.text.answers.Question;
import dev.myna.text.answers.QuestionReader;
import dev.myna.text.metrics.Answers;
import dev.myna.train.TrainedAnswerer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Answers questions by spans of a text. */
@Command(
    name = "answer",
    footer = {
      "  myna answer runs/bert-base-squad --question \"Where do mynas live?\" --file birds.txt",
      "  myna answer runs/bert-base-squad --squad dev-v1.1.json --out predictions.json"
    })
final class Answer extends Work {
  /** Characters that are shown on each side of an answer. */
  private static final int AROUND = 60;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run with task.kind: answers, of which the best model is taken, or a"
              + " Hugging Face folder that answers questions by spans.")
  Path model = Path.of("");

  @Option(names = "--question", paramLabel = "TEXT", description = "What is asked.")
  @Nullable String question;

  @Option(names = "--passage", paramLabel = "TEXT", description = "The text that answers it.")
  @Nullable String passage;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file with the text that answers it, of any length.")
  @Nullable Path file;

  @Option(
      names = "--squad",
      paramLabel = "FILE",
      description =
          "Answer the questions of a file: JSON as SQuAD has it, or .jsonl with question, context"
              + " and answers.")
  @Nullable Path squad;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With --squad: write the answers as JSON by the ids of their questions.")
  @Nullable Path out;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description = "Answers to show, 20 at most: ${DEFAULT-VALUE} if left out.")
  int top = 1;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Say that there is no answer where the score of that is higher than the best answer's by"
              + " more than this; as the model was trained if left out.")
  @Nullable Double threshold;

  @Mixin DeviceOption where = new DeviceOption();

  @Override
  int run(Output to, Figures figures) throws IOException {
    check();
    try (TrainedAnswerer trained =
        TrainedAnswerer.load(LoadedModel.folder(model), where.device())) {
      BestSpans.Rule rule = trained.rule();
      TrainedAnswerer answerer =
          threshold == null
              ? trained
              : trained.with(new BestSpans.Rule(rule.longest(), true, threshold));
      if (squad != null) {
        all(answerer, squad, to, figures);
      } else {
        one(answerer, question == null ? "" : question, text(), to, figures);
      }
    }
    return Myna.DONE;
  }

  private void check() {
    boolean asked = question != null || passage != null || file != null;
    if (squad != null ? asked : question == null || (passage == null) == (file == null)) {
      throw new MynaException(
          "--question was wanted with one of --passage and --file, or --squad alone; give one of"
              + " the three");
    }
    if (squad != null && top != 1) {
      throw new MynaException("--top is for one question; --squad takes the best answer of each");
    }
    if (squad == null && out != null) {
      throw new MynaException("--out is for the answers of --squad; --report writes these ones");
    }
    if (question != null && question.isBlank()) {
      throw new MynaException("a question was wanted, found a blank one");
    }
    if (top < 1 || top > 20) {
      throw new MynaException("--top must be from 1 to 20, found " + top);
    }
    if (threshold != null && !Double.isFinite(threshold)) {
      throw new MynaException("--threshold must be a number, found " + threshold);
    }
  }

  private String text() throws IOException {
    String text = file == null ? passage : TextLines.whole(file);
    if (text == null || text.isBlank()) {
      throw new MynaException("a text that answers the question was wanted, found a blank one");
    }
    return text;
  }

  private void one(
      TrainedAnswerer answerer, String asked, String text, Output to, Figures figures) {
    Found found = answerer.answer(asked, text, to.progress());
    List<Span> spans = found.spans().stream().limit(top).toList();
    if (found.answered()) {
      to.line(surroundings(text, spans.getFirst()));
    } else {
      to.line("no answer");
    }
    if (top > 1) {
      to.table(
          List.of("probability", "characters", "answer"),
          spans.stream()
              .map(
                  span ->
                      List.of(
                          String.format(Locale.ROOT, "%.4f", span.probability()),
                          count(text, span.start()) + " to " + count(text, span.end()),
                          oneLine(span.text(text))))
              .toList());
    }
    figures.put("question", asked);
    figures.put("answer", found.text(text));
    if (found.nothing().isPresent()) {
      figures.put("no_answer_probability", found.nothing().getAsDouble());
    }
    List<Map<String, Object>> list = new ArrayList<>();
    for (Span span : spans) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("text", span.text(text));
      each.put("start", count(text, span.start()));
      each.put("end", count(text, span.end()));
      each.put("probability", span.probability());
      list.add(each);
    }
    figures.put("answers", list);
  }

  /** Characters before a place, counted as code points: as SQuAD and Python do. */
  private static int count(String text, int place) {
    return text.codePointCount(0, place);
  }

  /** The answer between brackets, with the words around it. */
  private static String surroundings(String text, Span span) {
    int from = Math.max(0, span.start() - AROUND);
    int to = Math.min(text.length(), span.end() + AROUND);
    int first = from;
    while (from > 0 && first < span.start() && !Character.isWhitespace(text.charAt(first - 1))) {
      first++;
    }
    int last = to;
    while (to < text.length() && last > span.end() && !Character.isWhitespace(text.charAt(last))) {
      last--;
    }
    // Without a space within reach, at any character.
    from = first < span.start() || from == span.start() ? first : whole(text, from);
    to = last > span.end() || to == span.end() ? last : whole(text, to);
    return oneLine(
        (from > 0 ? "… " : "")
            + text.substring(from, span.start())
            + "["
            + span.text(text)
            + "]"
            + text.substring(span.end(), to)
            + (to < text.length() ? " …" : ""));
  }

  /** The place before a character that it would cut. */
  private static int whole(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private void all(TrainedAnswerer answerer, Path questionFile, Output to, Figures figures) {
    List<Question> questions = QuestionReader.read(questionFile);
    Set<String> ids = new HashSet<>();
    questions.stream()
        .map(Question::id)
        .filter(id -> !ids.add(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new MynaException(
                  "ids tell answers apart, but %s has two questions %s; number them anew"
                      .formatted(questionFile, id));
            });
    List<Found> found = answerer.answers(questions, to.progress());
    Map<String, String> said = new LinkedHashMap<>();
    double exact = 0;
    double f1 = 0;
    int judged = 0;
    for (int i = 0; i < questions.size(); i++) {
      Question each = questions.get(i);
      String text = found.get(i).text(each.passage());
      said.put(each.id(), text);
      if (each.known()) {
        judged++;
        exact += Answers.exactMatch(text, each.right()) ? 100 : 0;
        f1 += 100 * Answers.f1(text, each.right());
      }
    }
    if (out != null) {
      WholeFile.text(out, JsonMapper.shared().writeValueAsString(said) + "\n");
      to.note("answers of %,d questions: %s".formatted(said.size(), out));
    }
    figures.put("questions", questions.size());
    figures.put("judged", judged);
    if (judged > 0) {
      figures.put("exact_match", exact / judged);
      figures.put("f1", f1 / judged);
      to.line("exact match %.2f", exact / judged);
      to.line("F1          %.2f", f1 / judged);
    }
    to.line("of %,d questions", judged);
  }
}

package dev.myna.text.answers;

import dev.myna.JsonReason;
import dev.myna.text.features.Documents;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads questions from a file, packed with gzip when its name ends in {@code .gz}.
 *
 * <ul>
 *   <li>JSON of SQuAD 1.1 and 2.0 (Rajpurkar et al., 2016 and 2018): {@code data} with {@code
 *       paragraphs} of a {@code context} and its {@code qas};
 *   <li>JSON whose {@code data}, or which itself, is a list of flat examples;
 *   <li>{@code .jsonl}: a flat example a line, with {@code question}, {@code context} and {@code
 *       answers}, either a list or columns of {@code text} and {@code answer_start}, as in Hugging
 *       Face's datasets.
 * </ul>
 *
 * <p>{@code answer_start} counts code points, as Python does. One article is held as JSON at a
 * time, and a passage once for all its questions.
 */
public final class QuestionReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final List<Question> questions = new ArrayList<>();
  private final Map<String, String> passages = new HashMap<>();
  private String place = "";

  private QuestionReader(Path file) {
    this.file = file;
  }

  /**
   * The questions of a file, in their order.
   *
   * @throws QuestionException that names the file and the question where something is wrong, or
   *     says that there is none
   */
  public static List<Question> read(Path file) {
    QuestionReader reader = new QuestionReader(file);
    String name = file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      reader.lines();
    } else {
      reader.document();
    }
    if (reader.questions.isEmpty()) {
      throw new QuestionException(
          "questions were wanted, but %s has none: SQuAD's JSON has them under data, paragraphs, qas"
              .formatted(file));
    }
    return reader.questions;
  }

  private void lines() {
    int line = 0;
    for (String text : Documents.lines(file)) {
      line++;
      place = "line " + line;
      if (!text.isBlank()) {
        try {
          example(JSON.readTree(text));
        } catch (JacksonException e) {
          throw new QuestionException(
              "%s, %s: a JSON object was wanted: %s".formatted(file, place, JsonReason.words(e)),
              e);
        }
      }
    }
  }

  private void document() {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        JsonParser parser = JSON.createParser(in)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        articles(parser);
      } else if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          boolean data = parser.currentName().equals("data");
          if (parser.nextToken() == JsonToken.START_ARRAY && data) {
            articles(parser);
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (JacksonException e) {
      throw new QuestionException(
          "%s is no JSON of questions: %s".formatted(file, JsonReason.of(e)), e);
    } catch (IOException e) {
      throw new QuestionException(
          "a file of questions was wanted, but %s cannot be read: %s; look at its name and rights"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void articles(JsonParser parser) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode article = parser.readValueAsTree();
      place = "question " + (questions.size() + 1);
      if (!article.has("paragraphs")) {
        example(article);
      }
      for (JsonNode paragraph : article.path("paragraphs")) {
        place = "question " + (questions.size() + 1);
        String passage = passage(paragraph);
        for (JsonNode asked : paragraph.path("qas")) {
          question(asked, passage);
        }
      }
    }
  }

  private void example(JsonNode example) {
    question(example, passage(example));
  }

  private String passage(JsonNode node) {
    String text = text(node, "context");
    String known = passages.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private void question(JsonNode node, String passage) {
    String number = Integer.toString(questions.size() + 1);
    String id = node.path("id").isValueNode() ? node.path("id").asString(number) : number;
    place = "question " + id;
    String text = text(node, "question").stripLeading();
    List<Answer> answers = answers(node.path("answers"), passage);
    boolean impossible = node.path("is_impossible").asBoolean(false);
    if (impossible && !answers.isEmpty()) {
      throw wrong(
          "is_impossible says that there is no answer, but \"%s\" is given; take one of them out"
              .formatted(answers.getFirst().text()));
    }
    questions.add(
        new Question(id, text, passage, answers, impossible || node.path("answers").isContainer()));
  }

  private String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw wrong("a text named %s was wanted, found %s".formatted(name, said(value)));
    }
    return value.asString();
  }

  /** Those of a list, or of columns. */
  private List<Answer> answers(JsonNode node, String passage) {
    List<Answer> answers = new ArrayList<>();
    if (node.isObject()) {
      JsonNode texts = node.path("text");
      JsonNode starts = node.path("answer_start");
      if (!texts.isArray() || !starts.isArray() || texts.size() != starts.size()) {
        throw wrong(
            "answers were wanted as lists text and answer_start of one length, found %s and %s"
                .formatted(said(texts), said(starts)));
      }
      for (int i = 0; i < texts.size(); i++) {
        answers.add(answer(texts.get(i), starts.get(i), passage));
      }
    } else if (node.isArray()) {
      for (JsonNode each : node) {
        answers.add(answer(each.path("text"), each.path("answer_start"), passage));
      }
    } else if (!node.isMissingNode() && !node.isNull()) {
      throw wrong("answers were wanted as a list of text and answer_start, found " + said(node));
    }
    return answers;
  }

  private Answer answer(JsonNode text, JsonNode start, String passage) {
    if (!text.isString() || text.asString().isBlank() || !start.isInt()) {
      throw wrong(
          "an answer was wanted as a text and answer_start, a whole number, found %s and %s"
              .formatted(said(text), said(start)));
    }
    String wanted = text.asString();
    int place = start.asInt();
    int length = passage.codePointCount(0, passage.length());
    int at = place < 0 || place > length ? -1 : passage.offsetByCodePoints(0, place);
    if (at < 0 || !passage.startsWith(wanted, at)) {
      String found =
          at < 0
              ? "the context has %,d characters".formatted(length)
              : "found \"%s\""
                  .formatted(
                      passage.substring(at, Math.min(passage.length(), at + wanted.length())));
      throw wrong(
          "the answer \"%s\" should stand at answer_start %d, but %s; it counts characters of the context from 0, as Python does"
              .formatted(wanted, place, found));
    }
    return new Answer(wanted, at);
  }

  private static String said(JsonNode node) {
    String text = node.isMissingNode() ? "none" : node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private QuestionException wrong(String what) {
    return new QuestionException("%s, %s: %s".formatted(file, place, what));
  }
}

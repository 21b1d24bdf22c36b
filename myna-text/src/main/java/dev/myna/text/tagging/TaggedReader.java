package dev.myna.text.tagging;

import dev.myna.text.features.Documents;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads sentences whose words have tags, packed with gzip when the file's name ends in {@code .gz}.
 *
 * <ul>
 *   <li>{@code .jsonl}: an object a line with two lists of texts, the words ({@code tokens} or
 *       {@code words}) and their tags ({@code tags}, {@code ner_tags} or {@code labels});
 *   <li>anything else: a word a line as CoNLL has it ({@link ConllFile}), the tag in the last
 *       column.
 * </ul>
 */
public final class TaggedReader {
  private static final List<String> WORDS = List.of("tokens", "words");
  private static final List<String> TAGS = List.of("tags", "ner_tags", "labels");

  private final Path file;
  private final Charset charset;
  private final List<TaggedSentence> sentences = new ArrayList<>();

  /** Words and tags come again and again: each is held once. */
  private final Map<String, String> known = new HashMap<>();

  private TaggedReader(Path file, Charset charset) {
    this.file = file;
    this.charset = charset;
  }

  /** The sentences of a file in UTF-8. */
  public static List<TaggedSentence> read(Path file) {
    return read(file, StandardCharsets.UTF_8);
  }

  /**
   * The sentences of a file.
   *
   * @throws TaggingException naming the line that cannot be read, or that there is no sentence
   */
  public static List<TaggedSentence> read(Path file, Charset charset) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    TaggedReader reader = new TaggedReader(file, charset);
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      reader.json();
    } else {
      reader.conll();
    }
    if (reader.sentences.isEmpty()) {
      throw new TaggingException(
          "Words and their tags were wanted, but %s has none.".formatted(file));
    }
    return reader.sentences;
  }

  private void conll() {
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    int number = 0;
    for (String line : Documents.lines(file, charset)) {
      number++;
      if (ConllFile.parts(line)) {
        end(words, tags);
        continue;
      }
      List<String> columns = ConllFile.columns(line);
      String tag = columns.getLast().strip();
      if (columns.size() < 2 || columns.getFirst().isEmpty() || tag.isEmpty()) {
        throw new TaggingException(
            "A word and its tag were wanted, with a tab or a space between them, but line %,d of %s is \"%s\"; give every word a tag."
                .formatted(number, file, shortened(line)));
      }
      words.add(once(columns.getFirst()));
      tags.add(once(tag));
    }
    end(words, tags);
  }

  private String once(String text) {
    String first = known.putIfAbsent(text, text);
    return first == null ? text : first;
  }

  private void end(List<String> words, List<String> tags) {
    if (!words.isEmpty()) {
      sentences.add(new TaggedSentence(words, tags));
      words.clear();
      tags.clear();
    }
  }

  private void json() {
    JsonMapper mapper = JsonMapper.shared();
    int number = 0;
    for (String line : Documents.lines(file, charset)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      JsonNode node;
      try {
        node = mapper.readTree(line);
      } catch (JacksonException e) {
        throw bad(number, "is no JSON", e);
      }
      List<String> words = texts(node, WORDS, number);
      List<String> tags = texts(node, TAGS, number);
      if (words.size() != tags.size()) {
        throw bad(number, "has %d words and %d tags".formatted(words.size(), tags.size()), null);
      }
      if (tags.stream().anyMatch(String::isBlank)) {
        throw bad(number, "has an empty tag", null);
      }
      if (!words.isEmpty()) {
        sentences.add(new TaggedSentence(words, tags));
      }
    }
  }

  private List<String> texts(JsonNode node, List<String> names, int line) {
    for (String name : names) {
      JsonNode list = node.get(name);
      if (list == null) {
        continue;
      }
      if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isString)) {
        throw bad(line, "has no list of texts as its \"%s\"".formatted(name), null);
      }
      return list.valueStream().map(text -> once(text.stringValue())).toList();
    }
    throw bad(line, "has no member named like " + names, null);
  }

  private TaggingException bad(int line, String found, @Nullable Throwable cause) {
    return new TaggingException(
        "An object with a list of words and a list of as many tags, all of them texts, was wanted, but line %,d of %s %s."
            .formatted(line, file, found),
        cause);
  }

  private static String shortened(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}

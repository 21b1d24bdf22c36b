package dev.myna.text.classify;

import dev.myna.text.features.Documents;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads labelled texts from a file, packed with gzip when its name ends in {@code .gz}.
 *
 * <ul>
 *   <li>{@code .csv}: RFC 4180 with a line of names;
 *   <li>{@code .jsonl}: an object a line;
 *   <li>lines of {@code __label__NAME text}, as fastText has them;
 *   <li>two fields with a tab between them, with or without a line of names; the field with fewer
 *       different values is the label;
 *   <li>a label, a space and the text.
 * </ul>
 *
 * @param text name of the column or member of the text; null: one of the usual names
 * @param label name of the column or member of the label; null: one of the usual names
 * @param charset the character set of the file
 */
public record ExampleReader(@Nullable String text, @Nullable String label, Charset charset) {
  private static final Set<String> TEXT_NAMES =
      Set.of(
          "text",
          "sentence",
          "sms",
          "text_a",
          "review",
          "question",
          "content",
          "title",
          "message",
          "comment",
          "body",
          "utterance");

  private static final Set<String> LABEL_NAMES =
      Set.of(
          "label",
          "labels",
          "class",
          "category",
          "cat",
          "target",
          "sentiment",
          "acceptable",
          "intent",
          "y",
          "topic");

  /** Reads any of the kinds with the usual names. */
  public static final ExampleReader USUAL = new ExampleReader(null, null, StandardCharsets.UTF_8);

  private static final String FASTTEXT = "__label__";

  /** An example and the line that its label is from, counted from 1. */
  private record Placed(Example example, int line) {
    Placed(String text, String label, int line) {
      this(new Example(text, label), line);
    }
  }

  /**
   * The examples of the file.
   *
   * @throws ClassifierException naming the line that cannot be read, or that there is none
   */
  public List<Example> read(Path file) {
    return examples(placed(file));
  }

  /**
   * The examples of the file, whose labels must be among those known.
   *
   * @throws ClassifierException naming the line that cannot be read or has another label, or that
   *     there is none
   */
  public List<Example> read(Path file, List<String> known) {
    return known(placed(file), known, file);
  }

  private static List<Example> examples(List<Placed> placed) {
    return placed.stream().map(Placed::example).toList();
  }

  private static List<Example> known(List<Placed> placed, List<String> known, Path file) {
    Set<String> labels = Set.copyOf(known);
    for (Placed each : placed) {
      if (!labels.contains(each.example().label())) {
        throw new ClassifierException(
            "The labels %s are known, but line %d of %s has \"%s\"; give all files the same labels."
                .formatted(
                    known.size() > 20 ? known.subList(0, 20) + " …" : known,
                    each.line(),
                    file,
                    each.example().label()));
      }
    }
    return examples(placed);
  }

  private List<Placed> placed(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    List<Placed> examples;
    if (plain.endsWith(".csv")) {
      examples = csv(file);
    } else if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      examples = json(file);
    } else {
      examples = lines(file);
    }
    if (examples.isEmpty()) {
      throw new ClassifierException("Labelled texts were wanted, but %s has none.".formatted(file));
    }
    return examples;
  }

  /**
   * The examples of two files, one of texts and one of labels, a line each.
   *
   * @throws ClassifierException when they have different numbers of lines
   */
  public List<Example> read(Path texts, Path labels) {
    return examples(placed(texts, labels));
  }

  /**
   * The examples of two files, whose labels must be among those known.
   *
   * @throws ClassifierException when they have different numbers of lines, or naming the line that
   *     has another label
   */
  public List<Example> read(Path texts, Path labels, List<String> known) {
    return known(placed(texts, labels), known, labels);
  }

  private List<Placed> placed(Path texts, Path labels) {
    List<Placed> examples = new ArrayList<>();
    Iterator<String> label = Documents.lines(labels, charset).iterator();
    int line = 0;
    for (String each : Documents.lines(texts, charset)) {
      line++;
      if (!label.hasNext()) {
        throw new ClassifierException(
            "Every text has its label, but %s has a line %d and %s has none."
                .formatted(texts, line, labels));
      }
      examples.add(new Placed(each, label.next().strip(), line));
    }
    if (label.hasNext()) {
      throw new ClassifierException(
          "Every label has its text, but %s has a line %d and %s has none."
              .formatted(labels, line + 1, texts));
    }
    if (examples.isEmpty()) {
      throw new ClassifierException(
          "Labelled texts were wanted, but %s has none.".formatted(texts));
    }
    return examples;
  }

  private List<Placed> json(Path file) {
    JsonMapper mapper = JsonMapper.shared();
    List<Placed> examples = new ArrayList<>();
    int line = 0;
    for (String each : Documents.lines(file, charset)) {
      line++;
      if (each.isBlank()) {
        continue;
      }
      JsonNode node;
      try {
        node = mapper.readTree(each);
      } catch (JacksonException e) {
        throw bad(file, line, "is not a JSON object", e);
      }
      examples.add(
          new Placed(
              member(node, text, TEXT_NAMES, file, line),
              member(node, label, LABEL_NAMES, file, line),
              line));
    }
    return examples;
  }

  private static String member(
      JsonNode node, @Nullable String wanted, Set<String> usual, Path file, int line) {
    for (String name : wanted == null ? usual : Set.of(wanted)) {
      JsonNode value = node.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asString();
      }
    }
    throw bad(
        file,
        line,
        "has no member "
            + (wanted == null ? "named like " + usual.stream().sorted().toList() : wanted),
        null);
  }

  private List<Placed> csv(Path file) {
    List<Placed> examples = new ArrayList<>();
    Csv csv = new Csv(file, Documents.lines(file, charset).iterator());
    List<String> names = csv.next();
    if (names == null) {
      return examples;
    }
    int textAt = column(names, text, TEXT_NAMES, file);
    int labelAt = column(names, label, LABEL_NAMES, file);
    for (List<String> row = csv.next(); row != null; row = csv.next()) {
      if (row.size() != names.size()) {
        throw bad(
            file,
            csv.line(),
            "has %d fields and the first line %d".formatted(row.size(), names.size()),
            null);
      }
      examples.add(new Placed(row.get(textAt), row.get(labelAt), csv.line()));
    }
    return examples;
  }

  private static int column(
      List<String> names, @Nullable String wanted, Set<String> usual, Path file) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip();
      if (wanted == null ? usual.contains(name.toLowerCase(Locale.ROOT)) : name.equals(wanted)) {
        return i;
      }
    }
    throw new ClassifierException(
        "The first line of %s names the columns %s, and none is %s; name the column."
            .formatted(
                file,
                names,
                wanted == null ? "among " + usual.stream().sorted().toList() : wanted));
  }

  private List<Placed> lines(Path file) {
    List<String> all = new ArrayList<>();
    for (String line : Documents.lines(file, charset)) {
      all.add(line);
    }
    long tabs = all.stream().filter(line -> line.indexOf('\t') >= 0).count();
    if (!all.isEmpty() && all.getFirst().startsWith(FASTTEXT)) {
      return fastText(file, all);
    }
    return tabs * 2 > all.size() ? tabbed(file, all) : spaced(file, all);
  }

  private static List<Placed> fastText(Path file, List<String> lines) {
    List<Placed> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (!line.startsWith(FASTTEXT) || space < 0) {
        throw bad(file, i + 1, "does not start with __label__NAME and a space", null);
      }
      examples.add(
          new Placed(line.substring(space + 1), line.substring(FASTTEXT.length(), space), i + 1));
    }
    return examples;
  }

  private List<Placed> tabbed(Path file, List<String> lines) {
    List<String[]> rows = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    Map<Integer, Set<String>> values =
        new HashMap<>(Map.of(0, new HashSet<>(), 1, new HashSet<>()));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] fields = lines.get(i).split("\t", -1);
      if (fields.length != 2) {
        throw bad(
            file,
            i + 1,
            "has %d fields where two are wanted: a label and a text".formatted(fields.length),
            null);
      }
      rows.add(fields);
      numbers.add(i + 1);
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    String first = rows.getFirst()[0].strip().toLowerCase(Locale.ROOT);
    String second = rows.getFirst()[1].strip().toLowerCase(Locale.ROOT);
    boolean labelFirst = isLabel(first) && isText(second);
    boolean labelSecond = isText(first) && isLabel(second);
    if (labelFirst || labelSecond) {
      rows.removeFirst();
      numbers.removeFirst();
    } else {
      rows.forEach(row -> values.forEach((column, seen) -> seen.add(row[column])));
      int distinct =
          values.getOrDefault(0, Set.of()).size() - values.getOrDefault(1, Set.of()).size();
      // Labels repeat, or else they are the shorter ones.
      labelFirst = distinct < 0 || distinct == 0 && length(rows, 0) <= length(rows, 1);
    }
    int labelAt = labelFirst ? 0 : 1;
    return IntStream.range(0, rows.size())
        .mapToObj(
            i -> new Placed(rows.get(i)[1 - labelAt], rows.get(i)[labelAt].strip(), numbers.get(i)))
        .toList();
  }

  private static long length(List<String[]> rows, int column) {
    return rows.stream().mapToLong(row -> row[column].length()).sum();
  }

  private boolean isLabel(String name) {
    return LABEL_NAMES.contains(name) || name.equals(label);
  }

  private boolean isText(String name) {
    return TEXT_NAMES.contains(name) || name.equals(text);
  }

  private static List<Placed> spaced(Path file, List<String> lines) {
    List<Placed> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space <= 0) {
        throw bad(file, i + 1, "has no label, space and text", null);
      }
      examples.add(new Placed(line.substring(space + 1), line.substring(0, space), i + 1));
    }
    long labels = examples.stream().map(each -> each.example().label()).distinct().count();
    if (examples.size() > 20 && labels * 2 > examples.size()) {
      throw new ClassifierException(
          "Lines of labels and texts were wanted, but of the %d lines of %s the first words are %d different ones; put a tab between label and text."
              .formatted(examples.size(), file, labels));
    }
    return examples;
  }

  private static ClassifierException bad(
      Path file, int line, String what, @Nullable Throwable cause) {
    return new ClassifierException("Line %d of %s %s.".formatted(line, file, what), cause);
  }
}

package dev.myna.text.augment;

import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.CorpusException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Words that mean about the same. Case does not tell words apart. */
public final class Synonyms {
  private final Map<String, List<String>> others;

  private Synonyms(Map<String, List<String>> others) {
    this.others = others;
  }

  /**
   * @param groups words that mean the same; a word may be in several
   */
  public static Synonyms of(List<List<String>> groups) {
    Map<String, List<String>> others = new HashMap<>();
    for (List<String> group : groups) {
      for (String word : group) {
        List<String> known = others.computeIfAbsent(key(word), w -> new ArrayList<>());
        group.stream()
            .filter(w -> !key(w).equals(key(word)) && !known.contains(w))
            .forEach(known::add);
      }
    }
    return new Synonyms(others);
  }

  /**
   * Reads a file of UTF-8, plain or {@code .gz}: a group a line, its words between commas or tabs;
   * lines that begin with {@code #} say nothing.
   *
   * @throws CorpusException if the file cannot be read, is not UTF-8, or has no group of two
   */
  public static Synonyms read(Path file) {
    List<List<String>> groups;
    try (Stream<String> texts = Corpus.of(List.of(file.toString())).texts()) {
      groups =
          texts
              .flatMap(String::lines)
              .filter(line -> !line.startsWith("#"))
              .map(Synonyms::group)
              .filter(group -> group.size() > 1)
              .toList();
    }
    if (groups.isEmpty()) {
      throw new CorpusException(
          "%s should have words that mean the same on each line, between commas or tabs; found no line of two"
              .formatted(file));
    }
    return of(groups);
  }

  private static List<String> group(String line) {
    return Arrays.stream(line.split("[,\t]"))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Another word, or the same where none is known. */
  String of(String word, Random random) {
    List<String> known = others.getOrDefault(key(word), List.of());
    return known.isEmpty() ? word : known.get(random.nextInt(known.size()));
  }

  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}

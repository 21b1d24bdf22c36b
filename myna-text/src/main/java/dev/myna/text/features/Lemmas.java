package dev.myna.text.features;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a dictionary of lemmas: a line has a form, a tab and its lemma ({@code went TAB go}). Lines
 * that start with {@code #} and empty lines are passed over; the first lemma of a form counts.
 */
public final class Lemmas {
  private Lemmas() {}

  /**
   * The dictionary in the file, forms to lemmas.
   *
   * @throws FeatureException naming the line that is not a form, a tab and a lemma, too long or not
   *     UTF-8
   */
  public static Map<String, String> read(Path file) {
    Map<String, String> lemmas = new HashMap<>();
    int number = 0;
    for (String line : Documents.lines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 2 || fields[0].isBlank() || fields[1].isBlank()) {
        throw new FeatureException(
            "A line of a dictionary of lemmas is a form, a tab and a lemma, but line %d of %s is \"%s\"."
                .formatted(number, file, line.length() > 80 ? line.substring(0, 80) + "…" : line));
      }
      lemmas.putIfAbsent(fields[0].strip(), fields[1].strip());
    }
    return lemmas;
  }
}

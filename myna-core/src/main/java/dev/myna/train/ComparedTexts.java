package dev.myna.train;

import dev.myna.text.classify.Csv;
import dev.myna.text.features.Documents;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A line of texts to be compared.
 *
 * @param texts two, or three where a text has one like it and one unlike it
 * @param score how alike the two are, from 0 to 1
 */
record ComparedTexts(List<String> texts, double score) {
  /**
   * Reads files: fields stand between commas in {@code .csv} (RFC 4180, no line of names), else
   * between tabs.
   */
  static List<ComparedTexts> read(
      List<String> files, String charset, TaskRecipe.Similarity wanted) {
    List<ComparedTexts> all = new ArrayList<>();
    for (String name : files) {
      Path file = Path.of(name);
      Iterable<String> lines = Documents.lines(file, Charset.forName(charset));
      String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
      if (plain.endsWith(".csv")) {
        Csv csv = new Csv(file, lines.iterator());
        for (List<String> row = csv.next(); row != null; row = csv.next()) {
          all.add(of(row, file, csv.line(), wanted));
        }
      } else {
        int number = 0;
        for (String line : lines) {
          all.add(of(Arrays.asList(line.split("\t", -1)), file, ++number, wanted));
        }
      }
    }
    return all;
  }

  private static ComparedTexts of(
      List<String> fields, Path file, int line, TaskRecipe.Similarity wanted) {
    if (fields.size() != wanted.fields()) {
      throw new RecipeException(
          "%s, line %d: %s were wanted, found %d fields"
              .formatted(file, line, wanted.line(), fields.size()));
    }
    if (!wanted.scored()) {
      return new ComparedTexts(List.copyOf(fields), 1);
    }
    double score;
    try {
      score = Double.parseDouble(fields.get(2).strip()) / wanted.largest();
    } catch (NumberFormatException e) {
      throw new RecipeException(
          "%s, line %d: a score was wanted after the two texts, found '%s'"
              .formatted(file, line, fields.get(2)),
          e);
    }
    if (!(score >= 0 && score <= 1)) {
      throw new RecipeException(
          "%s, line %d: a score from 0 to %s (task.largest) was wanted, found %s"
              .formatted(file, line, wanted.largest(), fields.get(2)));
    }
    return new ComparedTexts(fields.subList(0, 2), score);
  }
}

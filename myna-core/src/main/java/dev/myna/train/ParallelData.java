package dev.myna.train;

import dev.myna.text.features.Documents;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Texts and their translations.
 *
 * @param sources lines
 * @param targets as many lines
 */
record ParallelData(List<String> sources, List<String> targets) {
  /**
   * Reads files line for line.
   *
   * @param targets a file for each; if there are none, the lines of {@code files} hold both, with a
   *     tab between
   */
  static ParallelData read(List<String> files, List<String> targets, String charset) {
    ParallelData data = new ParallelData(new ArrayList<>(), new ArrayList<>());
    Charset set = Charset.forName(charset);
    for (int i = 0; i < files.size(); i++) {
      Path file = Path.of(files.get(i));
      if (targets.isEmpty()) {
        data.tabbed(file, set);
      } else {
        data.beside(file, Path.of(targets.get(i)), set);
      }
    }
    return data;
  }

  private void tabbed(Path file, Charset charset) {
    int number = 0;
    for (String line : Documents.lines(file, charset)) {
      number++;
      String[] fields = line.split("\t", -1);
      if (fields.length != 2) {
        throw new RecipeException(
            "%s, line %d: a text, a tab and its translation were wanted, found %d fields; or name the translations' files under data.targets"
                .formatted(file, number, fields.length));
      }
      add(fields[0], fields[1]);
    }
  }

  private void beside(Path file, Path translations, Charset charset) {
    Iterator<String> others = Documents.lines(translations, charset).iterator();
    int number = 0;
    for (String line : Documents.lines(file, charset)) {
      number++;
      if (!others.hasNext()) {
        throw new RecipeException(
            "%s has a line %d and %s has none: every line has its translation"
                .formatted(file, number, translations));
      }
      add(line, others.next());
    }
    if (others.hasNext()) {
      throw new RecipeException(
          "%s has a line %d and %s has none: every line has its translation"
              .formatted(translations, number + 1, file));
    }
  }

  private void add(String source, String target) {
    sources.add(source.strip());
    targets.add(target.strip());
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Some of the pairs. */
  ParallelData part(int from, int to) {
    return new ParallelData(sources.subList(from, to), targets.subList(from, to));
  }
}

package dev.myna.text.tagging;

import dev.myna.text.features.Documents;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of CoNLL's kind: a word a line, in columns with tabs between them or else spaces, the word
 * in the first. Empty lines part sentences, and so do lines that begin with {@code -DOCSTART-},
 * which part documents. Packed with gzip when its name ends in {@code .gz}.
 *
 * @param lines as they stand in the file
 */
public record ConllFile(List<String> lines) {
  private static final String DOCUMENT = "-DOCSTART-";
  private static final Pattern SPACES = Pattern.compile(" +");

  public ConllFile {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file, with or without a column of tags.
   *
   * @throws TaggingException naming the line that has no word, or if there are no words at all
   */
  public static ConllFile read(Path file, Charset charset) {
    List<String> lines = new ArrayList<>();
    for (String line : Documents.lines(file, charset)) {
      lines.add(line);
      if (!parts(line) && columns(line).getFirst().isEmpty()) {
        throw new TaggingException(
            "A word was wanted in the first column of line %,d of %s, but the column is empty; put the word there."
                .formatted(lines.size(), file));
      }
    }
    if (lines.stream().allMatch(ConllFile::parts)) {
      throw new TaggingException(
          "Words were wanted, a line each, but %s has none.".formatted(file));
    }
    return new ConllFile(lines);
  }

  /** Whether a line stands between sentences. */
  static boolean parts(String line) {
    return line.isBlank() || line.startsWith(DOCUMENT);
  }

  /** The columns of a line. */
  static List<String> columns(String line) {
    if (line.indexOf('\t') >= 0) {
      return List.of(line.split("\t", -1));
    }
    return List.of(SPACES.split(line.trim()));
  }

  /** The words of each sentence. */
  public List<List<String>> sentences() {
    List<List<String>> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String line : lines) {
      if (!parts(line)) {
        words.add(columns(line).getFirst());
      } else if (!words.isEmpty()) {
        sentences.add(List.copyOf(words));
        words.clear();
      }
    }
    if (!words.isEmpty()) {
      sentences.add(List.copyOf(words));
    }
    return sentences;
  }

  /**
   * The lines with another column at the end.
   *
   * @param tags of the words of each sentence
   */
  public List<String> with(List<? extends List<String>> tags) {
    Iterator<String> next = tags.stream().<String>flatMap(List::stream).iterator();
    List<String> written = new ArrayList<>();
    for (String line : lines) {
      if (parts(line)) {
        written.add(line);
      } else {
        String space = line.indexOf('\t') >= 0 ? "\t" : " ";
        written.add(line.stripTrailing() + space + next.next());
      }
    }
    return written;
  }
}

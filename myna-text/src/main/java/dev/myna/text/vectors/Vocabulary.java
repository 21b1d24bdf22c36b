package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words of a text with their numbers of occurrences, the most frequent first. */
public final class Vocabulary {
  private final WordTable table;
  private final long[] counts;
  private final long total;

  Vocabulary(WordTable table, long[] counts) {
    this.table = table;
    this.counts = counts;
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    total = sum;
  }

  /**
   * Counts the words of a text; white space parts them.
   *
   * @param minCount words seen less often are left out
   * @throws VectorsException if the text is not UTF-8 or no word is left
   */
  public static Vocabulary count(Path text, int minCount, Progress progress) throws IOException {
    Vocabulary counted = WordCounter.count(text, progress).atLeast(minCount);
    if (counted.size() == 0) {
      throw new VectorsException(
          "words seen at least %,d times were wanted, and %s has none; take a longer text or a smaller minimum count"
              .formatted(minCount, text));
    }
    return counted;
  }

  /** A vocabulary of these words with unknown counts (zero). */
  static Vocabulary of(List<String> words) {
    var table = new WordTable();
    for (String word : words) {
      int unused = table.add(word.getBytes(StandardCharsets.UTF_8));
    }
    return new Vocabulary(table, new long[table.size()]);
  }

  public int size() {
    return table.size();
  }

  public String word(int id) {
    return table.word(id);
  }

  /** Occurrences of a word; 0 where a file of vectors did not tell them. */
  public long count(int id) {
    return counts[id];
  }

  /** Occurrences of all words together. */
  public long total() {
    return total;
  }

  /** The word's number, or -1. */
  public int id(String word) {
    return table.find(word);
  }

  /** Writes lines of a word, a space and its count, as the word2vec program's -save-vocab does. */
  public void save(Path file) throws IOException {
    WholeFile.stream(
        file,
        out -> {
          for (int id = 0; id < size(); id++) {
            out.write(table.bytes(id));
            out.write((" " + counts[id] + "\n").getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  /** Reads what {@link #save} or the word2vec program wrote. */
  public static Vocabulary load(Path file) throws IOException {
    var table = new WordTable();
    var counts = new ArrayList<Long>();
    int line = 0;
    for (String text : Files.readAllLines(file)) {
      line++;
      int space = text.lastIndexOf(' ');
      try {
        byte[] word = text.substring(0, Math.max(space, 0)).getBytes(StandardCharsets.UTF_8);
        long count = Long.parseLong(text.substring(space + 1));
        if (table.find(word, 0, word.length, WordTable.hash(word, 0, word.length)) < 0) {
          int unused = table.add(word);
          counts.add(count);
        }
      } catch (NumberFormatException e) {
        throw new VectorsException(
            "a word, a space and its count were wanted in line %,d of %s, found \"%s\""
                .formatted(line, file, text.substring(0, Math.min(text.length(), 60))),
            e);
      }
    }
    return new Vocabulary(table, counts.stream().mapToLong(Long::longValue).toArray());
  }

  int id(WordReader reader) {
    return table.find(reader.bytes(), reader.start, reader.stop, reader.hash);
  }

  WordTable table() {
    return table;
  }

  long[] counts() {
    return counts;
  }
}

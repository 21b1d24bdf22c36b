package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Counts distinct words. When there are more than {@link #MOST_WORDS}, the rarest are dropped with
 * a threshold that rises each time, as the word2vec program does: memory stays bounded.
 */
final class WordCounter {
  static final int MOST_WORDS = 8_000_000;

  private final int mostWords;
  private WordTable table = new WordTable();
  private long[] counts = new long[1 << 8];
  private long tokens;
  private int dropped = 1;

  WordCounter(int mostWords) {
    this.mostWords = mostWords;
  }

  /** Counts a whole text. Words are checked to be UTF-8 when they are first seen. */
  static WordCounter count(Path text, Progress progress) throws IOException {
    return count(text, new byte[0], progress);
  }

  /**
   * Counts a whole text.
   *
   * @param lineEnd the word to count at every line's end; empty for none
   */
  static WordCounter count(Path text, byte[] lineEnd, Progress progress) throws IOException {
    var counter = new WordCounter(MOST_WORDS);
    long bytes = Files.size(text);
    try (var reader = new WordReader(text)) {
      for (var token = reader.next(); token != WordReader.Token.END; token = reader.next()) {
        if (token == WordReader.Token.WORD) {
          counter.add(reader);
          if ((counter.tokens & 0xFFFFF) == 0) {
            progress.at("counting words", reader.offset(), bytes);
          }
        } else if (lineEnd.length > 0) {
          counter.add(lineEnd, lineEnd.length);
        }
      }
    }
    if (counter.tokens == 0) {
      throw new VectorsException("a text with words was wanted, and %s has none".formatted(text));
    }
    progress.at("counting words", bytes, bytes);
    return counter;
  }

  /** Counts the word last read. */
  void add(WordReader reader) {
    int id = table.find(reader.bytes(), reader.start, reader.stop, reader.hash);
    if (id < 0) {
      requireUtf8(reader);
    }
    increment(id, reader.bytes(), reader.start, reader.stop, reader.hash);
  }

  void add(byte[] word, int length) {
    int hash = WordTable.hash(word, 0, length);
    increment(table.find(word, 0, length, hash), word, 0, length, hash);
  }

  private void increment(int found, byte[] bytes, int from, int to, int hash) {
    int id = found < 0 ? table.add(bytes, from, to, hash) : found;
    if (id == counts.length) {
      counts = Arrays.copyOf(counts, counts.length * 2);
    }
    counts[id]++;
    tokens++;
    if (table.size() > mostWords) {
      drop();
    }
  }

  private void drop() {
    var kept = new WordTable();
    var keptCounts = new long[counts.length];
    for (int id = 0; id < table.size(); id++) {
      if (counts[id] > dropped) {
        keptCounts[kept.add(table, id)] = counts[id];
      }
    }
    table = kept;
    counts = keptCounts;
    dropped++;
  }

  private static void requireUtf8(WordReader reader) {
    try {
      var unused =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(reader.bytes(), reader.start, reader.stop - reader.start));
    } catch (CharacterCodingException e) {
      throw new VectorsException(
          "UTF-8 text was wanted, and %s is not; convert it to UTF-8 first"
              .formatted(reader.place()),
          e);
    }
  }

  /** Words counted, with repetitions and with those that {@link #atLeast} leaves out. */
  long tokens() {
    return tokens;
  }

  long count(String word) {
    int id = table.find(word);
    return id < 0 ? 0 : counts[id];
  }

  Vocabulary atLeast(int minCount) {
    return sorted(id -> counts[id] >= minCount);
  }

  boolean startsWith(int id, byte[] prefix) {
    return table.startsWith(id, prefix);
  }

  long count(int id) {
    return counts[id];
  }

  /** The words that pass, by falling count; equal counts in order of appearance. */
  Vocabulary sorted(IntPredicate keep) {
    int[] order =
        IntStream.range(0, table.size())
            .filter(keep)
            .boxed()
            .sorted(Comparator.comparingLong((Integer id) -> -counts[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    var sorted = new WordTable();
    var sortedCounts = new long[order.length];
    for (int id : order) {
      sortedCounts[sorted.add(table, id)] = counts[id];
    }
    return new Vocabulary(sorted, sortedCounts);
  }
}

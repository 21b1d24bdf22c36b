package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Words that stand together more often than chance would have it, such as new_york (Mikolov et al.,
 * 2013); joined in a text with an underscore.
 *
 * <p>Follows the word2phrase program: the score of a pair is (its count − the minimum count) / the
 * product of its words' counts × the number of words; a word that ends a phrase starts none.
 */
public final class Phrases {
  private final WordCounter counter;
  private final int minCount;
  private final double threshold;
  private final long words;

  private Phrases(WordCounter counter, int minCount, double threshold, long words) {
    this.counter = counter;
    this.minCount = minCount;
    this.threshold = threshold;
    this.words = words;
  }

  /**
   * Counts words and pairs of a text.
   *
   * @param minCount rarer words and pairs make no phrases; the program takes 5
   * @param threshold the score above which a pair is a phrase; the program takes 100
   */
  public static Phrases learn(Path text, int minCount, double threshold, Progress progress)
      throws IOException {
    Require.atLeast("minCount", minCount, 1);
    Require.positive("threshold", threshold);
    var counter = new WordCounter(WordCounter.MOST_WORDS);
    long words = 0;
    var pair = new ByteArrayOutputStream();
    long bytes = Files.size(text);
    try (var reader = new WordReader(text)) {
      for (var token = reader.next(); token != WordReader.Token.END; token = reader.next()) {
        if (token == WordReader.Token.LINE_END) {
          pair.reset();
          continue;
        }
        int length = reader.stop - reader.start;
        counter.add(reader);
        words++;
        if (pair.size() > 0) {
          pair.write('_');
          pair.write(reader.bytes(), reader.start, length);
          counter.add(pair.toByteArray(), pair.size());
        }
        pair.reset();
        pair.write(reader.bytes(), reader.start, length);
        if ((words & 0xFFFFF) == 0) {
          progress.at("counting phrases", reader.offset(), bytes);
        }
      }
    }
    if (words == 0) {
      throw new VectorsException("a text with words was wanted, and %s has none".formatted(text));
    }
    return new Phrases(counter, minCount, threshold, words);
  }

  /** The score of two words that follow each other; 0 for rare ones. */
  public double score(String first, String second) {
    long a = counter.count(first);
    long b = counter.count(second);
    long both = counter.count(first + "_" + second);
    return a < minCount || b < minCount || both < minCount
        ? 0
        : (double) (both - minCount) / a / b * words;
  }

  /**
   * Writes the text with its phrases joined; lines stay lines, other white space becomes a space.
   */
  public void apply(Path text, Path target, Progress progress) throws IOException {
    long bytes = Files.size(text);
    WholeFile.stream(
        target,
        out -> {
          try (var reader = new WordReader(text)) {
            String before = ""; // the word before, while it may start a phrase
            boolean lineStarts = true;
            for (var token = reader.next(); token != WordReader.Token.END; token = reader.next()) {
              if (token == WordReader.Token.LINE_END) {
                out.write('\n');
                before = "";
                lineStarts = true;
                progress.at("joining phrases", reader.offset(), bytes);
                continue;
              }
              String word = reader.word();
              boolean joins = !before.isEmpty() && score(before, word) > threshold;
              if (!lineStarts) {
                out.write(joins ? '_' : ' ');
              }
              out.write(reader.bytes(), reader.start, reader.stop - reader.start);
              before = joins ? "" : word;
              lineStarts = false;
            }
          }
        });
  }
}

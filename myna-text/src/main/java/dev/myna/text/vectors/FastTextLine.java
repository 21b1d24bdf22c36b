package dev.myna.text.vectors;

import dev.myna.text.vectors.FastTextConfig.NGrams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The input rows of a line as a supervised model sees it: words, their n-grams, word n-grams. */
final class FastTextLine {
  private FastTextLine() {}

  /** Adds the rows of a line of text and of its end. Labels in it are passed over. */
  static void addRows(String line, FastText model, IntList rows) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    byte[] prefix = model.config().label().getBytes(StandardCharsets.UTF_8);
    var hashes = new IntList();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || WordReader.separates(bytes[i])) {
        if (i > start && !startsWith(bytes, start, i, prefix)) {
          addWord(Arrays.copyOfRange(bytes, start, i), model, rows, hashes);
        }
        start = i + 1;
      }
    }
    addWord(Subwords.LINE_END, model, rows, hashes);
    addWordNGrams(model, hashes, rows);
  }

  private static void addWord(byte[] word, FastText model, IntList rows, IntList hashes) {
    model.subwords().add(word, rows);
    hashes.add(WordTable.hash(word, 0, word.length));
  }

  static void addWordNGrams(FastText model, IntList hashes, IntList rows) {
    NGrams ngrams = model.config().ngrams();
    if (ngrams.words() > 1 && ngrams.buckets() > 0) {
      model.subwords().addWordNGrams(hashes, rows);
    }
  }

  static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }
}

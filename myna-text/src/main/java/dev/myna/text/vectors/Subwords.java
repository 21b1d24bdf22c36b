package dev.myna.text.vectors;

import dev.myna.text.vectors.FastTextConfig.NGrams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input rows of words and lines: a row a word, then the buckets of its character n-grams and of
 * the line's word n-grams (Bojanowski et al., 2017; Joulin et al., 2017), hashed as fastText does.
 */
final class Subwords {
  /** The word that ends every line. */
  static final byte[] LINE_END = "</s>".getBytes(StandardCharsets.UTF_8);

  static final int LINE_END_HASH = WordTable.hash(LINE_END, 0, LINE_END.length);

  private final WordTable words;
  private final NGrams ngrams;
  private final @Nullable Map<Integer, Integer> kept; // of a pruned model: bucket to row

  /** Rows of word i: {@code ofWords[starts[i]]} to {@code ofWords[starts[i + 1] - 1]}. */
  private final int[] starts;

  private final int[] ofWords;

  Subwords(WordTable words, NGrams ngrams, @Nullable Map<Integer, Integer> kept) {
    this.words = words;
    this.ngrams = ngrams;
    this.kept = kept;
    starts = new int[words.size() + 1];
    var all = new IntList();
    for (int id = 0; id < words.size(); id++) {
      all.add(id);
      byte[] word = words.bytes(id);
      if (!Arrays.equals(word, LINE_END)) {
        addCharacters(word, all);
      }
      starts[id + 1] = all.size();
    }
    ofWords = all.toArray();
  }

  /** Adds the rows of a known word. */
  void add(int id, IntList rows) {
    rows.addAll(ofWords, starts[id], starts[id + 1]);
  }

  /** Adds the rows of any word: its own where it is known, its n-grams in any case. */
  void add(byte[] word, IntList rows) {
    int id = words.find(word, 0, word.length, WordTable.hash(word, 0, word.length));
    if (id >= 0) {
      add(id, rows);
    } else if (!Arrays.equals(word, LINE_END)) {
      addCharacters(word, rows);
    }
  }

  /** Adds the buckets of a line's word n-grams. */
  void addWordNGrams(IntList hashes, IntList rows) {
    for (int i = 0; i < hashes.size(); i++) {
      long hash = hashes.get(i);
      for (int j = i + 1; j < hashes.size() && j < i + ngrams.words(); j++) {
        hash = hash * 116049371 + hashes.get(j);
        addBucket((int) Long.remainderUnsigned(hash, ngrams.buckets()), rows);
      }
    }
  }

  /** Character n-grams of {@code <word>}, but not the lone brackets. */
  private void addCharacters(byte[] word, IntList rows) {
    if (ngrams.maxChars() == 0) {
      return;
    }
    var text = new byte[word.length + 2];
    text[0] = '<';
    System.arraycopy(word, 0, text, 1, word.length);
    text[text.length - 1] = '>';
    for (int from = 0; from < text.length; from++) {
      if (!continues(text[from])) {
        addFrom(text, from, rows);
      }
    }
  }

  private void addFrom(byte[] text, int from, IntList rows) {
    int hash = WordTable.HASH_START;
    int to = from;
    for (int chars = 1; to < text.length && chars <= ngrams.maxChars(); chars++) {
      do {
        hash = WordTable.hash(hash, text[to++]);
      } while (to < text.length && continues(text[to]));
      boolean bracket = chars == 1 && (from == 0 || to == text.length);
      if (chars >= ngrams.minChars() && !bracket) {
        addBucket(Integer.remainderUnsigned(hash, ngrams.buckets()), rows);
      }
    }
  }

  private void addBucket(int bucket, IntList rows) {
    if (kept == null) {
      rows.add(words.size() + bucket);
    } else if (kept.get(bucket) instanceof Integer row) {
      rows.add(words.size() + row);
    }
  }

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }
}

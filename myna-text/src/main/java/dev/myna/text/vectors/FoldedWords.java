package dev.myna.text.vectors;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds words whatever their case: the exact word first, else the first that differs in case. */
final class FoldedWords {
  private final Vocabulary vocabulary;
  private final int among;
  private final Map<String, Integer> folded = new HashMap<>();

  FoldedWords(Vocabulary vocabulary, int among) {
    this.vocabulary = vocabulary;
    this.among = among;
    for (int id = 0; id < among; id++) {
      folded.putIfAbsent(fold(vocabulary.word(id)), id);
    }
  }

  /** The word's id below the number of words looked among, or -1. */
  int id(String word) {
    int id = vocabulary.id(word);
    return id >= 0 && id < among ? id : folded.getOrDefault(fold(word), -1);
  }

  private static String fold(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  int among() {
    return among;
  }
}

package dev.myna.text.features;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Terms and their numbers, unchangeable. A fitted vocabulary is in the order of the terms by code
 * points, special tokens first.
 */
public final class Vocabulary {
  private final TermTable table;

  Vocabulary(TermTable table) {
    this.table = table;
  }

  /**
   * The vocabulary of the terms, numbered from 0 in their order.
   *
   * @throws IllegalArgumentException when a term stands there twice
   */
  public static Vocabulary of(List<String> terms) {
    TermTable table = new TermTable();
    for (String term : terms) {
      char[] chars = term.toCharArray();
      int before = table.size();
      if (table.add(chars, 0, chars.length) < before) {
        throw new IllegalArgumentException(
            "A vocabulary has each term once, but \"%s\" is there twice.".formatted(term));
      }
    }
    return new Vocabulary(table);
  }

  public int size() {
    return table.size();
  }

  /** The term with the number, 0 to {@link #size} exclusively. */
  public String term(int id) {
    if (id < 0 || id >= table.size()) {
      throw new IllegalArgumentException(
          "A term's number is 0 to %d, but is %d.".formatted(table.size() - 1, id));
    }
    return table.term(id);
  }

  /** The number of the term, if it is known. */
  public OptionalInt id(String term) {
    char[] chars = term.toCharArray();
    int id = table.find(chars, 0, chars.length);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The number of the term in the buffer, or -1. */
  int find(char[] chars, int start, int end) {
    return table.find(chars, start, end);
  }

  /** All terms in the order of their numbers. */
  public List<String> terms() {
    return IntStream.range(0, size()).mapToObj(table::term).toList();
  }

  /**
   * A vocabulary of the most frequent terms for a neural model: the special tokens first, then the
   * terms seen in at least {@code minDocuments} texts, the most frequent first.
   *
   * @param limit how many terms in all, special tokens included
   */
  public static Vocabulary build(
      Iterable<String> texts,
      AnalyzerSpec analyzer,
      List<String> specialTokens,
      Frequency minDocuments,
      Optional<Frequency> maxDocuments,
      int limit) {
    TermCounts counts = TermCounts.of(texts, analyzer, dev.myna.Progress.NONE);
    return counts.mostFrequent(
        specialTokens, minDocuments, maxDocuments.orElse(Frequency.share(1)), limit);
  }
}

package dev.myna.text.features;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** How often each term occurs, and in how many documents, counted over a stream of documents. */
final class TermCounts {
  final TermTable table;
  private int[] documentFrequency = new int[1 << 10];
  private long[] frequency = new long[1 << 10];
  private int[] lastDocument = new int[1 << 10];
  private int documents;

  TermCounts() {
    this(new TermTable());
  }

  private TermCounts(TermTable table) {
    this.table = table;
  }

  /**
   * Joins the counts of parts, by the numbers of the first of them.
   *
   * @param ids takes the number here of every term of every part
   */
  static TermCounts of(List<CountedRows> parts, List<int[]> ids) {
    TermCounts counts = new TermCounts(parts.getFirst().table);
    for (CountedRows part : parts) {
      int[] here = new int[part.table.size()];
      for (int id = 0; id < here.length; id++) {
        here[id] = part.table == counts.table ? id : counts.table.add(part.table, id);
        counts.widen(here[id]);
        counts.documentFrequency[here[id]] += part.documentFrequency(id);
        counts.frequency[here[id]] += part.frequency(id);
      }
      counts.documents += part.rows();
      ids.add(here);
    }
    return counts;
  }

  static TermCounts of(Iterable<String> texts, AnalyzerSpec spec, Progress progress) {
    TermCounts counts = new TermCounts();
    Analyzer analyzer = spec.analyzer();
    for (String text : texts) {
      counts.startDocument();
      analyzer.analyze(text, counts::add);
      if ((counts.documents & 0xfff) == 0) {
        progress.at("counting terms", counts.documents, -1);
      }
    }
    return counts;
  }

  void startDocument() {
    documents++;
  }

  int documents() {
    return documents;
  }

  @CanIgnoreReturnValue
  int add(char[] chars, int start, int end) {
    int id = table.add(chars, start, end);
    widen(id);
    frequency[id]++;
    if (lastDocument[id] != documents) {
      lastDocument[id] = documents;
      documentFrequency[id]++;
    }
    return id;
  }

  private void widen(int id) {
    if (id >= documentFrequency.length) {
      int length = documentFrequency.length * 2;
      documentFrequency = Arrays.copyOf(documentFrequency, length);
      frequency = Arrays.copyOf(frequency, length);
      lastDocument = Arrays.copyOf(lastDocument, length);
    }
  }

  int documentFrequency(int id) {
    return documentFrequency[id];
  }

  /**
   * The terms that the bounds leave, in the order of the terms. Of more than {@code limit} the most
   * frequent stay; among equally frequent ones those that stand first in the order.
   *
   * @param limit how many may stay; 0: all
   * @param binary whether "frequent" counts documents instead of occurrences
   */
  int[] select(Frequency min, Frequency max, int limit, boolean binary) {
    if (table.size() == 0) {
      throw new FeatureException(
          documents == 0
              ? "Features are fitted on at least one document, but there is none."
              : "No document has a term; look at the analyzer and its stop words, or at the"
                  + " texts.");
    }
    double low = min.of(documents);
    double high = max.of(documents);
    if (high < low) {
      throw new IllegalArgumentException(
          "The maximum document frequency must not be below the minimum, but of %d documents they are %s and %s."
              .formatted(documents, high, low));
    }
    int[] kept =
        IntStream.range(0, table.size())
            .filter(id -> documentFrequency[id] >= low && documentFrequency[id] <= high)
            .toArray();
    if (kept.length == 0) {
      throw new FeatureException(
          "No term is left between the document frequencies %s and %s of %d documents; lower the minimum or raise the maximum."
              .formatted(low, high, documents));
    }
    table.sort(kept, kept.length);
    return limit == 0 || kept.length <= limit ? kept : mostFrequent(kept, limit, binary);
  }

  /** Keeps the order of the ids given. */
  private int[] mostFrequent(int[] sorted, int limit, boolean binary) {
    IntToLongFunction count = id -> binary ? documentFrequency[id] : frequency[id];
    long[] counts = Arrays.stream(sorted).mapToLong(count).sorted().toArray();
    long least = counts[counts.length - limit];
    int above = (int) Arrays.stream(counts).filter(c -> c > least).count();
    int[] kept = new int[limit];
    int ties = limit - above;
    int size = 0;
    for (int id : sorted) {
      long c = count.applyAsLong(id);
      if (c > least || c == least && ties-- > 0) {
        kept[size++] = id;
      }
    }
    return kept;
  }

  Vocabulary mostFrequent(List<String> first, Frequency min, Frequency max, int limit) {
    if (limit <= first.size()) {
      throw new IllegalArgumentException(
          "A vocabulary of %d terms has no room beside %d special tokens."
              .formatted(limit, first.size()));
    }
    int[] kept = select(min, max, 0, false);
    int[] byFrequency =
        Arrays.stream(kept)
            .boxed()
            .sorted((a, b) -> Long.compare(frequency[b], frequency[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    TermTable terms = new TermTable();
    for (String special : first) {
      int unused = terms.add(special.toCharArray(), 0, special.length());
    }
    for (int i = 0; i < byFrequency.length && terms.size() < limit; i++) {
      String term = table.term(byFrequency[i]);
      int unused = terms.add(term.toCharArray(), 0, term.length());
    }
    return new Vocabulary(terms);
  }
}

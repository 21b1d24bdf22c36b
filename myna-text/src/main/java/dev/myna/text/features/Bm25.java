package dev.myna.text.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A collection of documents in memory, searched by BM25. The score of every term in every document
 * is worked out when the collection is built, so a search only adds.
 *
 * <p>Unchangeable and safe for many threads.
 */
public final class Bm25 {
  private final AnalyzerSpec analyzer;
  private final TermTable terms;
  private final int documents;

  /** Documents and scores of term t stand at {@code starts[t]} to {@code starts[t + 1]}. */
  private final int[] starts;

  private final int[] postings;
  private final float[] scores;

  private final ThreadLocal<Search> searches = ThreadLocal.withInitial(Search::new);

  private Bm25(
      AnalyzerSpec analyzer,
      TermTable terms,
      int documents,
      int[] starts,
      int[] postings,
      float[] scores) {
    this.analyzer = analyzer;
    this.terms = terms;
    this.documents = documents;
    this.starts = starts;
    this.postings = postings;
    this.scores = scores;
  }

  /** A document found: its number in the order of the collection, from 0, and its score. */
  public record Hit(int document, double score) {}

  /**
   * The collection of the documents, read once.
   *
   * @throws FeatureException when there is no document or none has a term
   */
  public static Bm25 of(AnalyzerSpec analyzer, Bm25Spec spec, Iterable<String> documents) {
    TermCounts counts = new TermCounts();
    SparseMatrix.Builder frequencies = new SparseMatrix.Builder(Integer.MAX_VALUE);
    RowCounter row = new RowCounter(1 << 10);
    Analyzer each = analyzer.analyzer();
    int[] lengths = new int[64];
    for (String document : documents) {
      counts.startDocument();
      row.size = 0;
      int[] length = {0};
      each.analyze(
          document,
          (chars, start, end) -> {
            row.add(counts.add(chars, start, end), 1);
            length[0]++;
          });
      row.sort();
      for (int i = 0; i < row.size; i++) {
        frequencies.add(row.columns[i], row.take(row.columns[i]));
      }
      frequencies.endRow();
      if (counts.documents() > lengths.length) {
        lengths = Arrays.copyOf(lengths, lengths.length * 2);
      }
      lengths[counts.documents() - 1] = length[0];
    }
    if (counts.table.size() == 0) {
      throw new FeatureException(
          "A collection to search has at least one document with a term, but has none.");
    }
    return weigh(analyzer, spec, counts, frequencies.build(), lengths);
  }

  private static Bm25 weigh(
      AnalyzerSpec analyzer,
      Bm25Spec spec,
      TermCounts counts,
      SparseMatrix frequencies,
      int[] lengths) {
    int documents = counts.documents();
    int size = counts.table.size();
    double average = Arrays.stream(lengths, 0, documents).average().orElse(1);
    int[] starts = new int[size + 1];
    for (int term = 0; term < size; term++) {
      starts[term + 1] = starts[term] + counts.documentFrequency(term);
    }
    int[] at = starts.clone();
    int[] postings = new int[frequencies.entries()];
    float[] scores = new float[frequencies.entries()];
    for (int document = 0; document < documents; document++) {
      double relative = lengths[document] / average;
      for (int k = frequencies.starts()[document]; k < frequencies.starts()[document + 1]; k++) {
        int term = frequencies.indices()[k];
        double idf = spec.idf(documents, counts.documentFrequency(term));
        int place = at[term]++;
        postings[place] = document;
        scores[place] = (float) (idf * spec.saturated(frequencies.values()[k], relative));
      }
    }
    return new Bm25(analyzer, counts.table, documents, starts, postings, scores);
  }

  /** How many documents the collection has. */
  public int documents() {
    return documents;
  }

  /**
   * The best documents for the query, the best first; equally good ones in the order of the
   * collection. A term that the query has twice counts twice; documents without any are not found.
   *
   * @param k how many at most
   */
  public List<Hit> search(String query, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "A search finds at least 1 document, but %d were wanted.".formatted(k));
    }
    return searches.get().best(query, k);
  }

  /** The score of every document for the query. */
  public float[] scores(String query) {
    Search search = searches.get();
    float[] sums = search.add(query).clone();
    search.clear();
    return sums;
  }

  /** What one thread needs to search. */
  private final class Search {
    private final Analyzer analyzing = analyzer.analyzer();
    private final float[] sums = new float[documents];
    private int[] found = new int[16];
    private int foundSize;

    private float[] add(String query) {
      foundSize = 0;
      analyzing.analyze(
          query,
          (chars, start, end) -> {
            int term = terms.find(chars, start, end);
            if (term >= 0) {
              if (foundSize == found.length) {
                found = Arrays.copyOf(found, foundSize * 2);
              }
              found[foundSize++] = term;
            }
          });
      for (int i = 0; i < foundSize; i++) {
        for (int p = starts[found[i]], end = starts[found[i] + 1]; p < end; p++) {
          sums[postings[p]] += scores[p];
        }
      }
      return sums;
    }

    private void clear() {
      Arrays.fill(sums, 0);
    }

    /** Keeps the k best in a heap whose root is the worst of them. */
    List<Hit> best(String query, int k) {
      float[] all = add(query);
      int[] heap = new int[Math.min(k, documents)];
      int size = 0;
      float least = 0;
      for (int document = 0; document < documents; document++) {
        if (all[document] > least) {
          if (size < heap.length) {
            heap[size++] = document;
            if (size == heap.length) {
              for (int i = size / 2 - 1; i >= 0; i--) {
                sink(heap, i, size);
              }
              least = all[heap[0]];
            }
          } else {
            heap[0] = document;
            sink(heap, 0, size);
            least = all[heap[0]];
          }
        }
      }
      List<Hit> hits = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        hits.add(new Hit(heap[i], all[heap[i]]));
      }
      hits.sort(
          (a, b) ->
              a.score() != b.score()
                  ? Double.compare(b.score(), a.score())
                  : Integer.compare(a.document(), b.document()));
      clear();
      return hits;
    }

    private boolean worse(int a, int b) {
      return sums[a] < sums[b] || sums[a] == sums[b] && a > b;
    }

    private void sink(int[] heap, int from, int size) {
      int moving = heap[from];
      int i = from;
      while (2 * i + 1 < size) {
        int child = 2 * i + 1;
        if (child + 1 < size && worse(heap[child + 1], heap[child])) {
          child++;
        }
        if (!worse(heap[child], moving)) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = moving;
    }
  }
}

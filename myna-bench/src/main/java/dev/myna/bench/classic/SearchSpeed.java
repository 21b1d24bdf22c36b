package dev.myna.bench.classic;

import dev.myna.text.features.AnalyzerSpec;
import dev.myna.text.features.Bm25;
import dev.myna.text.features.Bm25Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The ten best documents of scifact for every query, by BM25 and by Lucene's index in memory, in
 * turns in one run on one thread; prints medians of queries per second and their ratio.
 *
 * <pre>myna-bench/run classic.SearchSpeed DATA-FOLDER</pre>
 */
public final class SearchSpeed {
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 9;

  private SearchSpeed() {}

  /** Finds the best documents for a query, and says how many. */
  private interface Search {
    int best(String query) throws IOException;
  }

  public static void main(String[] args) throws IOException {
    SearchCollection collection = SearchCollection.scifact(Path.of(args[0]));
    Bm25 index =
        Bm25.of(AnalyzerSpec.ENGLISH_SEARCH, Bm25Spec.LUCENE, collection.documents().values());
    List<String> queries = List.copyOf(collection.queries().values());
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      EnglishAnalyzer analyzer = new EnglishAnalyzer();
      IndexSearcher searcher = searcher(directory, analyzer, collection);
      double[] ours = new double[ROUNDS];
      double[] theirs = new double[ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        double our = queriesPerSecond(queries, query -> index.search(query, 10).size());
        double their =
            queriesPerSecond(
                queries, query -> searcher.search(parsed(analyzer, query), 10).scoreDocs.length);
        if (round >= 0) {
          ours[round] = our;
          theirs[round] = their;
        }
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      int middle = ROUNDS / 2;
      System.out.printf(
          Locale.ROOT,
          "scifact top 10: myna %.0f queries/s, Lucene %.0f queries/s, ratio %.2f%n",
          ours[middle],
          theirs[middle],
          ours[middle] / theirs[middle]);
    }
  }

  private static double queriesPerSecond(List<String> queries, Search search) throws IOException {
    long start = System.nanoTime();
    int found = 0;
    for (String query : queries) {
      found += search.best(query);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (found < queries.size()) {
      throw new IllegalStateException("too little was found");
    }
    return queries.size() / seconds;
  }

  private static IndexSearcher searcher(
      ByteBuffersDirectory directory, EnglishAnalyzer analyzer, SearchCollection collection)
      throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (String text : collection.documents().values()) {
        Document document = new Document();
        document.add(new TextField("text", text, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
    searcher.setQueryCache(null);
    return searcher;
  }

  private static BooleanQuery parsed(EnglishAnalyzer analyzer, String query) throws IOException {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String word : words(analyzer, query)) {
      words.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
    }
    return words.build();
  }

  private static List<String> words(EnglishAnalyzer analyzer, String query) throws IOException {
    List<String> words = new ArrayList<>();
    try (var stream = analyzer.tokenStream("text", query)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    }
    return words;
  }
}

package dev.myna.bench.classic;

import dev.myna.text.features.AnalyzerSpec;
import dev.myna.text.features.Bm25;
import dev.myna.text.features.Bm25Spec;
import dev.myna.text.metrics.Ranking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * BM25 on scifact, cacm and cranfield: nDCG@10 and MAP of every variant, at k1 = 0.9 and b = 0.4.
 *
 * <pre>myna-bench/run classic.SearchFigures DATA-FOLDER</pre>
 */
public final class SearchFigures {
  private SearchFigures() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (SearchCollection collection :
        List.of(
            SearchCollection.scifact(folder),
            SearchCollection.cacm(folder),
            SearchCollection.cranfield(folder))) {
      for (Bm25Spec.Variant variant : Bm25Spec.Variant.values()) {
        Bm25Spec spec = Bm25Spec.of(variant, 0.9, 0.4);
        judge(collection, variant.name(), AnalyzerSpec.ENGLISH_SEARCH, spec);
      }
      judge(collection, "LUCENE, not stemmed", AnalyzerSpec.WORDS, Bm25Spec.LUCENE);
    }
  }

  private static void judge(
      SearchCollection collection, String what, AnalyzerSpec analyzer, Bm25Spec spec) {
    Bm25 index = Bm25.of(analyzer, spec, collection.documents().values());
    List<String> names = List.copyOf(collection.documents().keySet());
    double ndcg = 0;
    double precision = 0;
    for (Map.Entry<String, Map<String, Integer>> judged : collection.judgements().entrySet()) {
      String query = Objects.requireNonNull(collection.queries().get(judged.getKey()));
      List<String> found =
          index.search(query, 1000).stream().map(hit -> names.get(hit.document())).toList();
      Ranking ranking = Ranking.of(judged.getValue(), found);
      ndcg += ranking.ndcg(10);
      precision += ranking.averagePrecision();
    }
    int queries = collection.judgements().size();
    System.out.printf(
        Locale.ROOT,
        "%-10s %-20s nDCG@10 %.4f  MAP %.4f  (%d documents, %d queries)%n",
        collection.name(),
        what,
        ndcg / queries,
        precision / queries,
        names.size(),
        queries);
  }
}

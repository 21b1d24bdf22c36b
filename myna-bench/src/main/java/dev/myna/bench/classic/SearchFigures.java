package dev.myna.bench.classic;

import dev.myna.text.features.AnalyzerSpec;
import dev.myna.text.features.Bm25;
import dev.myna.text.features.Bm25Spec;
import dev.myna.text.features.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * BM25 on scifact, cacm and cranfield: nDCG@10, MAP and queries per second beside Lucene's index in
 * memory, in turns in one run.
 *
 * <pre>java -cp … dev.myna.bench.classic.SearchFigures DATA-FOLDER</pre>
 */
public final class SearchFigures {
  private SearchFigures() {}

  /** Documents and queries by their names, and for each query the documents that answer it. */
  private record Collection(
      String name,
      Map<String, String> documents,
      Map<String, String> queries,
      Map<String, Map<String, Integer>> answers) {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (Collection collection : List.of(scifact(folder), cacm(folder), cranfield(folder))) {
      List<String> names = List.copyOf(collection.documents.keySet());
      for (Bm25Spec.Variant variant : Bm25Spec.Variant.values()) {
        Bm25 index =
            Bm25.of(
                AnalyzerSpec.ENGLISH_SEARCH,
                Bm25Spec.of(variant, 0.9, 0.4),
                collection.documents.values());
        judge(collection, variant.name(), names, index);
      }
      Bm25 plain = Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.LUCENE, collection.documents.values());
      judge(collection, "LUCENE, not stemmed", names, plain);
    }
    speed(scifact(folder));
  }

  private static void judge(Collection collection, String what, List<String> names, Bm25 index) {
    double ndcg = 0;
    double precision = 0;
    for (Map.Entry<String, Map<String, Integer>> query : collection.answers.entrySet()) {
      List<Integer> grades = new ArrayList<>();
      for (Bm25.Hit hit :
          index.search(
              java.util.Objects.requireNonNull(collection.queries.get(query.getKey())), 1000)) {
        grades.add(query.getValue().getOrDefault(names.get(hit.document()), 0));
      }
      ndcg += ndcg(grades, query.getValue());
      precision += averagePrecision(grades, query.getValue());
    }
    int n = collection.answers.size();
    System.out.printf(
        "%-10s %-20s nDCG@10 %.4f  MAP %.4f  (%d documents, %d queries)%n",
        collection.name, what, ndcg / n, precision / n, names.size(), n);
  }

  private static double ndcg(List<Integer> grades, Map<String, Integer> answers) {
    double gain = 0;
    for (int i = 0; i < Math.min(10, grades.size()); i++) {
      gain += grades.get(i) / (Math.log(i + 2) / Math.log(2));
    }
    int[] best = answers.values().stream().mapToInt(g -> -g).sorted().limit(10).toArray();
    double ideal = 0;
    for (int i = 0; i < best.length; i++) {
      ideal += -best[i] / (Math.log(i + 2) / Math.log(2));
    }
    return ideal == 0 ? 0 : gain / ideal;
  }

  private static double averagePrecision(List<Integer> grades, Map<String, Integer> answers) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < grades.size(); i++) {
      if (grades.get(i) > 0) {
        sum += ++found / (i + 1.0);
      }
    }
    long all = answers.values().stream().filter(g -> g > 0).count();
    return all == 0 ? 0 : sum / all;
  }

  private static void speed(Collection collection) throws IOException {
    Bm25 index =
        Bm25.of(AnalyzerSpec.ENGLISH_SEARCH, Bm25Spec.LUCENE, collection.documents.values());
    List<String> queries = List.copyOf(collection.queries.values());
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      EnglishAnalyzer analyzer = new EnglishAnalyzer();
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (String text : collection.documents.values()) {
          Document document = new Document();
          document.add(new TextField("text", text, Field.Store.NO));
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
      searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
      searcher.setQueryCache(null);
      double[] ours = new double[9];
      double[] theirs = new double[9];
      for (int round = -4; round < 9; round++) {
        long start = System.nanoTime();
        int found = 0;
        for (String query : queries) {
          found += index.search(query, 10).size();
        }
        double ourSeconds = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        for (String query : queries) {
          BooleanQuery.Builder words = new BooleanQuery.Builder();
          for (String word : words(analyzer, query)) {
            words.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
          }
          found += searcher.search(words.build(), 10).scoreDocs.length;
        }
        double theirSeconds = (System.nanoTime() - start) / 1e9;
        if (round >= 0) {
          ours[round] = queries.size() / ourSeconds;
          theirs[round] = queries.size() / theirSeconds;
        }
        if (found < queries.size()) {
          throw new IllegalStateException("too little was found");
        }
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      System.out.printf(
          "scifact top 10: myna %.0f queries/s, Lucene %.0f queries/s, ratio %.2f%n",
          ours[4], theirs[4], ours[4] / theirs[4]);
    }
  }

  private static List<String> words(EnglishAnalyzer analyzer, String query) throws IOException {
    List<String> words = new ArrayList<>();
    try (var stream = analyzer.tokenStream("text", query)) {
      var term =
          stream.addAttribute(org.apache.lucene.analysis.tokenattributes.CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    }
    return words;
  }

  private static Collection scifact(Path folder) {
    Map<String, String> documents = new LinkedHashMap<>();
    for (String line : Documents.lines(folder.resolve("scifact/corpus.jsonl.gz"))) {
      JsonNode node = JsonMapper.shared().readTree(line);
      documents.put(
          node.get("_id").asString(),
          node.get("title").asString() + " " + node.get("text").asString());
    }
    Map<String, String> queries = new LinkedHashMap<>();
    for (String line : Documents.lines(folder.resolve("scifact/queries.jsonl"))) {
      JsonNode node = JsonMapper.shared().readTree(line);
      queries.put(node.get("_id").asString(), node.get("text").asString());
    }
    Map<String, Map<String, Integer>> answers = new LinkedHashMap<>();
    for (String line : Documents.lines(folder.resolve("scifact/qrels/test.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("query-id")) {
        answers
            .computeIfAbsent(fields[0], q -> new HashMap<>())
            .put(fields[1], Integer.parseInt(fields[2]));
      }
    }
    return new Collection("scifact", documents, queries, answers);
  }

  private static Collection cacm(Path folder) throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("cacm/cacm.tar.gz")))) {
      byte[] tar = in.readAllBytes();
      for (int at = 0; at + 512 < tar.length && tar[at] != 0; ) {
        String name = new String(tar, at, 100, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
        String octal = new String(tar, at + 124, 11, StandardCharsets.US_ASCII).strip();
        int size = Integer.parseInt(octal, 8);
        String html = new String(tar, at + 512, size, StandardCharsets.ISO_8859_1);
        if (name.endsWith(".html")) {
          String id = name.replaceAll(".*/", "").replace(".html", "");
          documents.put(id, html.replaceAll("<[^>]*>", " "));
        }
        at += 512 + (size + 511) / 512 * 512;
      }
    }
    Map<String, String> queries = new LinkedHashMap<>();
    String text = Files.readString(folder.resolve("cacm/query.text"), StandardCharsets.ISO_8859_1);
    Matcher topic =
        Pattern.compile("\\.I (\\d+)\\n\\.W\\n(.*?)(?=\\n\\.[AN]\\n|\\n\\.I |\\z)", Pattern.DOTALL)
            .matcher(text);
    while (topic.find()) {
      queries.put(topic.group(1), topic.group(2));
    }
    return new Collection("cacm", documents, queries, qrels(folder.resolve("cacm/qrels.cacm.txt")));
  }

  private static Collection cranfield(Path folder) throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(folder.resolve("cranfield/cran.all.1400.xml.gz")))) {
      String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher document =
          Pattern.compile("<docno>\\s*(\\d+)\\s*</docno>(.*?)</doc>", Pattern.DOTALL).matcher(xml);
      while (document.find()) {
        documents.put(document.group(1), document.group(2).replaceAll("<[^>]*>", " "));
      }
    }
    Map<String, String> queries = new LinkedHashMap<>();
    String xml = Files.readString(folder.resolve("cranfield/cran.qry.xml"));
    Matcher topic = Pattern.compile("<title>(.*?)</title>", Pattern.DOTALL).matcher(xml);
    while (topic.find()) {
      // The judgements count the queries in the order of the file, not by their numbers.
      queries.put(Integer.toString(queries.size() + 1), topic.group(1));
    }
    return new Collection(
        "cranfield", documents, queries, qrels(folder.resolve("cranfield/cranqrel.trec.txt")));
  }

  private static Map<String, Map<String, Integer>> qrels(Path file) {
    Map<String, Map<String, Integer>> answers = new LinkedHashMap<>();
    for (String line : Documents.lines(file)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length == 4) {
        answers
            .computeIfAbsent(fields[0], q -> new HashMap<>())
            .put(fields[2], Integer.parseInt(fields[3]));
      }
    }
    return answers;
  }
}

package dev.myna.bench.classic;

import dev.myna.text.features.Documents;
import dev.myna.text.metrics.TrecFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents and queries by their names, and for each query the judgements of documents. */
record SearchCollection(
    String name,
    Map<String, String> documents,
    Map<String, String> queries,
    Map<String, Map<String, Integer>> judgements) {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  /**
   * What a page of CACM holds beside title, abstract, authors, keywords and categories: the issue,
   * the entry's number and date, and the table of citations.
   */
  private static final Pattern CACM_RECORD =
      Pattern.compile("CACM \\w+, \\d{4}|CA\\d{6}.*|\\d+\\t\\d\\t\\d+");

  /** BEIR's SciFact: titles and abstracts, and claims as queries. */
  static SearchCollection scifact(Path folder) {
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
    return new SearchCollection(
        "scifact",
        documents,
        queries,
        TrecFiles.judgements(folder.resolve("scifact/qrels/test.tsv")));
  }

  /** CACM: the fields T, W, A and K of documents, W, A and K of queries. */
  static SearchCollection cacm(Path folder) throws IOException {
    return new SearchCollection(
        "cacm",
        cacmDocuments(folder.resolve("cacm/cacm.tar.gz")),
        cacmQueries(folder.resolve("cacm/query.text")),
        TrecFiles.judgements(folder.resolve("cacm/qrels.cacm.txt")));
  }

  private static Map<String, String> cacmDocuments(Path file) throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] tar = in.readAllBytes();
      for (int at = 0; at + 512 < tar.length && tar[at] != 0; ) {
        String name = new String(tar, at, 100, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
        String octal = new String(tar, at + 124, 11, StandardCharsets.US_ASCII).strip();
        int size = Integer.parseInt(octal, 8);
        if (name.endsWith(".html")) {
          String page = new String(tar, at + 512, size, StandardCharsets.ISO_8859_1);
          documents.put(name.replaceAll(".*/|\\.html", ""), withoutRecord(page));
        }
        at += 512 + (size + 511) / 512 * 512;
      }
    }
    return documents;
  }

  private static String withoutRecord(String page) {
    return TAG.matcher(page)
        .replaceAll(" ")
        .lines()
        .filter(line -> !CACM_RECORD.matcher(line.strip()).matches())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> cacmQueries(Path file) throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    String query = "";
    String field = "";
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(".I ")) {
        query = line.substring(3).strip();
        queries.put(query, "");
      } else if (line.matches("\\.[A-Z]\\s*")) {
        field = line.strip();
      } else if (field.matches("\\.[WAK]")) { // the rest says who asked
        queries.merge(query, "\n" + line, String::concat);
      }
    }
    return queries;
  }

  /** Cranfield: all fields of documents; its queries are numbered in the order of their file. */
  static SearchCollection cranfield(Path folder) throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(folder.resolve("cranfield/cran.all.1400.xml.gz")))) {
      String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher document =
          Pattern.compile("<docno>\\s*(\\d+)\\s*</docno>(.*?)</doc>", Pattern.DOTALL).matcher(xml);
      while (document.find()) {
        documents.put(document.group(1), TAG.matcher(document.group(2)).replaceAll(" "));
      }
    }
    Map<String, String> queries = new LinkedHashMap<>();
    String xml = Files.readString(folder.resolve("cranfield/cran.qry.xml"));
    Matcher topic = Pattern.compile("<title>(.*?)</title>", Pattern.DOTALL).matcher(xml);
    while (topic.find()) {
      queries.put(Integer.toString(queries.size() + 1), topic.group(1));
    }
    return new SearchCollection(
        "cranfield",
        documents,
        queries,
        TrecFiles.judgements(folder.resolve("cranfield/cranqrel.trec.txt")));
  }
}

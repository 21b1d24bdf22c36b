package dev.myna.text.metrics;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judgements and rankings in TREC's formats, fields separated by white space: {@code query
 * iteration document relevance} and {@code query Q0 document rank score run}. Judgements may also
 * be BEIR's three columns with a heading, {@code query-id corpus-id score}.
 */
public final class TrecFiles {
  private TrecFiles() {}

  /** Judgements of documents by query. */
  public static Map<String, Map<String, Integer>> judgements(Path file) {
    Map<String, Map<String, Integer>> judgements = new LinkedHashMap<>();
    List<String> lines = Segments.read(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> fields = Words.split(lines.get(i));
      if (fields.isEmpty() || (i == 0 && fields.getFirst().equals("query-id"))) {
        continue;
      }
      if (fields.size() != 3 && fields.size() != 4) {
        throw wrong(file, i, "query, iteration, document and relevance", lines.get(i));
      }
      String document = fields.get(fields.size() - 2);
      int relevance = relevance(file, i, fields.getLast(), lines.get(i));
      judgements.computeIfAbsent(fields.getFirst(), _ -> new HashMap<>()).put(document, relevance);
    }
    if (judgements.isEmpty()) {
      throw new MetricException("judgements are wanted, found none in " + file);
    }
    return judgements;
  }

  private static int relevance(Path file, int i, String field, String line) {
    try {
      return Integer.parseInt(field);
    } catch (NumberFormatException e) {
      throw wrong(file, i, "a whole number as the last field", line);
    }
  }

  /** Scores of documents by query. */
  public static Map<String, Map<String, Double>> run(Path file) {
    Map<String, Map<String, Double>> run = new LinkedHashMap<>();
    List<String> lines = Segments.read(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> fields = Words.split(lines.get(i));
      if (fields.isEmpty()) {
        continue;
      }
      if (fields.size() != 6) {
        throw wrong(file, i, "query, Q0, document, rank, score and run", lines.get(i));
      }
      double score = score(file, i, fields.get(4), lines.get(i));
      Map<String, Double> documents =
          run.computeIfAbsent(fields.getFirst(), _ -> new LinkedHashMap<>());
      if (documents.put(fields.get(2), score) != null) {
        throw wrong(file, i, "each document once for a query", lines.get(i));
      }
    }
    if (run.isEmpty()) {
      throw new MetricException("a ranking is wanted, found none in " + file);
    }
    return run;
  }

  private static double score(Path file, int i, String field, String line) {
    try {
      double score = Double.parseDouble(field);
      if (!Double.isNaN(score)) {
        return score;
      }
    } catch (NumberFormatException e) {
      // said below together with NaN
    }
    throw wrong(file, i, "a number as score", line);
  }

  private static MetricException wrong(Path file, int i, String wanted, String line) {
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    return new MetricException(
        "%s wanted, found \"%s\" in line %,d of %s".formatted(wanted, shown, i + 1, file));
  }
}

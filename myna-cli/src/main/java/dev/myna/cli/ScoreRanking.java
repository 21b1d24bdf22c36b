package dev.myna.cli;

import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Ranking;
import dev.myna.text.metrics.TrecFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What trec_eval tells of a run. */
@Command(
    name = "ranking",
    description = "MAP, MRR, nDCG, precision and recall of rankings, as trec_eval gives them.",
    footer = "  myna score ranking --run bm25.run --qrels qrels.txt")
final class ScoreRanking extends Work {
  @Option(
      names = {"--run", "--predictions"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "The ranking: query, Q0, document, rank, score, name of the run.")
  Path run = Path.of("");

  @Option(
      names = {"--qrels", "--targets"},
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "The judgements: query, iteration, document, relevance.")
  Path qrels = Path.of("");

  @Option(
      names = "--cutoffs",
      paramLabel = "K",
      split = ",",
      order = 3,
      description = "Depths of precision, recall and nDCG (default: 1, 3, 5, 10, 100, 1000).")
  List<Integer> cutoffs = List.of(1, 3, 5, 10, 100, 1000);

  @Option(
      names = "--complete",
      order = 4,
      description = "Count judged queries that the run does not answer, with 0.")
  boolean complete;

  @Override
  int run(Output out, Figures figures) {
    Map<String, Map<String, Integer>> judged = TrecFiles.judgements(qrels);
    Map<String, Map<String, Double>> found = TrecFiles.run(run);
    List<Ranking> rankings = new ArrayList<>();
    judged.forEach(
        (query, judgements) -> {
          if (complete || found.containsKey(query)) {
            rankings.add(Ranking.of(judgements, found.getOrDefault(query, Map.of())));
          }
        });
    if (rankings.isEmpty()) {
      throw new MetricException(
          "%s and %s should name the same queries, found none in common".formatted(run, qrels));
    }
    Map<String, Double> means = new LinkedHashMap<>();
    mean(means, "map", rankings, Ranking::averagePrecision);
    mean(means, "mrr", rankings, Ranking::reciprocalRank);
    mean(means, "r_precision", rankings, Ranking::rPrecision);
    mean(means, "ndcg", rankings, Ranking::ndcg);
    for (int k : cutoffs) {
      mean(means, "precision_at_" + k, rankings, r -> r.precision(k));
      mean(means, "recall_at_" + k, rankings, r -> r.recall(k));
      mean(means, "ndcg_at_" + k, rankings, r -> r.ndcg(k));
      mean(means, "success_at_" + k, rankings, r -> r.success(k));
    }
    figures.put("queries", rankings.size());
    means.forEach(figures::put);
    out.line("%d queries", rankings.size());
    out.table(
        List.of("", "mean"),
        means.entrySet().stream()
            .map(e -> List.of(e.getKey(), String.format(Locale.ROOT, "%.4f", e.getValue())))
            .toList());
    return Myna.DONE;
  }

  private static void mean(
      Map<String, Double> means,
      String name,
      List<Ranking> rankings,
      ToDoubleFunction<Ranking> figure) {
    means.put(name, rankings.stream().mapToDouble(figure).average().orElse(0));
  }
}

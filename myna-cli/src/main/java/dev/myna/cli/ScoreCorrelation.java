package dev.myna.cli;

import dev.myna.text.metrics.Correlation;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How predicted numbers go with the true ones. */
@Command(
    name = "correlation",
    description = "Pearson, Spearman and Kendall (tau-b) of two lists of numbers.",
    footer = "  myna score correlation --predictions out.txt --targets gold.txt")
final class ScoreCorrelation extends Work {
  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "Predicted numbers, one a line.")
  Path predictions = Path.of("");

  @Option(
      names = {"--targets", "--references"},
      paramLabel = "FILE",
      required = true,
      order = 2,
      description = "True numbers, one a line.")
  Path targets = Path.of("");

  @Override
  int run(Output out, Figures figures) {
    double[] x = NumberFiles.column(predictions);
    double[] y = NumberFiles.column(targets);
    double pearson = Correlation.pearson(x, y);
    double spearman = Correlation.spearman(x, y);
    double kendall = Correlation.kendall(x, y);
    figures.put("pearson", pearson);
    figures.put("spearman", spearman);
    figures.put("kendall", kendall);
    figures.put("pairs", x.length);
    out.line("Pearson   %.5f", pearson);
    out.line("Spearman  %.5f", spearman);
    out.line("Kendall   %.5f", kendall);
    return Myna.DONE;
  }
}

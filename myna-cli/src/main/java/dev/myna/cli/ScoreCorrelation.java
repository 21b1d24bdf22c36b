package dev.myna.cli;

import dev.myna.text.metrics.Correlation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How predicted numbers go with the true ones. */
@Command(
    name = "correlation",
    description = "Pearson, Spearman and Kendall (tau-b) of two lists of numbers.",
    footer = "  myna score correlation --predictions out.txt --targets gold.txt")
final class ScoreCorrelation extends Work {
  @Mixin ScoreItems files = new ScoreItems();

  @Override
  int run(Output out, Figures figures) {
    double[] x = NumberFiles.column(files.predictions);
    double[] y = NumberFiles.column(files.targets);
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

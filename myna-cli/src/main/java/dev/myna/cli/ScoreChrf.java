package dev.myna.cli;

import dev.myna.text.metrics.Chrf;
import dev.myna.text.metrics.ChrfScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** chrF and chrF++ as sacreBLEU computes them. */
@Command(
    name = "chrf",
    description = "chrF, or chrF++ with --word-order 2; equal to sacreBLEU's.",
    footer = "  myna score chrf --hypotheses out.de --references test.de --word-order 2")
final class ScoreChrf extends ScoreText {
  @Option(
      names = {"--char-order", "--chrf-char-order"},
      paramLabel = "N",
      order = 3,
      description = "The longest n-gram of characters (default: ${DEFAULT-VALUE}).")
  int charOrder = 6;

  @Option(
      names = {"--word-order", "--chrf-word-order"},
      paramLabel = "N",
      order = 4,
      description = "The longest n-gram of words; 2 makes chrF++ (default: ${DEFAULT-VALUE}).")
  int wordOrder;

  @Option(
      names = {"--beta", "--chrf-beta"},
      paramLabel = "N",
      order = 5,
      description = "How much recall weighs (default: ${DEFAULT-VALUE}).")
  int beta = 2;

  @Option(
      names = {"--lowercase", "--chrf-lowercase"},
      order = 6,
      description = "Ignore case.")
  boolean lowercase;

  @Option(
      names = {"--whitespace", "--chrf-whitespace"},
      order = 7,
      description = "Count white space as characters.")
  boolean whitespace;

  @Option(
      names = {"--eps-smoothing", "--chrf-eps-smoothing"},
      order = 8,
      description = "Smooth as chrF++.py, NLTK and Moses do.")
  boolean epsSmoothing;

  @Override
  Chrf metric() {
    return new Chrf(charOrder, wordOrder, beta, lowercase, whitespace, epsSmoothing);
  }

  @Override
  void show(double[] statistics, int references, Output out, Figures figures) {
    Chrf metric = metric();
    ChrfScore score =
        new ChrfScore(metric.name(), metric.value(statistics), metric.signature(references));
    out.line(score.toString());
    figures.put("name", score.name());
    figures.put("score", score.score());
    figures.put("signature", score.signature());
    figures.put("char_order", charOrder);
    figures.put("word_order", wordOrder);
    figures.put("beta", beta);
  }
}

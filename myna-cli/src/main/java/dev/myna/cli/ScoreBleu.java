package dev.myna.cli;

import dev.myna.text.metrics.Bleu;
import dev.myna.text.metrics.BleuScore;
import dev.myna.text.metrics.BleuTokenizer;
import dev.myna.text.metrics.CorpusMetric;
import dev.myna.text.metrics.Smoothing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** BLEU as sacreBLEU computes it. */
@Command(
    name = "bleu",
    description = "BLEU, equal to sacreBLEU's for the same signature.",
    footer = "  myna score bleu --hypotheses out.de --references test.de --tokenize 13a")
final class ScoreBleu extends ScoreText {
  @Option(
      names = "--tokenize",
      paramLabel = "NAME",
      order = 3,
      description = "13a, intl, zh, char or none (default: ${DEFAULT-VALUE}).")
  String tokenize = "13a";

  @Option(
      names = {"--smooth-method", "--smoothing"},
      paramLabel = "NAME",
      order = 4,
      description = "exp, floor, add-k or none (default: ${DEFAULT-VALUE}).")
  String smoothing = "exp";

  @Option(
      names = "--smooth-value",
      paramLabel = "X",
      order = 5,
      description = "Value of floor (0.1 unless given) and add-k (1 unless given).")
  @Nullable Double smoothValue;

  @Option(names = "--lowercase", order = 6, description = "Ignore case.")
  boolean lowercase;

  @Option(
      names = {"--max-order", "--max-ngram-order"},
      paramLabel = "N",
      order = 7,
      description = "The longest n-gram (default: ${DEFAULT-VALUE}).")
  int maxOrder = 4;

  @Option(
      names = "--effective-order",
      order = 8,
      description = "Leave out orders that the hypotheses are too short for.")
  boolean effectiveOrder;

  @Override
  Bleu metric() {
    Smoothing smooth = Smoothing.of(smoothing);
    if (smoothValue != null) {
      smooth = smooth.withValue(smoothValue);
    }
    return new Bleu(BleuTokenizer.of(tokenize), smooth, lowercase, maxOrder, effectiveOrder);
  }

  @Override
  CorpusMetric sentenceMetric() {
    return metric().withEffectiveOrder(true);
  }

  @Override
  void show(double[] statistics, int references, Output out, Figures figures) {
    BleuScore score = metric().score(statistics, references);
    out.line(score.toString());
    figures.put("name", "BLEU");
    figures.put("score", score.score());
    figures.put("signature", score.signature());
    figures.put("precisions", score.precisions());
    figures.put("bp", score.brevityPenalty());
    figures.put("brevity_penalty", score.brevityPenalty());
    figures.put("ratio", score.ratio());
    figures.put("sys_len", score.systemLength());
    figures.put("ref_len", score.referenceLength());
    figures.put("counts", score.matches());
    figures.put("totals", score.totals());
  }
}

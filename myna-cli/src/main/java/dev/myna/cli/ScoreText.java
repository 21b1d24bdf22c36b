package dev.myna.cli;

import dev.myna.text.metrics.CorpusMetric;
import dev.myna.text.metrics.Significance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the commands for BLEU, chrF and TER share: files, intervals and the test against another
 * system.
 */
abstract class ScoreText extends Work {
  /** How the difference to another system is tested. */
  enum Test {
    BOOTSTRAP,
    RANDOMIZATION
  }

  @Mixin ScoreTexts files = new ScoreTexts();

  @Mixin ScoreSamples sampling = new ScoreSamples();

  @Option(names = "--sentence-level", order = 20, description = "Score each segment too.")
  boolean sentenceLevel;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      order = 22,
      description = "Another system's output: test whether the difference is chance.")
  @Nullable Path baseline;

  @Option(
      names = "--test",
      paramLabel = "TEST",
      order = 23,
      description = "bootstrap or randomization (default: ${DEFAULT-VALUE}).")
  Test test = Test.BOOTSTRAP;

  /** The metric that the options ask for. */
  abstract CorpusMetric metric();

  /** The same metric as it is applied to single segments. */
  CorpusMetric sentenceMetric() {
    return metric();
  }

  /** Prints the score and puts what it is made of into the figures. */
  abstract void show(double[] statistics, int references, Output out, Figures figures);

  @Override
  int run(Output out, Figures figures) {
    CorpusMetric metric = metric();
    List<String> texts = files.hypotheses();
    List<List<String>> wanted = files.references();
    List<String> other = baseline == null ? List.of() : files.other(baseline);
    double[][] statistics = metric.statistics(texts, wanted);
    show(CorpusMetric.sum(statistics), wanted.size(), out, figures);
    figures.put("segments", texts.size());
    if (sampling.confidence != null) {
      showInterval(metric, statistics, sampling.confidence, out, figures);
    }
    if (baseline != null) {
      compare(metric, metric.statistics(other, wanted), statistics, out, figures);
    }
    if (sentenceLevel) {
      showSentences(texts, wanted, out, figures);
    }
    return Myna.DONE;
  }

  private void showInterval(
      CorpusMetric metric, double[][] statistics, double part, Output out, Figures figures) {
    Significance.Interval interval =
        new Significance(metric::value, sampling.samples, sampling.seed).interval(statistics, part);
    out.line(
        "%.4g %% interval: %.2f to %.2f (mean %.2f ± %.2f, %d samples)",
        100 * part,
        interval.low(),
        interval.high(),
        interval.mean(),
        interval.halfWidth(),
        sampling.samples);
    figures.put("confidence", part);
    figures.put("confidence_low", interval.low());
    figures.put("confidence_high", interval.high());
    figures.put("confidence_mean", interval.mean());
  }

  private void compare(
      CorpusMetric metric, double[][] other, double[][] own, Output out, Figures figures) {
    Significance tests = new Significance(metric::value, sampling.samples, sampling.seed);
    Significance.Comparison comparison =
        switch (test) {
          case BOOTSTRAP -> tests.pairedBootstrap(other, own);
          case RANDOMIZATION -> tests.approximateRandomization(other, own);
        };
    out.line(
        "baseline %.2f, difference %+.2f, p = %.4f (%s, %d samples)",
        comparison.baseline(),
        comparison.system() - comparison.baseline(),
        comparison.pValue(),
        test.name().toLowerCase(Locale.ROOT),
        sampling.samples);
    figures.put("baseline", comparison.baseline());
    figures.put("p_value", comparison.pValue());
  }

  private void showSentences(
      List<String> texts, List<List<String>> wanted, Output out, Figures figures) {
    CorpusMetric single = sentenceMetric();
    double[][] statistics = single.statistics(texts, wanted);
    List<Double> scores = Arrays.stream(statistics).map(single::value).toList();
    for (int i = 0; i < scores.size(); i++) {
      out.line("%d\t%.4f", i + 1, scores.get(i));
    }
    figures.put("sentence_scores", scores);
  }
}

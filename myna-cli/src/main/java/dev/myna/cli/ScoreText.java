package dev.myna.cli;

import dev.myna.text.metrics.CorpusMetric;
import dev.myna.text.metrics.Segments;
import dev.myna.text.metrics.Significance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = {"--hypotheses", "--hypothesis", "--predictions"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "What the system wrote, one segment a line (plain or .gz).")
  Path hypotheses = Path.of("");

  @Option(
      names = {"--references", "--reference", "--targets"},
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      order = 2,
      description = "What it should be, one file a reference, parallel line by line.")
  List<Path> references = List.of();

  @Option(names = "--sentence-level", order = 20, description = "Score each segment too.")
  boolean sentenceLevel;

  @Option(
      names = "--confidence",
      paramLabel = "PART",
      order = 21,
      description = "Give the bootstrap interval that holds this part, such as 0.95.")
  @Nullable Double confidence;

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

  @Option(
      names = "--samples",
      paramLabel = "N",
      order = 24,
      description = "Samples of the interval and the test (default: 1000).")
  int samples = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 25,
      description = "Seed of the samples (default: ${DEFAULT-VALUE}).")
  long seed = 12345;

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
    List<String> texts = Segments.read(hypotheses);
    List<List<String>> wanted = references.stream().map(Segments::read).toList();
    double[][] statistics = metric.statistics(texts, wanted);
    show(CorpusMetric.sum(statistics), wanted.size(), out, figures);
    figures.put("segments", texts.size());
    if (confidence != null) {
      showInterval(metric, statistics, confidence, out, figures);
    }
    if (baseline != null) {
      List<String> other = Segments.read(baseline);
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
        new Significance(metric::value, samples, seed).interval(statistics, part);
    out.line(
        "%.4g %% interval: %.2f to %.2f (mean %.2f ± %.2f, %d samples)",
        100 * part,
        interval.low(),
        interval.high(),
        interval.mean(),
        interval.halfWidth(),
        samples);
    figures.put("confidence", part);
    figures.put("confidence_low", interval.low());
    figures.put("confidence_high", interval.high());
    figures.put("confidence_mean", interval.mean());
  }

  private void compare(
      CorpusMetric metric, double[][] other, double[][] own, Output out, Figures figures) {
    Significance tests = new Significance(metric::value, samples, seed);
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
        samples);
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

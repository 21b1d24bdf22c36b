package dev.myna.text.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A metric of texts against references whose statistics of single segments add up to those of a
 * corpus. The additive form makes resampling tests cheap: see {@link Significance}.
 */
public sealed interface CorpusMetric permits Bleu, Chrf, Ter {
  /** The version of sacreBLEU whose definition and signature are followed. */
  String DEFINITION = "2.6.0";

  /** What is printed before the score, such as {@code BLEU} or {@code chrF2++}. */
  String name();

  /** Whether a greater score is the better one. */
  boolean higherIsBetter();

  /** Says in sacreBLEU's short form how the score was computed, so that it can be compared. */
  String signature(int references);

  /**
   * The statistics of one segment; they add up over segments.
   *
   * @param references at least one
   */
  double[] statistics(String hypothesis, List<String> references);

  /** The score that summed statistics give. */
  double value(double[] statistics);

  /** One statistic a segment, computed on all cores. References are one list a reference file. */
  default double[][] statistics(List<String> hypotheses, List<? extends List<String>> references) {
    check(hypotheses, references);
    double[][] statistics = new double[hypotheses.size()][];
    IntStream.range(0, statistics.length)
        .parallel()
        .forEach(
            i -> {
              List<String> own = references.stream().map(lines -> lines.get(i)).toList();
              statistics[i] = statistics(hypotheses.get(i), own);
            });
    return statistics;
  }

  /** The sum of all segments' statistics. */
  static double[] sum(double[][] statistics) {
    double[] sum = statistics[0].clone();
    for (int i = 1; i < statistics.length; i++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += statistics[i][k];
      }
    }
    return sum;
  }

  private static void check(List<String> hypotheses, List<? extends List<String>> references) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("at least one list of references is wanted, found none");
    }
    if (hypotheses.isEmpty()) {
      throw new MetricException("hypotheses to score are wanted, found an empty corpus");
    }
    for (int r = 0; r < references.size(); r++) {
      if (references.get(r).size() != hypotheses.size()) {
        throw new MetricException(
            "references %d should have one segment for each of the %,d hypotheses, found %,d; give files that are parallel line by line"
                .formatted(r + 1, hypotheses.size(), references.get(r).size()));
      }
    }
  }
}

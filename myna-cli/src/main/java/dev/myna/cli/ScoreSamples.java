package dev.myna.cli;

import dev.myna.text.metrics.Significance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How corpora are drawn anew for intervals and tests. */
final class ScoreSamples {
  @Option(
      names = "--confidence",
      paramLabel = "PART",
      order = 21,
      description = "Give the bootstrap intervals that hold this part, such as 0.95.")
  @Nullable Double confidence;

  @Option(
      names = "--samples",
      paramLabel = "N",
      order = 24,
      description = "Samples of intervals and tests (default: ${DEFAULT-VALUE}).")
  int samples = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 25,
      description = "Seed of the samples (default: ${DEFAULT-VALUE}).")
  long seed = 12345;

  /** An interval as figures. */
  static Map<String, Double> map(Significance.Interval interval) {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("low", interval.low());
    map.put("mean", interval.mean());
    map.put("high", interval.high());
    return map;
  }
}

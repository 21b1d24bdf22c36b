package dev.myna.text.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tells a real difference between two systems from chance, by resampling the statistics of the
 * segments that both were scored on. Results are the same for the same seed, whatever the number of
 * threads.
 *
 * <p>The tests are those of sacreBLEU, with other random numbers and with differences as great as
 * the observed one counted as chance too (Yeh, 2000), so that a system against itself gives 1.
 */
public final class Significance {
  private final ToDoubleFunction<double[]> score;
  private final int samples;
  private final long seed;

  /**
   * @param score the score that summed statistics give, such as {@code metric::value}
   * @param samples how many times to resample; 1,000 for bootstraps and 10,000 for randomisation
   *     are usual
   * @param seed of the random numbers
   */
  public Significance(ToDoubleFunction<double[]> score, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("at least one sample is wanted: " + samples);
    }
    this.score = score;
    this.samples = samples;
    this.seed = seed;
  }

  /**
   * Where a score lies.
   *
   * @param low lower end of the interval
   * @param mean of the resampled scores
   * @param high upper end of the interval
   */
  public record Interval(double low, double mean, double high) {
    /** Half of its width. */
    public double halfWidth() {
      return (high - low) / 2;
    }
  }

  /**
   * Two systems on the same segments.
   *
   * @param baseline score of the first
   * @param system score of the second
   * @param pValue how likely so great a difference is if the two are equally good
   */
  public record Comparison(double baseline, double system, double pValue) {}

  /** A statistic for plain means: the value and a count of one. Score it with {@link #MEAN}. */
  public static double[][] ofMeans(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> new double[] {value, 1})
        .toArray(double[][]::new);
  }

  /** The mean of statistics made by {@link #ofMeans}. */
  public static final ToDoubleFunction<double[]> MEAN = sum -> sum[0] / sum[1];

  /**
   * The bootstrap interval of a score (Koehn, 2004).
   *
   * @param statistics one for each segment
   * @param confidence the part of the resampled scores that lies within, such as 0.95
   */
  public Interval interval(double[][] statistics, double confidence) {
    check(statistics, statistics);
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must lie between 0 and 1: " + confidence);
    }
    double[] scores =
        sampled(random -> score.applyAsDouble(resample(statistics, draw(random, statistics))));
    Arrays.sort(scores);
    int cut = (int) (samples * (1 - confidence) / 2 + 1e-9);
    return new Interval(
        scores[cut], Arrays.stream(scores).average().orElseThrow(), scores[samples - 1 - cut]);
  }

  /** Paired bootstrap resampling (Koehn, 2004), two-sided. */
  public Comparison pairedBootstrap(double[][] baseline, double[][] system) {
    check(baseline, system);
    double[] differences =
        sampled(
            random -> {
              int[] drawn = draw(random, baseline);
              return Math.abs(
                  score.applyAsDouble(resample(system, drawn))
                      - score.applyAsDouble(resample(baseline, drawn)));
            });
    double mean = Arrays.stream(differences).average().orElseThrow();
    return compare(baseline, system, Arrays.stream(differences).map(d -> d - mean).toArray());
  }

  /**
   * Approximate randomisation (Riezler and Maxwell, 2005), two-sided: outputs change sides by
   * chance.
   */
  public Comparison approximateRandomization(double[][] baseline, double[][] system) {
    check(baseline, system);
    double[] differences =
        sampled(
            random -> {
              double[] first = new double[baseline[0].length];
              double[] second = new double[baseline[0].length];
              for (int i = 0; i < baseline.length; i++) {
                boolean swapped = random.nextBoolean();
                add(first, swapped ? system[i] : baseline[i]);
                add(second, swapped ? baseline[i] : system[i]);
              }
              return Math.abs(score.applyAsDouble(first) - score.applyAsDouble(second));
            });
    return compare(baseline, system, differences);
  }

  private Comparison compare(double[][] baseline, double[][] system, double[] byChance) {
    double first = score.applyAsDouble(CorpusMetric.sum(baseline));
    double second = score.applyAsDouble(CorpusMetric.sum(system));
    double observed = Math.abs(first - second);
    // sums in another order may differ by rounding
    double least = observed - 1e-12 * Math.max(1, Math.abs(first));
    long asGreat = Arrays.stream(byChance).filter(d -> d >= least).count();
    return new Comparison(first, second, (asGreat + 1.0) / (byChance.length + 1.0));
  }

  private double[] sampled(ToDoubleFunction<SplittableRandom> sample) {
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom[] own = new SplittableRandom[samples];
    Arrays.setAll(own, _ -> root.split());
    return IntStream.range(0, samples)
        .parallel()
        .mapToDouble(i -> sample.applyAsDouble(own[i]))
        .toArray();
  }

  private static int[] draw(SplittableRandom random, double[][] statistics) {
    int[] drawn = new int[statistics.length];
    Arrays.setAll(drawn, _ -> random.nextInt(statistics.length));
    return drawn;
  }

  private static double[] resample(double[][] statistics, int[] drawn) {
    double[] sum = new double[statistics[0].length];
    for (int i : drawn) {
      add(sum, statistics[i]);
    }
    return sum;
  }

  private static void add(double[] sum, double[] statistic) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += statistic[k];
    }
  }

  private static void check(double[][] baseline, double[][] system) {
    if (baseline.length == 0 || baseline.length != system.length) {
      throw new MetricException(
          "two systems on the same segments are wanted, found %,d and %,d segments"
              .formatted(baseline.length, system.length));
    }
  }
}

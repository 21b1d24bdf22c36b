package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static double[] values(int count, double mean, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToDouble(_ -> mean + random.nextGaussian()).toArray();
  }

  @Test
  void aSystemDoesNotDifferFromItself() {
    double[][] own = Significance.ofMeans(values(50, 0, 1));
    Significance tests = new Significance(Significance.MEAN, 500, 7);
    assertThat(tests.approximateRandomization(own, own).pValue()).isEqualTo(1);
    assertThat(tests.pairedBootstrap(own, own).pValue()).isEqualTo(1);
  }

  @Test
  void aGreatDifferenceIsUnlikelyByChanceAndASmallOneIsNot() {
    double[][] baseline = Significance.ofMeans(values(200, 0, 1));
    double[][] better = Significance.ofMeans(values(200, 1, 2));
    double[][] same = Significance.ofMeans(values(200, 0.0, 3));
    Significance tests = new Significance(Significance.MEAN, 1000, 7);
    assertThat(tests.approximateRandomization(baseline, better).pValue()).isLessThan(0.01);
    assertThat(tests.pairedBootstrap(baseline, better).pValue()).isLessThan(0.01);
    assertThat(tests.approximateRandomization(baseline, same).pValue()).isGreaterThan(0.05);
    assertThat(tests.pairedBootstrap(baseline, same).pValue()).isGreaterThan(0.05);
  }

  @Test
  void theIntervalOfAMeanIsTwoStandardErrorsWideOnEachSide() {
    double[][] statistics = Significance.ofMeans(values(400, 5, 1));
    Significance.Interval interval =
        new Significance(Significance.MEAN, 4000, 7).interval(statistics, 0.95);
    assertThat(interval.mean()).isCloseTo(5, within(0.15));
    assertThat(interval.halfWidth()).isCloseTo(1.96 / 20, within(0.015));
    assertThat(interval.low()).isLessThan(interval.mean());
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    Bleu bleu = Bleu.standard();
    List<String> hypotheses = List.of("the cat sat on the mat", "a b c d", "it was so");
    List<String> references = List.of("the cat sat on a mat", "a b d c", "so it was");
    double[][] statistics = bleu.statistics(hypotheses, List.of(references));
    Significance tests = new Significance(bleu::value, 100, 3);
    assertThat(tests.interval(statistics, 0.9)).isEqualTo(tests.interval(statistics, 0.9));
  }

  @Test
  void differentSegmentsAreRefused() {
    Significance tests = new Significance(Significance.MEAN, 10, 1);
    assertThatThrownBy(
            () ->
                tests.pairedBootstrap(
                    Significance.ofMeans(new double[] {1}),
                    Significance.ofMeans(new double[] {1, 2})))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("1 and 2 segments");
  }
}

package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TranslationPropertiesTest {
  private static final List<CorpusMetric> METRICS =
      List.of(
          Bleu.standard(),
          Bleu.standard().withTokenizer(BleuTokenizer.INTL).withSmoothing(new Smoothing.AddK(1)),
          Chrf.standard(),
          Chrf.plusPlus().withEpsilonSmoothing(true),
          Ter.standard(),
          new Ter(true, true, true, true));

  @Provide
  Arbitrary<List<String>> corpus() {
    return lines(0).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> longCorpus() {
    return lines(6).list().ofMinSize(1).ofMaxSize(6);
  }

  private static Arbitrary<String> lines(int shortest) {
    return Arbitraries.of("a", "b", "the", "cat", "3.5", "Eñe", "我们", "x-y", "end.", "(so)")
        .list()
        .ofMinSize(shortest)
        .ofMaxSize(14)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 100)
  void aTextAgainstItselfIsPerfect(@ForAll("longCorpus") List<String> corpus) {
    assertThat(Bleu.standard().corpus(corpus, List.of(corpus)).score())
        .isCloseTo(100, within(1e-9));
    assertThat(Chrf.plusPlus().corpus(corpus, List.of(corpus)).score())
        .isCloseTo(100, within(1e-9));
    assertThat(Ter.standard().corpus(corpus, List.of(corpus)).score()).isZero();
  }

  /** What sacreBLEU 2.6.0 gives: it tokenizes references twice, hypotheses once. */
  @Test
  void normalizedReferencesAreTokenizedTwice() {
    Ter ter = Ter.standard().withNormalized(true);
    assertThat(ter.sentence("version ..10 of it", List.of("version ..10 of it")).score())
        .isCloseTo(100 * 2 / 6.0, within(1e-9));
    assertThat(ter.sentence("version 1.10 of it", List.of("version 1.10 of it")).score()).isZero();
  }

  @Property(tries = 100)
  void scoresDoNotDependOnTheOrderOfSegmentsOrReferences(
      @ForAll("corpus") List<String> hypotheses, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> first = new ArrayList<>(hypotheses);
    List<String> second = new ArrayList<>(hypotheses);
    Collections.shuffle(first, random);
    Collections.shuffle(second, random);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < hypotheses.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    for (CorpusMetric metric : METRICS) {
      double[] sum = CorpusMetric.sum(metric.statistics(hypotheses, List.of(first, second)));
      double[] shuffled =
          CorpusMetric.sum(
              metric.statistics(
                  permuted(hypotheses, order),
                  List.of(permuted(second, order), permuted(first, order))));
      if (metric instanceof Chrf) {
        // of two references that score the same either one's statistics may be taken
        sum = CorpusMetric.sum(metric.statistics(hypotheses, List.of(first)));
        shuffled =
            CorpusMetric.sum(
                metric.statistics(permuted(hypotheses, order), List.of(permuted(first, order))));
      }
      assertThat(metric.value(shuffled)).isCloseTo(metric.value(sum), within(1e-9));
    }
  }

  private static List<String> permuted(List<String> lines, List<Integer> order) {
    return order.stream().map(lines::get).toList();
  }

  @Property(tries = 200)
  void anyTextScoresWithinTheRange(@ForAll String hypothesis, @ForAll String reference) {
    for (CorpusMetric metric : METRICS) {
      double value = metric.value(metric.statistics(hypothesis, List.of(reference)));
      assertThat(value).isGreaterThanOrEqualTo(0).isFinite();
      if (metric.higherIsBetter()) {
        assertThat(value).isLessThanOrEqualTo(100 + 1e-9);
      }
    }
  }

  @Property(tries = 100)
  void statisticsOfSegmentsAddUp(@ForAll("corpus") List<String> corpus) {
    List<String> references = new ArrayList<>(corpus);
    Collections.reverse(references);
    for (CorpusMetric metric : METRICS) {
      double[] sum = new double[metric.statistics("", List.of("")).length];
      for (int i = 0; i < corpus.size(); i++) {
        double[] one = metric.statistics(corpus.get(i), List.of(references.get(i)));
        for (int k = 0; k < sum.length; k++) {
          sum[k] += one[k];
        }
      }
      assertThat(CorpusMetric.sum(metric.statistics(corpus, List.of(references))))
          .containsExactly(sum, within(1e-9));
    }
  }

  @Test
  void tooShortForFourGramsScoresZeroUnlessTheOrderIsEffective() {
    assertThat(Bleu.standard().sentence("a b", List.of("a b")).score()).isZero();
    assertThat(Bleu.sentences().sentence("a b", List.of("a b")).score())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void aShiftedBlockIsOneEdit() {
    assertThat(Ter.standard().sentence("d e f g h a b c", List.of("a b c d e f g h")).edits())
        .isEqualTo(1);
  }

  @Test
  void longLinesTakeLinearMemory() {
    String line = "one two three four five six seven ".repeat(3000);
    assertThat(Ter.standard().sentence(line, List.of(line + "eight")).edits()).isEqualTo(1);
  }

  @Test
  void parallelFilesAreWanted() {
    assertThatThrownBy(() -> Bleu.standard().corpus(List.of("a", "b"), List.of(List.of("a"))))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("references 1")
        .hasMessageContaining("2 hypotheses, found 1");
    assertThatThrownBy(() -> Chrf.standard().corpus(List.of(), List.of(List.of())))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("empty corpus");
    assertThatThrownBy(() -> Ter.standard().corpus(List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownNamesAreRefusedWithTheKnown() {
    assertThatThrownBy(() -> BleuTokenizer.of("14a")).hasMessageContaining("13a, intl");
    assertThatThrownBy(() -> Smoothing.of("expo")).hasMessageContaining("exp, floor");
    assertThatThrownBy(() -> new Smoothing.Exp().withValue(1)).hasMessageContaining("no value");
  }
}

package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final Map<String, Integer> JUDGED =
      Map.of("a", 2, "b", 0, "c", 1, "d", 1, "e", -1);

  @Test
  void figuresByHand() {
    Ranking ranking = Ranking.of(JUDGED, List.of("b", "a", "x", "c", "e"));
    assertThat(ranking.relevant()).isEqualTo(3);
    assertThat(ranking.precision(2)).isCloseTo(0.5, CLOSE);
    assertThat(ranking.precision(10)).isCloseTo(0.2, CLOSE);
    assertThat(ranking.recall(2)).isCloseTo(1 / 3.0, CLOSE);
    assertThat(ranking.success(1)).isZero();
    assertThat(ranking.success(2)).isEqualTo(1);
    assertThat(ranking.rPrecision()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(ranking.reciprocalRank()).isCloseTo(0.5, CLOSE);
    assertThat(ranking.averagePrecision()).isCloseTo((1 / 2.0 + 2 / 4.0) / 3, CLOSE);
    double log2of3 = Math.log(3) / Math.log(2);
    double log2of5 = Math.log(5) / Math.log(2);
    double ideal = 2 + 1 / log2of3 + 1 / 2.0;
    assertThat(ranking.ndcg()).isCloseTo((2 / log2of3 + 1 / log2of5) / ideal, CLOSE);
    assertThat(ranking.ndcg(2)).isCloseTo(2 / log2of3 / (2 + 1 / log2of3), CLOSE);
  }

  @Test
  void equalScoresAreOrderedByNameDescending() {
    Ranking ranking = Ranking.of(Map.of("b", 1), Map.of("a", 1.0, "b", 1.0, "c", 0.5));
    assertThat(ranking.reciprocalRank()).isEqualTo(1);
    // equal in single precision
    ranking = Ranking.of(Map.of("b", 1), Map.of("a", 1.00000000001, "b", 1.0));
    assertThat(ranking.reciprocalRank()).isEqualTo(1);
  }

  @Test
  void nothingRelevantGivesZero() {
    Ranking ranking = Ranking.of(Map.of("a", 0), List.of("a", "b"));
    assertThat(ranking.averagePrecision()).isZero();
    assertThat(ranking.ndcg(10)).isZero();
    assertThat(ranking.recall(10)).isZero();
    assertThatThrownBy(() -> ranking.precision(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 100)
  void theIdealOrderIsPerfect(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 3) Integer> gains) {
    Map<String, Integer> judged = new HashMap<>();
    Map<String, Double> scores = new HashMap<>();
    for (int i = 0; i < gains.size(); i++) {
      judged.put("d" + i, gains.get(i));
      scores.put("d" + i, gains.get(i).doubleValue());
    }
    Ranking ranking = Ranking.of(judged, scores);
    double perfect = gains.stream().anyMatch(g -> g > 0) ? 1 : 0;
    assertThat(ranking.ndcg()).isCloseTo(perfect, CLOSE);
    assertThat(ranking.averagePrecision()).isCloseTo(perfect, CLOSE);
    assertThat(ranking.reciprocalRank()).isCloseTo(perfect, CLOSE);
  }
}

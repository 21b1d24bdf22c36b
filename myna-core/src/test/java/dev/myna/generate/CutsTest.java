package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutsTest {
  @Test
  void topPKeepsTheTokenThatCrosses() {
    float[] scores = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
    Cuts.topP(scores, 0.6f);
    assertThat(scores[1]).isFinite();
    assertThat(scores[2]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Property
  void topPKeepsTheFewestThatHoldTheMass(
      @ForAll("scores") float[] scores, @ForAll @FloatRange(min = 0.01f, max = 0.99f) float p) {
    double[] before = Logits.softmax(scores);
    Cuts.topP(scores, p);
    double kept = 0;
    double least = 1;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > Float.NEGATIVE_INFINITY) {
        kept += before[i];
        least = Math.min(least, before[i]);
      }
    }
    assertThat(kept).isGreaterThan(p - 1e-6);
    assertThat(kept - least).isLessThan(p + 1e-6);
  }

  @Property
  void topKKeepsKAndWhatIsLevelWithThem(
      @ForAll("scores") float[] scores, @ForAll @IntRange(min = 1, max = 60) int k) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    float least = sorted[Math.max(0, sorted.length - k)];
    float[] wanted = scores.clone();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = wanted[i] < least ? Float.NEGATIVE_INFINITY : wanted[i];
    }
    Cuts.topK(scores, k);
    assertThat(scores).isEqualTo(wanted);
  }

  @Property
  void everyCutKeepsSomethingAndChangesNoScoreThatItKeeps(
      @ForAll("scores") float[] scores,
      @ForAll @FloatRange(min = 0.01f, max = 1) float p,
      @ForAll @IntRange(min = 1, max = 60) int k) {
    Strategy.Random random = new Strategy.Random(1, k, p, p, p, 0);
    float[] cut = scores.clone();
    for (LogitsProcessor each : Cuts.processors(random)) {
      each.process(new Tokens(new int[] {0}, 9), cut);
    }
    assertThat(Logits.argmax(cut)).isNotNegative();
    for (int i = 0; i < cut.length; i++) {
      assertThat(cut[i]).isIn(scores[i], Float.NEGATIVE_INFINITY);
    }
  }

  @Property
  void theTopIsWhatSortingGives(
      @ForAll("scores") float[] scores, @ForAll @IntRange(max = 60) int k) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(scores[b], scores[a])); // stable
    assertThat(Logits.top(scores, k))
        .isEqualTo(Arrays.stream(order).limit(k).mapToInt(Integer::intValue).toArray());
  }

  /** Coarse values, so that some are level. */
  @Provide
  Arbitrary<float[]> scores() {
    return Arbitraries.integers()
        .between(-40, 40)
        .map(i -> i / 4f)
        .array(Float[].class)
        .ofMinSize(1)
        .ofMaxSize(50)
        .map(
            boxed -> {
              float[] scores = new float[boxed.length];
              for (int i = 0; i < scores.length; i++) {
                scores[i] = boxed[i];
              }
              return scores;
            });
  }
}

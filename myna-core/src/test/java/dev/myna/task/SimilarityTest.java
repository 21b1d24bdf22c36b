package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.task.Similarity.Objective;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What each objective of similarity draws vectors to, in numbers that can be worked out by hand.
 */
class SimilarityTest {
  private static final float[] EAST = {2, 0};
  private static final float[] NORTH = {0, 3};
  private static final float[] WEST = {-1, 0};

  private static Tensor rows(float[]... vectors) {
    float[] all = new float[vectors.length * 2];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(vectors[i], 0, all, 2 * i, 2);
    }
    return Tensor.of(all, vectors.length, 2);
  }

  private static double loss(Objective objective, List<Tensor> vectors, float... scores) {
    return objective.loss(vectors, Tensor.of(scores, scores.length)).item();
  }

  @Test
  void cosinesAreDrawnToScores() {
    try (Scope scope = Scope.open()) {
      List<Tensor> pair = List.of(rows(EAST, EAST), rows(NORTH, EAST));

      assertThat(loss(new Objective.Scores(), pair, 0, 1)).isCloseTo(0, within(1e-6));
      assertThat(loss(new Objective.Scores(), pair, 1, 0.5f)).isCloseTo(0.625, within(1e-6));
    }
  }

  @Test
  void likesComeTogetherAndUnlikesStayBeyondTheMargin() {
    try (Scope scope = Scope.open()) {
      Objective pairs = new Objective.Pairs(0.5);
      List<Tensor> same = List.of(rows(EAST), rows(EAST));
      List<Tensor> across = List.of(rows(EAST), rows(NORTH));

      assertThat(loss(pairs, same, 1)).isCloseTo(0, within(1e-6));
      assertThat(loss(pairs, same, 0.2f)).isCloseTo(0.125, within(1e-6)); // 0.5² / 2
      assertThat(loss(pairs, across, 0.5f)).isCloseTo(0.5, within(1e-6)); // 1² / 2
      assertThat(loss(pairs, across, 0.49f)).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void aTextIsNearerToItsLikeByTheMargin() {
    try (Scope scope = Scope.open()) {
      Objective triplets = new Objective.Triplets(0.5);

      assertThat(loss(triplets, List.of(rows(EAST), rows(EAST), rows(NORTH)), 1))
          .isCloseTo(0, within(1e-6));
      assertThat(loss(triplets, List.of(rows(EAST), rows(NORTH), rows(EAST)), 1))
          .isCloseTo(1.5, within(1e-6));
    }
  }

  @Test
  void theOwnPartnerIsFoundInTheBatch() {
    try (Scope scope = Scope.open()) {
      Objective batch = new Objective.InBatch(0.5);
      double right = Math.log(1 + Math.exp(-4)); // cosines 1 and -1, divided by 0.5

      assertThat(loss(batch, List.of(rows(EAST, WEST), rows(EAST, WEST)), 1, 1))
          .isCloseTo(right, within(1e-6));
      assertThat(loss(batch, List.of(rows(EAST, WEST), rows(WEST, EAST)), 1, 1))
          .isCloseTo(4 + right, within(1e-5));
    }
  }
}

package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SentenceVectorsTest {
  private final WordVectors words =
      WordVectors.of(
          List.of("the", "cat", "dog"),
          List.of(new float[] {4, 0}, new float[] {0, 2}, new float[] {2, 2}));

  @Test
  void meansLeaveUnknownWordsOut() {
    SentenceVectors mean = SentenceVectors.mean(words);
    assertThat(mean.vector(List.of("the", "cat", "unknown"))).containsExactly(2, 1);
    assertThat(mean.vector(List.of("unknown"))).containsExactly(0, 0);
  }

  @Test
  void sifWeighsByRarityAndDropsTheCommonDirection() {
    var table = new WordTable();
    for (String word : List.of("the", "cat", "dog")) {
      assertThat(table.add(word.getBytes(StandardCharsets.UTF_8))).isNotNegative();
    }
    WordVectors counted = words.withCounts(new Vocabulary(table, new long[] {900, 50, 50}));
    List<List<String>> sentences = List.of(List.of("the", "cat"), List.of("the", "dog"));
    SentenceVectors sif = SentenceVectors.sif(counted, 0.1, sentences);
    // Weights 0.1 and 2/3: (0.2, 0.667) and (0.867, 0.667) before the common direction goes.
    double[][] plain = {{0.2, 2.0 / 3}, {0.1 * 2 + 2.0 / 3, 2.0 / 3}};
    double[] common = strongest(plain);
    for (int i = 0; i < 2; i++) {
      float[] vector = sif.vector(sentences.get(i));
      double along = plain[i][0] * common[0] + plain[i][1] * common[1];
      for (int j = 0; j < 2; j++) {
        assertThat((double) vector[j])
            .isCloseTo(plain[i][j] - along * common[j], Offset.offset(1e-5));
      }
    }
  }

  /** The angle of the strongest direction of two moments in closed form. */
  private static double[] strongest(double[][] points) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (double[] p : points) {
      xx += p[0] * p[0];
      xy += p[0] * p[1];
      yy += p[1] * p[1];
    }
    double angle = Math.atan2(2 * xy, xx - yy) / 2;
    return new double[] {Math.cos(angle), Math.sin(angle)};
  }

  @Test
  void sifWantsCounts() {
    assertThatThrownBy(() -> SentenceVectors.sif(words, 1e-3, List.of()))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("counts");
  }

  @Test
  void principalDirectionsAreThoseOfTheCloud() {
    var random = new Random(1);
    var points = new ArrayList<float[]>();
    for (int i = 0; i < 2000; i++) {
      double along = random.nextGaussian() * 5;
      double across = random.nextGaussian() * 2;
      points.add(
          new float[] {
            (float) (0.6 * along - 0.8 * across),
            (float) (0.8 * along + 0.6 * across),
            (float) (random.nextGaussian() * 0.1)
          });
    }
    float[][] directions = PrincipalComponents.directions(points, 3, 3);
    assertThat(Math.abs(directions[0][0] * 0.6 + directions[0][1] * 0.8))
        .isCloseTo(1, Offset.offset(1e-2));
    assertThat(Math.abs(directions[1][0] * 0.8 - directions[1][1] * 0.6))
        .isCloseTo(1, Offset.offset(1e-2));
    assertThat(Math.abs(directions[2][2])).isCloseTo(1, Offset.offset(1e-2f));
  }
}

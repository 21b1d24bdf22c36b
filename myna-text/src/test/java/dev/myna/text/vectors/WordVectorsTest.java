package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
  private static WordVectors random(long seed, int size, int dimension) {
    var random = new Random(seed);
    var words = new ArrayList<String>();
    var vectors = new ArrayList<float[]>();
    for (int i = 0; i < size; i++) {
      words.add("w" + i);
      var vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      vectors.add(vector);
    }
    return WordVectors.of(words, vectors);
  }

  private static double cosine(float[] x, float[] y) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int j = 0; j < x.length; j++) {
      xy += (double) x[j] * y[j];
      xx += (double) x[j] * x[j];
      yy += (double) y[j] * y[j];
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Property(tries = 20)
  void nearestWordsAreThoseOfAFullSort(@ForAll long seed) {
    WordVectors vectors = random(seed, 500, 13);
    var wanted = new ArrayList<String>();
    for (int i = 1; i < 500; i++) {
      wanted.add("w" + i);
    }
    wanted.sort(Comparator.comparingDouble(w -> -cosine(vectors.vector("w0"), vectors.vector(w))));
    List<Neighbour> nearest = vectors.nearest("w0", 10);
    assertThat(nearest).extracting(Neighbour::word).isEqualTo(wanted.subList(0, 10));
    assertThat(nearest.getFirst().score())
        .isCloseTo(
            cosine(vectors.vector("w0"), vectors.vector(wanted.getFirst())), Offset.offset(1e-5));
  }

  @Property(tries = 50)
  void cosineLiesBetweenMinusOneAndOne(@ForAll float a, @ForAll float b) {
    WordVectors vectors =
        WordVectors.of(List.of("x", "y"), List.of(new float[] {a, 1}, new float[] {b, 2}));
    assertThat(vectors.similarity("x", "y")).isBetween(-1.0, 1.0);
    assertThat(vectors.similarity("x", "x")).isCloseTo(1, Offset.offset(1e-5));
  }

  @Test
  void analogiesFollowTheirFormulas() {
    WordVectors vectors = random(3, 200, 9);
    float[] a = vectors.vector("w1");
    float[] b = vectors.vector("w2");
    float[] c = vectors.vector("w3");
    for (Analogy method : Analogy.values()) {
      List<Neighbour> answers = vectors.analogy("w1", "w2", "w3", 197, method);
      assertThat(answers).hasSize(197).extracting(Neighbour::word).doesNotContain("w1", "w2", "w3");
      for (Neighbour answer : answers) {
        float[] x = vectors.vector(answer.word());
        double wanted =
            switch (method) {
              case ADD -> {
                double length = 0;
                for (int j = 0; j < 9; j++) {
                  double sum = b[j] / norm(b) - a[j] / norm(a) + c[j] / norm(c);
                  length += sum * sum;
                }
                yield (cosine(x, b) - cosine(x, a) + cosine(x, c)) / Math.sqrt(length);
              }
              case MULTIPLY ->
                  (1 + cosine(x, b))
                      / 2
                      * ((1 + cosine(x, c)) / 2)
                      / ((1 + cosine(x, a)) / 2 + 0.001);
            };
        assertThat(answer.score()).isCloseTo(wanted, Offset.offset(1e-4 * Math.max(1, wanted)));
      }
    }
  }

  private static double norm(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Test
  void unknownWordsAndVectorsOfOtherWidthAreRefused() {
    WordVectors vectors = random(1, 5, 4);
    assertThatThrownBy(() -> vectors.nearest("nope", 3))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("\"nope\"");
    assertThatThrownBy(() -> vectors.nearest(new float[3], 1, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WordVectors.of(List.of("a", "b"), List.of(new float[2], new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b\" has 3");
  }
}

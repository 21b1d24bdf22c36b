package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorMapTest {
  private static final int GROUP = 20;

  @ParameterizedTest
  @EnumSource(VectorMap.Method.class)
  void threeCloudsStayApart(VectorMap.Method method) {
    WordVectors vectors = threeClouds();
    var words = new ArrayList<String>();
    for (int id = 0; id < vectors.size(); id++) {
      words.add(vectors.vocabulary().word(id));
    }
    List<VectorMap.Place> places = VectorMap.places(vectors, words, method, 1, Progress.NONE);
    assertThat(places).extracting(VectorMap.Place::word).isEqualTo(words);
    for (VectorMap.Place place : places) {
      VectorMap.Place nearest = nearest(place, places);
      assertThat(nearest.word().charAt(0)).isEqualTo(place.word().charAt(0));
    }
    assertThat(VectorMap.page("Clouds <1>", places).html()).contains("Clouds &lt;1&gt;", "b7");
  }

  private static VectorMap.Place nearest(VectorMap.Place from, List<VectorMap.Place> places) {
    VectorMap.Place best = places.getFirst() == from ? places.get(1) : places.getFirst();
    for (VectorMap.Place place : places) {
      if (place != from && distance(from, place) < distance(from, best)) {
        best = place;
      }
    }
    return best;
  }

  private static double distance(VectorMap.Place a, VectorMap.Place b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }

  private static WordVectors threeClouds() {
    var random = new Random(2);
    var words = new ArrayList<String>();
    var vectors = new ArrayList<float[]>();
    for (int group = 0; group < 3; group++) {
      for (int i = 0; i < GROUP; i++) {
        words.add("abc".charAt(group) + "" + i);
        var vector = new float[8];
        for (int j = 0; j < vector.length; j++) {
          vector[j] = (float) (random.nextGaussian() * 0.1 + (j == group ? 1 : 0));
        }
        vectors.add(vector);
      }
    }
    return WordVectors.of(words, vectors);
  }

  @Test
  void wordsWithoutVectorsAreRefused() {
    assertThatThrownBy(
            () ->
                VectorMap.places(
                    threeClouds(), List.of("a1", "zz"), VectorMap.Method.PCA, 1, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("\"zz\"");
  }
}

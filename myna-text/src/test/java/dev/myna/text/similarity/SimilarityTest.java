package dev.myna.text.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SimilarityTest {
  @Property(tries = 200)
  void cosineIsBetweenMinusOneAndOne(@ForAll @Size(5) double[] a, @ForAll @Size(5) double[] b) {
    assertThat(Vectors.cosine(a, b)).isBetween(-1.0, 1.0).isEqualTo(Vectors.cosine(b, a));
    assertThat(Vectors.cosineDistance(a, b)).isBetween(0.0, 2.0);
  }

  @Property(tries = 200)
  void distancesAreDistances(@ForAll @Size(4) int[] first, @ForAll @Size(4) int[] second) {
    double[] a = Arrays.stream(first).asDoubleStream().toArray();
    double[] b = Arrays.stream(second).asDoubleStream().toArray();
    assertThat(Vectors.euclidean(a, a)).isZero();
    assertThat(Vectors.euclidean(a, b)).isNotNegative().isEqualTo(Vectors.euclidean(b, a));
    assertThat(Vectors.manhattan(a, b))
        .isGreaterThanOrEqualTo(Vectors.euclidean(a, b) * (1 - 1e-12));
  }

  @Test
  void vectorsOfUnequalWidthAreRefused() {
    assertThatThrownBy(() -> Vectors.cosine(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 3");
    assertThat(Vectors.cosine(new double[] {0, 0}, new double[] {1, 2})).isZero();
  }

  @Test
  void setsAndStringsHaveTheirKnownValues() {
    assertThat(Sets.jaccard(Set.of(1, 2, 3), Set.of(2, 3, 4))).isEqualTo(0.5);
    assertThat(Sets.dice(Set.of(1, 2, 3), Set.of(2, 3, 4))).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Sets.jaccard(Set.of(), Set.of())).isEqualTo(1);
    assertThat(Strings.levenshtein("kitten", "sitting")).isEqualTo(3);
    assertThat(Strings.levenshtein("", "😀a")).isEqualTo(2);
    assertThat(Strings.damerau("ca", "abc")).isEqualTo(2);
    assertThat(Strings.damerau("abcd", "abdc")).isEqualTo(1);
    assertThat(Strings.jaroWinkler("MARTHA", "MARHTA")).isCloseTo(0.9611111, within(1e-6));
    assertThat(Strings.jaroWinkler("DIXON", "DICKSONX")).isCloseTo(0.8133333, within(1e-6));
    assertThat(Strings.jaroWinkler("DWAYNE", "DUANE")).isCloseTo(0.84, within(1e-6));
    assertThat(Strings.jaro("", "")).isEqualTo(1);
  }

  @Property(tries = 200)
  void editDistancesKeepTheirBounds(
      @ForAll @StringLength(max = 12) String a, @ForAll @StringLength(max = 12) String b) {
    int levenshtein = Strings.levenshtein(a, b);
    assertThat(levenshtein).isEqualTo(Strings.levenshtein(b, a));
    assertThat(Strings.damerau(a, b)).isBetween((levenshtein + 1) / 2, levenshtein);
    assertThat(Strings.jaroWinkler(a, b)).isBetween(0.0, 1.0);
    assertThat(Strings.jaroWinkler(a, a)).isEqualTo(1);
  }

  @Test
  void wordsTravelToTheNearest() {
    Map<String, double[]> vectors =
        Map.of("cat", new double[] {0, 0}, "dog", new double[] {3, 4}, "car", new double[] {6, 8});
    assertThat(WordMovers.relaxed(List.of("cat", "x"), List.of("cat"), vectors::get)).isZero();
    assertThat(WordMovers.relaxed(List.of("cat", "dog"), List.of("cat"), vectors::get))
        .isEqualTo(2.5);
    assertThat(WordMovers.relaxed(List.of("cat"), List.of("unknown"), vectors::get)).isInfinite();
    assertThat(WordMovers.relaxed(List.of(), List.of(), vectors::get)).isZero();
  }

  @Test
  void signaturesEstimateJaccard() {
    MinHash hash = new MinHash(512, 1);
    List<String> a = IntStream.range(0, 100).mapToObj(i -> "w" + i).toList();
    List<String> b = IntStream.range(50, 150).mapToObj(i -> "w" + i).toList();
    double estimate = MinHash.similarity(hash.signature(a), hash.signature(b));
    assertThat(estimate).isCloseTo(1.0 / 3, within(0.07));
    assertThat(MinHash.similarity(hash.signature(a), hash.signature(a.reversed()))).isEqualTo(1);
  }

  @Test
  void nearDuplicatesAreFoundAmongMany() {
    MinHash hash = new MinHash(128, 7);
    NearDuplicates all = new NearDuplicates(128, 0.8);
    for (int d = 0; d < 300; d++) {
      int document = d;
      int unused =
          all.add(
              hash.signature(IntStream.range(0, 60).mapToObj(i -> document + "w" + i).toList()));
    }
    List<String> near = IntStream.range(2, 60).mapToObj(i -> 42 + "w" + i).toList();
    assertThat(all.find(hash.signature(near), 0.7)).containsExactly(42);
    assertThat(all.find(hash.signature(List.of("nothing", "like", "it")), 0.7)).isEmpty();
  }
}

package dev.myna.text.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.text.features.Bm25Spec.Variant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Bm25Test {
  private static final List<String> DOCUMENTS =
      List.of("cat cat dog", "dog bird fish bird", "cat", "horse horse horse horse");

  private static double score(Variant variant) {
    // dl 3, average 3, tf 2, df 2 of 4: K is k1.
    return Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.of(variant, 1.5, 0.75), DOCUMENTS).scores("cat")[0];
  }

  @Test
  void scoresAreTheFormulas() {
    assertThat(score(Variant.LUCENE)).isCloseTo(Math.log(2) * 2 / 3.5, within(1e-6));
    assertThat(score(Variant.ROBERTSON)).isCloseTo(0, within(1e-6));
    assertThat(score(Variant.ATIRE)).isCloseTo(Math.log(2) * 5 / 3.5, within(1e-6));
    assertThat(score(Variant.BM25L)).isCloseTo(Math.log(2) * 2.5 * 2.5 / 4, within(1e-6));
    assertThat(score(Variant.BM25_PLUS)).isCloseTo(Math.log(2.5) * (1 + 5 / 3.5), within(1e-6));
  }

  @Test
  void lengthCountsByB() {
    Bm25 index = Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.of(Variant.LUCENE, 1.5, 0.75), DOCUMENTS);
    double shorter = 0.25 + 0.75 / 3;
    assertThat(index.scores("cat")[2])
        .isCloseTo((float) (Math.log(2) / (1 + 1.5 * shorter)), within(1e-6f));
  }

  @Test
  void theBestComeFirstAndTiesInOrder() {
    Bm25 index =
        Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.LUCENE, List.of("a1 b1", "b1 a1", "c1", "a1 a1"));
    assertThat(index.search("a1", 10)).extracting(Bm25.Hit::document).containsExactly(3, 0, 1);
    assertThat(index.search("a1", 2)).extracting(Bm25.Hit::document).containsExactly(3, 0);
    assertThat(index.search("unknown", 5)).isEmpty();
    assertThat(index.search("", 5)).isEmpty();
  }

  @Test
  void topOfManyIsTheTopOfAllScores() {
    List<String> documents =
        IntStream.range(0, 500)
            .mapToObj(i -> "x".repeat(2) + " y" + i % 13 + " z" + i % 7 + " filler".repeat(i % 31))
            .toList();
    Bm25 index = Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.LUCENE, documents);
    float[] scores = index.scores("y3 z2 filler");
    List<Integer> sorted =
        IntStream.range(0, 500)
            .boxed()
            .filter(i -> scores[i] > 0)
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .limit(10)
            .toList();
    assertThat(index.search("y3 z2 filler", 10))
        .extracting(Bm25.Hit::document)
        .containsExactlyElementsOf(sorted);
  }

  @Test
  void stemmedSearchFindsOtherForms() {
    Bm25 english =
        Bm25.of(
            AnalyzerSpec.ENGLISH_SEARCH,
            Bm25Spec.LUCENE,
            List.of("The dog's running", "Cats sleep"));
    assertThat(english.search("dogs run", 1)).extracting(Bm25.Hit::document).containsExactly(0);
    Bm25 russian =
        Bm25.of(AnalyzerSpec.RUSSIAN_SEARCH, Bm25Spec.LUCENE, List.of("старые книги", "новый дом"));
    assertThat(russian.search("книгами", 1)).extracting(Bm25.Hit::document).containsExactly(0);
    Bm25 chinese =
        Bm25.of(AnalyzerSpec.CHINESE_SEARCH, Bm25Spec.LUCENE, List.of("我喜欢学语言模型。", "今天天气好。"));
    assertThat(chinese.search("天气", 1)).extracting(Bm25.Hit::document).containsExactly(1);
  }

  @Test
  void nothingToSearchIsRefused() {
    assertThatThrownBy(() -> Bm25.of(AnalyzerSpec.WORDS, Bm25Spec.LUCENE, List.of()))
        .isInstanceOf(FeatureException.class);
    assertThatThrownBy(() -> new Bm25Spec(Variant.LUCENE, -1, 0.4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PorterStemmerTest {
  static List<String> stems() throws IOException {
    try (InputStream in = PorterStemmerTest.class.getResourceAsStream("porter-stems.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Columns: word, then its stem by each variant, from NLTK's three modes and ROUGE-1.5.5's. */
  @ParameterizedTest
  @MethodSource("stems")
  void equalsTheReferences(String line) {
    List<String> columns = List.of(line.split("\t", -1));
    for (PorterStemmer stemmer : PorterStemmer.values()) {
      assertThat(stemmer.stem(columns.getFirst()))
          .as("%s %s", stemmer, columns.getFirst())
          .isEqualTo(columns.get(stemmer.ordinal() + 1));
    }
  }

  @Property(tries = 300)
  void anyWordHasAStemNoLongerThanOneLetterMore(
      @ForAll @CharRange(from = 'a', to = 'z') String word) {
    for (PorterStemmer stemmer : PorterStemmer.values()) {
      assertThat(stemmer.stem(word).length()).isLessThanOrEqualTo(word.length() + 1);
    }
  }
}

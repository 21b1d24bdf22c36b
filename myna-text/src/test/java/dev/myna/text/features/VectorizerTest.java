package dev.myna.text.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agreement with scikit-learn 1.9.1, whose answers are in the resources. */
class VectorizerTest {
  static JsonNode resource(String name) {
    try (InputStream in = VectorizerTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asString()));
    return strings;
  }

  /** The spec that the keyword arguments of scikit-learn mean. */
  static FeatureSpec spec(String kind, JsonNode options) {
    FeatureSpec spec =
        switch (kind) {
          case "tfidf" -> FeatureSpec.TFIDF;
          case "count" -> FeatureSpec.COUNTS;
          case "hash" -> FeatureSpec.COUNTS.withHashed(1 << 20, true).withNorm(Norm.L2);
          default -> throw new IllegalArgumentException(kind);
        };
    AnalyzerSpec words = AnalyzerSpec.WORDS;
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      JsonNode value = option.getValue();
      switch (option.getKey()) {
        case "kind", "vocabulary" -> {}
        case "ngram_range" -> words = words.withNgrams(value.get(0).asInt(), value.get(1).asInt());
        case "analyzer" ->
            words = words.withUnit(value.asString().equals("char") ? Unit.CHAR : Unit.CHAR_WB);
        case "stop_words" -> words = words.withStopWords(StopWords.english());
        case "strip_accents" ->
            words = words.withAccents(Accents.valueOf(value.asString().toUpperCase(Locale.ROOT)));
        case "lowercase" -> words = words.withLowerCase(value.asBoolean());
        case "token_pattern" -> words = words.withTokenPattern(value.asString());
        case "min_df" -> spec = spec.withDocuments(frequency(value), spec.maxDocuments());
        case "max_df" -> spec = spec.withDocuments(spec.minDocuments(), frequency(value));
        case "max_features" -> spec = spec.withMaxFeatures(value.asInt());
        case "norm" -> spec = spec.withNorm(norm(value));
        case "smooth_idf" -> spec = spec.withIdf(true, value.asBoolean());
        case "use_idf" -> spec = spec.withIdf(value.asBoolean(), true);
        case "sublinear_tf" -> spec = spec.withSublinear(value.asBoolean());
        case "binary" -> spec = spec.withBinary(value.asBoolean());
        case "n_features" -> spec = spec.withHashed(value.asInt(), spec.alternateSign());
        case "alternate_sign" -> spec = spec.withHashed(spec.hashed(), value.asBoolean());
        default -> throw new IllegalArgumentException(option.getKey());
      }
    }
    return spec.withAnalyzer(words);
  }

  private static Frequency frequency(JsonNode value) {
    return value.isIntegralNumber()
        ? Frequency.count(value.asInt())
        : Frequency.share(value.asDouble());
  }

  private static Norm norm(JsonNode value) {
    return value.isNull() ? Norm.NONE : Norm.valueOf(value.asString().toUpperCase(Locale.ROOT));
  }

  static void assertRows(SparseMatrix matrix, JsonNode rows) {
    assertThat(matrix.rows()).isEqualTo(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int from = matrix.starts()[row];
      assertThat(matrix.starts()[row + 1] - from)
          .as("entries of row %d", row)
          .isEqualTo(rows.get(row).size());
      for (Map.Entry<String, JsonNode> entry : rows.get(row).properties()) {
        assertThat(matrix.get(row, Integer.parseInt(entry.getKey())))
            .as("row %d, column %s", row, entry.getKey())
            .isCloseTo(entry.getValue().asDouble(), within(1e-12));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesOnEveryOption() {
    JsonNode reference = resource("vectorizers.json");
    List<String> documents = strings(reference.get("documents"));
    return reference
        .get("cases")
        .valueStream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("options").toString(),
                    () -> {
                      FeatureSpec spec =
                          spec(c.get("options").get("kind").asString(), c.get("options"));
                      JsonNode vocabulary = c.get("options").get("vocabulary");
                      if (vocabulary != null) {
                        spec = spec.withDocuments(Frequency.count(0), Frequency.share(1));
                        assertRows(fixed(spec, strings(vocabulary), documents), c.get("rows"));
                        return;
                      }
                      Vectorizer fitted = Vectorizer.fit(spec, documents);
                      if (c.get("terms") != null) {
                        assertThat(fitted.vocabulary().terms())
                            .containsExactlyElementsOf(strings(c.get("terms")));
                      }
                      assertThat(fitted.columns()).isEqualTo(c.get("columns").asInt());
                      assertRows(fitted.transform(documents), c.get("rows"));
                      assertRows(Vectorizer.fitTransform(spec, documents).matrix(), c.get("rows"));
                    }));
  }

  private static SparseMatrix fixed(FeatureSpec spec, List<String> terms, List<String> documents) {
    return Vectorizer.fit(spec, Vocabulary.of(terms), documents).transform(documents);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    JsonNode features = resource("reference.json").get("features");
    List<String> documents = strings(features.get("documents"));
    List<String> test = strings(features.get("test"));
    return features
        .get("tfidf")
        .propertyStream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(),
                    () -> {
                      JsonNode expected = c.getValue();
                      FeatureSpec spec = spec("tfidf", expected.get("options"));
                      String[] terms = new String[expected.get("vocabulary").size()];
                      expected
                          .get("vocabulary")
                          .propertyStream()
                          .forEach(e -> terms[e.getValue().asInt()] = e.getKey());
                      Vectorizer fitted = Vectorizer.fit(spec, documents);
                      if (spec.maxFeatures() == 0) {
                        assertThat(fitted.vocabulary().terms()).containsExactly(terms);
                      } else {
                        // All but the last are more frequent than what was left out; which of the
                        // thirty equally frequent terms is the last, the reference leaves open.
                        assertThat(fitted.vocabulary().terms()).hasSize(terms.length);
                        assertThat(
                                fitted.vocabulary().terms().stream()
                                    .filter(List.of(terms)::contains))
                            .hasSizeGreaterThanOrEqualTo(terms.length - 1);
                        fitted = Vectorizer.fit(spec, Vocabulary.of(List.of(terms)), documents);
                      }
                      JsonNode rows = expected.get("rows");
                      assertRows(fitted.transform(test.subList(0, rows.size())), rows);
                    }));
  }

  @Test
  void emptyInputsAreNamed() {
    assertThatThrownBy(() -> Vectorizer.fit(FeatureSpec.TFIDF, List.of()))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("at least one document");
    assertThatThrownBy(() -> Vectorizer.fit(FeatureSpec.TFIDF, List.of("", "a b c")))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("No document has a term");
    assertThatThrownBy(
            () ->
                Vectorizer.fit(
                    FeatureSpec.TFIDF.withDocuments(Frequency.count(2), Frequency.share(1)),
                    List.of("one", "two")))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("No term is left");
    assertThatThrownBy(
            () ->
                Vectorizer.fit(
                    FeatureSpec.TFIDF.withDocuments(Frequency.count(5), Frequency.share(0.5)),
                    List.of("one", "two")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownWordsAndEmptyDocumentsGiveEmptyRows() {
    Vectorizer fitted = Vectorizer.fit(FeatureSpec.TFIDF, List.of("one two", "two three"));
    SparseMatrix rows = fitted.transform(List.of("", "unknown words", "two"));
    assertThat(rows.starts()).containsExactly(0, 0, 0, 1);
    assertThat(rows.get(2, 2)).isEqualTo(1.0);
  }

  @Test
  void hashedColumnsThatNoDocumentHasWeighAsRareOnes() {
    FeatureSpec spec = FeatureSpec.TFIDF.withHashed(1 << 10, false).withIdf(true, false);
    SparseMatrix rows =
        Vectorizer.fit(spec, List.of("one two", "two three")).transform(List.of("two four"));
    // ln(2/2) + 1 and ln(2/1) + 1, the row of length 1
    double rare = Math.log(2) + 1;
    assertThat(rows.values())
        .containsExactlyInAnyOrder(1 / Math.hypot(1, rare), rare / Math.hypot(1, rare));
  }

  @Test
  void logarithmsOfSignedCountsAreRefused() {
    assertThatThrownBy(() -> FeatureSpec.TFIDF.withHashed(16, true).withSublinear(true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without signs");
    FeatureSpec unsigned = FeatureSpec.COUNTS.withHashed(16, false).withSublinear(true);
    assertThat(Vectorizer.fit(unsigned, List.of()).transform(List.of("one one")).values())
        .containsExactly(Math.log(2) + 1);
  }

  @Test
  void manyDocumentsTransformInParallelAsOneByOne() {
    List<String> documents =
        IntStream.range(0, 1000).mapToObj(i -> "word" + i % 7 + " other" + i % 11).toList();
    Vectorizer fitted = Vectorizer.fit(FeatureSpec.TFIDF, documents);
    SparseMatrix all = fitted.transform(documents);
    int[] row = {0};
    fitted.transform(
        documents,
        (columns, values, size) -> {
          for (int i = 0; i < size; i++) {
            assertThat(all.get(row[0], columns[i])).isEqualTo(values[i]);
          }
          row[0]++;
        });
    assertThat(row[0]).isEqualTo(1000);
  }
}

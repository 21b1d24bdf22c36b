package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** BLEU, chrF and TER against values that sacreBLEU 2.6 gave, with every option. */
class TranslationReferenceTest {
  static List<JsonNode> randomCases() throws IOException {
    return read("sacrebleu-options.json");
  }

  static List<JsonNode> publishedCases() throws IOException {
    return read("sacrebleu-cases.json");
  }

  private static List<JsonNode> read(String name) throws IOException {
    try (InputStream in = TranslationReferenceTest.class.getResourceAsStream(name)) {
      List<JsonNode> cases = new ArrayList<>();
      JsonMapper.shared().readTree(in).forEach(cases::add);
      return cases;
    }
  }

  @ParameterizedTest
  @MethodSource("randomCases")
  void equalsTheReferenceWithEveryOption(JsonNode test) {
    List<String> hypotheses = strings(test.get("hypotheses"));
    List<List<String>> references = new ArrayList<>();
    test.get("references").forEach(lines -> references.add(strings(lines)));
    JsonNode options = test.get("options");
    JsonNode expected = test.get("expected");
    double score = expected.get("score").doubleValue();
    switch (test.get("metric").stringValue()) {
      case "bleu" -> {
        BleuScore bleu = bleu(options).corpus(hypotheses, references);
        assertThat(bleu.score()).isCloseTo(score, close(score));
        assertThat(bleu.signature()).isEqualTo(expected.get("signature").stringValue());
        assertThat(bleu.brevityPenalty()).isCloseTo(expected.get("bp").doubleValue(), within(1e-9));
        assertThat(bleu.systemLength()).isEqualTo(expected.get("sys_len").longValue());
        assertThat(bleu.referenceLength()).isEqualTo(expected.get("ref_len").longValue());
        for (int n = 0; n < bleu.precisions().size(); n++) {
          double precision = expected.get("precisions").get(n).doubleValue();
          assertThat(bleu.precisions().get(n)).isCloseTo(precision, close(precision));
        }
      }
      case "chrf" -> {
        ChrfScore chrf = chrf(options).corpus(hypotheses, references);
        assertThat(chrf.score()).isCloseTo(score, close(score));
        assertThat(chrf.signature()).isEqualTo(expected.get("signature").stringValue());
      }
      default -> {
        TerScore ter = ter(options).corpus(hypotheses, references);
        assertThat(ter.score()).isCloseTo(score, close(score));
        assertThat(ter.signature()).isEqualTo(expected.get("signature").stringValue());
        assertThat(ter.edits()).isEqualTo(expected.get("num_edits").longValue());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("publishedCases")
  void equalsThePublishedCases(JsonNode test) {
    List<String> hypotheses = strings(test.get("hypotheses"));
    List<List<String>> references = new ArrayList<>();
    test.get("references").forEach(lines -> references.add(strings(lines)));
    JsonNode options = test.get("options");
    double expected = test.get("expected").doubleValue();
    double score =
        switch (test.get("metric").stringValue()) {
          case "corpus_bleu" -> bleu(options).corpus(hypotheses, references).score();
          case "raw_corpus_bleu" ->
              Bleu.standard()
                  .withTokenizer(BleuTokenizer.NONE)
                  .withSmoothing(new Smoothing.Floor(options.get("smooth_value").doubleValue()))
                  .withEffectiveOrder(true)
                  .corpus(hypotheses, references)
                  .score();
          case "corpus_chrf", "sentence_chrf" ->
              chrf(options).corpus(hypotheses, references).score();
          case "corpus_ter" -> ter(options).corpus(hypotheses, references).score();
          default -> throw new AssertionError("unknown metric in the cases");
        };
    assertThat(score).isCloseTo(expected, within(1e-4));
  }

  private static org.assertj.core.data.Offset<Double> close(double value) {
    return within(Math.max(1e-12, Math.abs(value) * 1e-9));
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(text -> strings.add(text.stringValue()));
    return strings;
  }

  private static Bleu bleu(JsonNode options) {
    Smoothing smoothing = Smoothing.of(options.path("smooth_method").asString("exp"));
    if (options.path("smooth_value").isNumber()) {
      smoothing = smoothing.withValue(options.get("smooth_value").doubleValue());
    }
    return Bleu.standard()
        .withTokenizer(BleuTokenizer.of(options.path("tokenize").asString("13a")))
        .withSmoothing(smoothing)
        .withLowercase(options.path("lowercase").asBoolean(false))
        .withEffectiveOrder(options.path("effective_order").asBoolean(false))
        .withOrders(options.path("max_ngram_order").asInt(4));
  }

  private static Chrf chrf(JsonNode options) {
    return Chrf.standard()
        .withCharacterOrders(options.path("char_order").asInt(6))
        .withWordOrders(options.path("word_order").asInt(0))
        .withBeta(options.path("beta").asInt(2))
        .withLowercase(options.path("lowercase").asBoolean(false))
        .withWhitespace(options.path("whitespace").asBoolean(false))
        .withEpsilonSmoothing(options.path("eps_smoothing").asBoolean(false));
  }

  private static Ter ter(JsonNode options) {
    return new Ter(
        options.path("normalized").asBoolean(false),
        options.path("no_punct").asBoolean(false),
        options.path("asian_support").asBoolean(false),
        options.path("case_sensitive").asBoolean(false));
  }
}

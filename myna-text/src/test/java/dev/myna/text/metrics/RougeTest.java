package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RougeTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  static List<JsonNode> read(String name) throws IOException {
    try (InputStream in = RougeTest.class.getResourceAsStream(name)) {
      List<JsonNode> cases = new ArrayList<>();
      JsonMapper.shared().readTree(in).forEach(cases::add);
      return cases;
    }
  }

  static List<JsonNode> rougeCases() throws IOException {
    return read("rouge-cases.json");
  }

  static List<JsonNode> meteorCases() throws IOException {
    return read("meteor-cases.json");
  }

  @ParameterizedTest
  @MethodSource("rougeCases")
  void equalsThePythonScorer(JsonNode test) {
    Map<String, RougeScore> scores =
        Rouge.standard(test.get("stem").booleanValue())
            .score(test.get("target").stringValue(), test.get("prediction").stringValue());
    assertThat(scores.keySet()).containsExactly("rouge1", "rouge2", "rougeL", "rougeLsum");
    scores.forEach(
        (label, score) -> {
          JsonNode expected = test.get("expected").get(label);
          assertThat(score.precision()).isCloseTo(expected.get(0).doubleValue(), CLOSE);
          assertThat(score.recall()).isCloseTo(expected.get(1).doubleValue(), CLOSE);
          assertThat(score.fmeasure()).isCloseTo(expected.get(2).doubleValue(), CLOSE);
        });
  }

  @ParameterizedTest
  @MethodSource("meteorCases")
  void meteorWithoutSynonymsEqualsNltk(JsonNode test) {
    assertThat(
            Meteor.standard()
                .sentence(
                    test.get("hypothesis").stringValue(),
                    List.of(test.get("reference").stringValue())))
        .isCloseTo(test.get("score").doubleValue(), CLOSE);
  }

  /** The examples of Lin's paper of 2004. */
  @Test
  void theExamplesOfThePaper() {
    String reference = "police killed the gunman";
    assertThat(recall("rougeL", reference, "police kill the gunman")).isCloseTo(0.75, CLOSE);
    assertThat(recall("rougeL", reference, "the gunman kill police")).isCloseTo(0.5, CLOSE);
    assertThat(recall("rougeS*", reference, "police kill the gunman")).isCloseTo(0.5, CLOSE);
    assertThat(recall("rougeS*", reference, "the gunman kill police")).isCloseTo(1 / 6.0, CLOSE);
    assertThat(recall("rougeS*", reference, "the gunman police killed")).isCloseTo(1 / 3.0, CLOSE);
    assertThat(recall("rougeLsum", "w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"))
        .isCloseTo(0.8, CLOSE);
    assertThat(recall("rougeSU*", reference, "gunman the killed police")).isCloseTo(2 / 9.0, CLOSE);
  }

  /** Four matches in a row of the reference weigh more than four scattered ones. */
  @Test
  void consecutiveMatchesWeighMore() {
    String prediction = "a b c d e f g";
    double inARow = score("rougeW-1.2", "a b c d h i k", prediction).precision();
    double scattered = score("rougeW-1.2", "a h b k c i d", prediction).precision();
    assertThat(inARow).isCloseTo(4 / 7.0, CLOSE);
    assertThat(scattered).isCloseTo(Math.pow(4, 1 / 1.2) / 7, CLOSE);
  }

  private static double recall(String label, String target, String prediction) {
    return score(label, target, prediction).recall();
  }

  private static RougeScore score(String label, String target, String prediction) {
    return rouge(label, Rouge.References.BEST_F)
        .score(target, prediction)
        .getOrDefault(label, RougeScore.ZERO);
  }

  private static Rouge rouge(String label, Rouge.References references) {
    return new Rouge(List.of(RougeKind.of(label)), null, references, 0.5);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.of("a", "b", "cat", "cats", "running", "x9", "\n")
        .list()
        .ofMaxSize(12)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 200)
  void precisionAndRecallChangePlacesWithTheTexts(
      @ForAll("text") String one, @ForAll("text") String other) {
    for (String label : List.of("rouge1", "rouge3", "rougeL", "rougeS2", "rougeSU4", "rougeS*")) {
      RougeScore there = score(label, one, other);
      RougeScore back = score(label, other, one);
      assertThat(there.precision()).isCloseTo(back.recall(), CLOSE);
      assertThat(there.recall()).isCloseTo(back.precision(), CLOSE);
      assertThat(there.fmeasure()).isCloseTo(back.fmeasure(), CLOSE);
    }
  }

  @Property(tries = 200)
  void figuresLieBetweenZeroAndOne(@ForAll String target, @ForAll String prediction) {
    for (Rouge rouge : List.of(Rouge.standard(true), Rouge.perl(true))) {
      for (RougeScore score : rouge.score(target, prediction).values()) {
        assertThat(score.precision()).isBetween(0.0, 1.0);
        assertThat(score.recall()).isBetween(0.0, 1.0);
        assertThat(score.fmeasure()).isBetween(0.0, 1.0);
      }
    }
  }

  @Property(tries = 100)
  void skipBigramsEqualThoseCountedOneByOne(
      @ForAll("text") String target,
      @ForAll("text") String prediction,
      @ForAll @IntRange(min = -1, max = 5) int gap) {
    String label = "rougeS" + (gap < 0 ? "*" : gap);
    List<String> wanted = pairs(target, gap);
    List<String> found = pairs(prediction, gap);
    int all = found.size();
    int hits = 0;
    for (String pair : wanted) {
      hits += found.remove(pair) ? 1 : 0;
    }
    assertThat(recall(label, target, prediction))
        .isCloseTo(wanted.isEmpty() ? 0 : (double) hits / wanted.size(), CLOSE);
    assertThat(score(label, target, prediction).precision())
        .isCloseTo(all == 0 ? 0 : (double) hits / all, CLOSE);
  }

  private static List<String> pairs(String text, int gap) {
    List<String> words = Words.split(text);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      for (int j = i + 1; j < words.size() && (gap < 0 || j <= i + gap + 1); j++) {
        pairs.add(words.get(i) + " " + words.get(j));
      }
    }
    return pairs;
  }

  @Test
  void severalReferencesAreCombinedAsAsked() {
    List<String> targets = List.of("a b c d", "a b", "x y z");
    String prediction = "a b x";
    Map<Rouge.References, Double> recalls =
        Map.of(
            Rouge.References.BEST_F,
            1.0, // of "a b"
            Rouge.References.POOLED,
            5 / 9.0,
            Rouge.References.BEST_RECALL,
            1.0,
            Rouge.References.JACKKNIFE,
            (1 + 1 + 0.5) / 3);
    recalls.forEach(
        (references, recall) -> {
          RougeScore score =
              rouge("rouge1", references)
                  .score(targets, prediction)
                  .getOrDefault("rouge1", RougeScore.ZERO);
          assertThat(score.recall()).as(references.name()).isCloseTo(recall, CLOSE);
        });
  }

  @Test
  void segmentsAreAveraged() {
    Rouge rouge = Rouge.standard(false);
    List<Map<String, RougeScore>> segments =
        rouge.segments(List.of("a b", "c"), List.of(List.of("a b", "d")));
    assertThat(Rouge.mean(segments).getOrDefault("rouge1", RougeScore.ZERO).fmeasure())
        .isCloseTo(0.5, CLOSE);
  }

  @Test
  void unequalAndEmptyFilesAreRefused() {
    Rouge rouge = Rouge.standard(false);
    assertThatThrownBy(() -> rouge.segments(List.of("a"), List.of(List.of("a", "b"))))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("1 predictions, found 2");
    assertThatThrownBy(() -> rouge.segments(List.of(), List.of(List.of())))
        .isInstanceOf(MetricException.class);
    assertThatThrownBy(() -> RougeKind.of("rougeX")).hasMessageContaining("rougeLsum");
    assertThatThrownBy(() -> RougeKind.of("rouge0")).hasMessageContaining("order");
    assertThatThrownBy(() -> RougeKind.of("rougeWx1.5")).hasMessageContaining("rougeW-1.2");
    assertThatThrownBy(() -> RougeKind.of("rougeW-2d")).hasMessageContaining("rougeW-1.2");
  }

  @Test
  void labelsAreReadBack() {
    for (String label :
        List.of(
            "rouge1",
            "rouge12",
            "rougeL",
            "rougeLsum",
            "rougeW-1.2",
            "rougeW-1.24",
            "rougeS4",
            "rougeSU*")) {
      assertThat(RougeKind.of(label).label()).isEqualTo(label);
    }
  }
}

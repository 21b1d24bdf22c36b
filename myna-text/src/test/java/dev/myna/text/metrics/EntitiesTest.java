package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EntitiesTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  private static List<String> tags(String text) {
    return List.of(text.strip().split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "O O | ",
        "B-PER I-PER O B-LOC | PER 0-2, LOC 3-4",
        "B-PER B-PER | PER 0-1, PER 1-2", // IOB2: each begins
        "I-PER I-PER O I-LOC I-PER | PER 0-2, LOC 3-4, PER 4-5", // IOB1
        "I-PER B-PER I-PER | PER 0-1, PER 1-3", // IOB1: B- only between two of one type
        "B-PER I-LOC | PER 0-1, LOC 1-2", // what does not fit begins anew
        "B-PER E-PER S-LOC E-LOC I-LOC | PER 0-2, LOC 2-3, LOC 3-4, LOC 4-5", // BIOES
        "B-PER L-PER U-LOC | PER 0-2, LOC 2-3", // BILOU
        "O E-PER | PER 1-2",
        "B I O I | _ 0-2, _ 3-4", // without types
        "B-a-b I-a-b I-b | a-b 0-2, b 2-3",
      })
  void entitiesOfTags(String tags, String expected) {
    String found =
        Entities.of(tags(tags)).stream()
            .map(entity -> "%s %d-%d".formatted(entity.type(), entity.start(), entity.end()))
            .collect(Collectors.joining(", "));
    assertThat(found).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void whichTagsAreOfThisKind() {
    assertThat(Entities.areIn(tags("O B-PER I-PER"))).isTrue();
    assertThat(Entities.areIn(tags("B I O"))).isTrue();
    assertThat(Entities.areIn(tags("S-PER O"))).isFalse(); // nothing is longer than a word
    assertThat(Entities.areIn(tags("O B-PER NN"))).isFalse();
    assertThat(Entities.areIn(tags("lower Upper ALL"))).isFalse();
    assertThat(Entities.areIn(tags("IN B-X"))).isFalse();
    assertThat(Entities.areIn(List.of())).isFalse();
  }

  /** The example of seqeval's documentation. */
  @Test
  void typesAndBothEndsMustBeRight() {
    List<List<String>> truth = List.of(tags("O O O B-MISC I-MISC I-MISC O"), tags("B-PER I-PER O"));
    List<List<String>> said =
        List.of(tags("O O B-MISC I-MISC I-MISC I-MISC O"), tags("B-PER I-PER O"));

    EntityScores scores = EntityScores.of(truth, said);

    assertThat(scores.accuracy()).isCloseTo(0.8, CLOSE); // 8 of 10 tags
    assertThat(scores.all()).isEqualTo(new EntityScores.Score(1, 2, 2));
    assertThat(scores.all().f1()).isCloseTo(0.5, CLOSE);
    assertThat(scores.types().keySet()).containsExactly("MISC", "PER");
    assertThat(scores.types().get("MISC")).isEqualTo(new EntityScores.Score(0, 1, 1));
    assertThat(scores.macro(EntityScores.Score::recall)).isCloseTo(0.5, CLOSE);
  }

  @Test
  void precisionAndRecallDiffer() {
    // There: PER 0-2, LOC 3-4, ORG 5-6. Said: PER 0-1, PER 1-2, LOC 3-4.
    EntityScores scores =
        EntityScores.of(
            List.of(tags("B-PER I-PER O B-LOC O B-ORG")), List.of(tags("B-PER B-PER O B-LOC O O")));

    assertThat(scores.all().precision()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(scores.all().recall()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(scores.types().get("PER")).isEqualTo(new EntityScores.Score(0, 2, 1));
    assertThat(scores.types().get("ORG")).isEqualTo(new EntityScores.Score(0, 0, 1));
    assertThat(new EntityScores.Score(0, 0, 1).precision()).isZero(); // none was said
  }

  @Test
  void anEntityEndsWithItsSentence() {
    List<List<String>> apart = List.of(tags("O B-PER"), tags("I-PER O"));
    assertThat(EntityScores.of(apart, apart).all().support()).isEqualTo(2);
  }

  @Test
  void sentencesThatDoNotMatchAreRefused() {
    List<List<String>> one = List.of(tags("O O"));
    assertThatThrownBy(() -> EntityScores.of(one, List.of(tags("O"))))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("found 1 and 2 in sentence 1");
    assertThatThrownBy(() -> EntityScores.of(one, Arrays.asList(tags("O O"), tags("O"))))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("found 1 with true tags and 2");
    assertThatThrownBy(() -> EntityScores.of(List.of(), List.of()))
        .isInstanceOf(MetricException.class);
  }

  /**
   * Random tags of all kinds, right ones and others, with what seqeval's algorithm makes of them.
   */
  @Test
  void figuresAreThoseOfSeqeval() throws IOException {
    try (BufferedReader cases =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    EntitiesTest.class.getResourceAsStream("seqeval-cases.jsonl")),
                StandardCharsets.UTF_8))) {
      long compared = 0;
      for (String line = cases.readLine(); line != null; line = cases.readLine(), compared++) {
        JsonNode one = JsonMapper.shared().readTree(line);
        EntityScores scores =
            EntityScores.of(sentences(one.path("truth")), sentences(one.path("said")));
        assertThat(scores.accuracy()).isCloseTo(one.path("accuracy").doubleValue(), CLOSE);
        assertThat(scores.all().precision()).isCloseTo(one.path("precision").doubleValue(), CLOSE);
        assertThat(scores.all().recall()).isCloseTo(one.path("recall").doubleValue(), CLOSE);
        assertThat(scores.all().f1()).as(line).isCloseTo(one.path("f1").doubleValue(), CLOSE);
        assertThat(scores.types()).hasSize(one.path("types").size());
        scores
            .types()
            .forEach(
                (type, score) -> {
                  JsonNode wanted = one.path("types").path(type);
                  assertThat(score.precision()).isCloseTo(wanted.path(0).doubleValue(), CLOSE);
                  assertThat(score.recall()).isCloseTo(wanted.path(1).doubleValue(), CLOSE);
                  assertThat(score.f1()).isCloseTo(wanted.path(2).doubleValue(), CLOSE);
                  assertThat(score.support()).isEqualTo(wanted.path(3).longValue());
                });
      }
      assertThat(compared).isEqualTo(120);
    }
  }

  private static List<List<String>> sentences(JsonNode list) {
    return list.valueStream().map(node -> tags(node.stringValue())).toList();
  }
}

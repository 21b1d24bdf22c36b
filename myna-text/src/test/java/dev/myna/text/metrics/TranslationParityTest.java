package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A corpus of sixty segments with two references against sacreBLEU's scores. */
class TranslationParityTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private final JsonNode all = reference();
  private final List<String> hypotheses =
      TranslationReferenceTest.strings(all.at("/translation/hypotheses"));
  private final List<List<String>> references = new ArrayList<>();

  TranslationParityTest() {
    all.at("/translation/references")
        .forEach(lines -> references.add(TranslationReferenceTest.strings(lines)));
  }

  static JsonNode reference() {
    try (InputStream in = TranslationParityTest.class.getResourceAsStream("reference.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bleuWithEachOption() {
    List<List<String>> one = references.subList(0, 1);
    check("default_1ref", Bleu.standard().corpus(hypotheses, one));
    check("default_2ref", Bleu.standard().corpus(hypotheses, references));
    check("lowercase", Bleu.standard().withLowercase(true).corpus(hypotheses, one));
    check("none_tok", Bleu.standard().withTokenizer(BleuTokenizer.NONE).corpus(hypotheses, one));
    check("char", Bleu.standard().withTokenizer(BleuTokenizer.CHAR).corpus(hypotheses, one));
    check("intl", Bleu.standard().withTokenizer(BleuTokenizer.INTL).corpus(hypotheses, one));
    check("floor", Bleu.standard().withSmoothing(Smoothing.of("floor")).corpus(hypotheses, one));
    check("addk", Bleu.standard().withSmoothing(Smoothing.of("add-k")).corpus(hypotheses, one));
    check("nosmooth", Bleu.standard().withSmoothing(Smoothing.of("none")).corpus(hypotheses, one));
    check("bleu2", Bleu.standard().withOrders(2).corpus(hypotheses, one));
    check(
        "zh",
        Bleu.standard()
            .withTokenizer(BleuTokenizer.ZH)
            .corpus(
                TranslationReferenceTest.strings(all.at("/translation/zh/hypotheses")),
                List.of(TranslationReferenceTest.strings(all.at("/translation/zh/references/0")))));
  }

  private void check(String name, BleuScore score) {
    JsonNode expected = all.at("/translation/bleu/" + name);
    assertThat(score.score()).as(name).isCloseTo(expected.get("score").doubleValue(), CLOSE);
    assertThat(score.signature()).isEqualTo(expected.get("signature").stringValue());
    assertThat(score.brevityPenalty()).isCloseTo(expected.get("bp").doubleValue(), CLOSE);
    assertThat(score.systemLength()).isEqualTo(expected.get("sys_len").longValue());
    assertThat(score.referenceLength()).isEqualTo(expected.get("ref_len").longValue());
    for (int n = 0; n < score.precisions().size(); n++) {
      assertThat(score.precisions().get(n))
          .isCloseTo(expected.get("precisions").get(n).doubleValue(), CLOSE);
    }
  }

  @Test
  void bleuOfEachSentence() {
    JsonNode expected = all.at("/translation/bleu/sentence");
    for (int i = 0; i < hypotheses.size(); i++) {
      String reference = references.getFirst().get(i);
      assertThat(Bleu.sentences().sentence(hypotheses.get(i), List.of(reference)).score())
          .isCloseTo(expected.get(i).doubleValue(), CLOSE);
    }
  }

  @Test
  void chrfAndTer() {
    List<List<String>> one = references.subList(0, 1);
    check("chrf/chrf", Chrf.standard().corpus(hypotheses, one));
    check("chrf/chrf++", Chrf.plusPlus().corpus(hypotheses, one));
    TerScore ter = Ter.standard().corpus(hypotheses, one);
    JsonNode expected = all.at("/translation/ter/ter");
    assertThat(ter.score()).isCloseTo(expected.get("score").doubleValue(), CLOSE);
    assertThat(ter.signature()).isEqualTo(expected.get("signature").stringValue());
  }

  private void check(String name, ChrfScore score) {
    JsonNode expected = all.at("/translation/" + name);
    assertThat(score.score()).as(name).isCloseTo(expected.get("score").doubleValue(), CLOSE);
    assertThat(score.signature()).isEqualTo(expected.get("signature").stringValue());
  }
}

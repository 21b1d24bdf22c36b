package dev.myna.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.model.Bpe;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelearningTest {
  private static final TokenizerSpec SPEC =
      TokenizerSpec.byteLevelBpe(
          VocabularyOptions.ofSize(400).withSpecialTokens("<unk>", "<|endoftext|>"));

  private static Tokenizer learned() {
    return SPEC.learn(BpeLearningTest.texts(), Progress.NONE);
  }

  @Test
  void newTokensComeBehindTheVocabulary() {
    Tokenizer old = learned();
    Tokenizer wider =
        TokenizerExtension.add(
            TokenizerExtension.add(old, List.of("<|user|>", "<unk>"), true), List.of("JVM"), false);

    assertThat(wider.vocabularySize()).isEqualTo(402);
    assertThat(wider.id("<|user|>")).hasValue(400);
    assertThat(wider.id("JVM")).hasValue(401);
    assertThat(wider.id("<unk>")).hasValue(0);
    assertThat(wider.ids("a JVM<|user|>")).endsWith(401, 400).hasSize(old.ids("a ").length + 2);
    assertThat(wider.decode(wider.ids("a JVM<|user|>"))).isEqualTo("a JVM");
    assertThat(wider.ids("as before")).isEqualTo(old.ids("as before"));
  }

  @Test
  void learnsWithTheSettingsOfAnOldOne() {
    Tokenizer old = TokenizerExtension.add(learned(), List.of("<|user|>"), true);
    List<String> texts = List.of("entirely other words, entirely other merges", "other words");
    Tokenizer fresh =
        Relearning.like(
            old, texts, VocabularyOptions.ofSize(300).withSpecialTokens("<x>"), 2, Progress.NONE);

    // The texts do not give as many as were asked for.
    assertThat(fresh.vocabularySize()).isEqualTo(283);
    assertThat(fresh.id("<|endoftext|>")).hasValue(1);
    assertThat(fresh.id("<|user|>")).hasValue(2);
    assertThat(fresh.id("<x>")).hasValue(3);
    assertThat(fresh.preTokenizer()).isEqualTo(old.preTokenizer());
    assertThat(fresh.decoder()).isEqualTo(old.decoder());
    assertThat(((Bpe) fresh.model()).merges()).isNotEqualTo(((Bpe) old.model()).merges());
    assertThat(fresh.decode(fresh.ids("любой текст 😀"))).isEqualTo("любой текст 😀");
  }

  @Test
  void countsWhatATokenizerMakesOfTexts() {
    Tokenizer tokenizer =
        TokenizerSpec.characters(VocabularyOptions.ofSize(9).withSpecialTokens("<unk>"), "<unk>")
            .learn(List.of("abcd "), Progress.NONE);
    TokenizerStatistics statistics = TokenizerStatistics.of(tokenizer, List.of("ab cz", "é"));

    assertThat(statistics.texts()).isEqualTo(2);
    assertThat(statistics.words()).isEqualTo(3);
    assertThat(statistics.bytes()).isEqualTo(7);
    assertThat(statistics.tokens()).isEqualTo(6);
    assertThat(statistics.unknown()).isEqualTo(2);
    assertThat(statistics.used()).isEqualTo(5);
    assertThat(statistics.tokensPerWord()).isEqualTo(2);
    assertThat(statistics.tokensPerByte()).isCloseTo(6 / 7.0, within(1e-12));
    assertThat(statistics.unknownRate()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(statistics.vocabularyShare()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(statistics.megabytesPerSecond()).isPositive();
  }

  @Test
  void countsScriptsApart() {
    Map<UnicodeScript, TokenizerStatistics> statistics =
        TokenizerStatistics.byScript(learned(), List.of("English text", "русский текст", "12"));

    assertThat(statistics)
        .containsOnlyKeys(UnicodeScript.LATIN, UnicodeScript.CYRILLIC, UnicodeScript.COMMON);
    assertThat(statistics)
        .extractingByKey(UnicodeScript.CYRILLIC)
        .extracting(TokenizerStatistics::words)
        .isEqualTo(2L);
  }

  @Test
  void largerVocabulariesNeedFewerTokens() {
    List<TokenizerStatistics> sweep =
        TokenizerStatistics.sweep(
            SPEC,
            BpeLearningTest.texts(),
            BpeLearningTest.texts(),
            List.of(300, 500, 800),
            2,
            Progress.NONE);

    assertThat(sweep.stream().map(TokenizerStatistics::vocabulary)).containsExactly(300, 500, 800);
    assertThat(sweep.get(1).tokens()).isLessThan(sweep.get(0).tokens());
    assertThat(sweep.get(2).tokens()).isLessThan(sweep.get(1).tokens());
  }
}

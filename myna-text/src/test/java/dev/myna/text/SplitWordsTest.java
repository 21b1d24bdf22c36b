package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitWordsTest {
  private static final String TEXT = "the birds sang and the bird sings to the thin birds again";

  private static Tokenizer learned(TokenizerPreset preset, int size) {
    return preset
        .spec(VocabularyOptions.ofSize(size).withMinimumFrequency(1))
        .learn(List.of(TEXT, " " + TEXT), Progress.NONE);
  }

  private static List<String> tokens(Tokenizer tokenizer, String... words) {
    return new SplitWords(tokenizer)
        .pieces(List.of(List.of(words))).getFirst().stream()
            .map(ids -> Arrays.stream(ids).mapToObj(tokenizer::token).toList().toString())
            .toList();
  }

  @ParameterizedTest
  @EnumSource(TokenizerPreset.class)
  void wordsTogetherAreTheText(TokenizerPreset preset) {
    Tokenizer tokenizer = learned(preset, 400);
    List<String> words = List.of(TEXT.split(" "));
    int[] pieces =
        new SplitWords(tokenizer)
            .pieces(List.of(words)).getFirst().stream().flatMapToInt(Arrays::stream).toArray();

    // Where spaces are tokens or part of them, the first word has one too.
    assertThat(List.of(tokenizer.ids(TEXT), tokenizer.ids(" " + TEXT)))
        .anySatisfy(ids -> assertThat(pieces).isEqualTo(ids));
  }

  @Test
  void bytesGetTheSpaceBefore() {
    Tokenizer gpt = learned(TokenizerPreset.BPE, 400);
    assertThat(tokens(gpt, "the", "birds")).containsExactly("[Ġthe]", "[Ġbirds]");

    Tokenizer prefixed = gpt.toBuilder().preTokenizer(new ByteLevelSplit(true, true, true)).build();
    assertThat(tokens(prefixed, "the", "birds")).containsExactly("[Ġthe]", "[Ġbirds]");
  }

  @Test
  void visibleSpacesAreThereAlready() {
    assertThat(tokens(learned(TokenizerPreset.METASPACE, 400), "the", "birds"))
        .containsExactly("[▁the]", "[▁birds]");
  }

  @Test
  void piecesOfWordsStayTogether() {
    Tokenizer bert = learned(TokenizerPreset.WORDPIECE, 60);
    List<int[]> pieces =
        new SplitWords(bert)
            .pieces(List.of(List.of("The", "birdsong", "\u0000", "birds")))
            .getFirst();

    assertThat(pieces.get(0)).isEqualTo(bert.ids("The"));
    assertThat(pieces.get(1)).hasSizeGreaterThan(1).isEqualTo(bert.ids("birdsong"));
    assertThat(pieces.get(2)).isEmpty(); // the normaliser takes control characters away
    SplitWords split = new SplitWords(bert);
    assertThat(pieces.stream().map(split::first)).containsExactly(0, 0, -1, 0);
  }

  @Test
  void aSpaceThatIsATokenStandsForNoWord() {
    Tokenizer characters = Tokenizer.characters("abt ", List.of(), null);
    SplitWords split = new SplitWords(characters);
    List<int[]> pieces = split.pieces(List.of(List.of("at", "ba", "xyz"))).getFirst();

    assertThat(pieces.get(0)).isEqualTo(characters.ids(" at"));
    assertThat(pieces.get(1)).isEqualTo(characters.ids(" ba"));
    assertThat(pieces.stream().map(split::first)).containsExactly(1, 1, -1);
  }

  @Test
  void withoutASpaceInTheVocabularyNoneIsPut() {
    Tokenizer characters = Tokenizer.characters("abt", List.of(), null);
    SplitWords split = new SplitWords(characters);
    assertThat(split.pieces(List.of(List.of("at"), List.of("b"))).get(1).getFirst())
        .isEqualTo(characters.ids("b"));
    assertThat(split.first(characters.ids("at"))).isZero();
  }
}

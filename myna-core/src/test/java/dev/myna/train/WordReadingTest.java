package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import dev.myna.task.WordWindow;
import dev.myna.text.SplitWords;
import dev.myna.text.Tokenizer;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordReadingTest {
  private static final int NONE = WordWindow.NONE;

  private static final Tokenizer BERT =
      TokenizerPreset.WORDPIECE
          .spec(VocabularyOptions.ofSize(10).withMinimumFrequency(1))
          .learn(List.of("a b c ca cb"), Progress.NONE);

  private static WordReading reading(int length) {
    Marks marks = new Marks(BERT);
    return new WordReading(new SplitWords(BERT), marks.before(), marks.after(), length);
  }

  private static List<String> tokens(WordWindow window) {
    return Arrays.stream(window.ids()).mapToObj(BERT::token).toList();
  }

  @Test
  void theFirstPieceOfAWordBearsItsTag() {
    // "cab" is c, ##a, ##b; "\u0000" has no piece at all.
    List<WordWindow> windows =
        reading(16).windows(List.of(List.of("a", "cab", "\u0000", "B"))).getFirst();

    assertThat(windows).hasSize(1);
    assertThat(tokens(windows.getFirst()))
        .containsExactly("[CLS]", "a", "c", "##a", "##b", "b", "[SEP]");
    assertThat(windows.getFirst().words()).containsExactly(NONE, 0, 1, NONE, NONE, 3, NONE);
  }

  @Test
  void aLongSentenceIsCutBetweenWords() {
    List<WordWindow> windows =
        reading(5).windows(List.of(List.of("a", "b", "cab", "c", "a"))).getFirst();

    assertThat(windows.stream().map(WordReadingTest::tokens))
        .containsExactly(
            List.of("[CLS]", "a", "b", "[SEP]"),
            List.of("[CLS]", "c", "##a", "##b", "[SEP]"),
            List.of("[CLS]", "c", "a", "[SEP]"));
    assertThat(windows.stream().map(window -> window.words()))
        .containsExactly(
            new int[] {NONE, 0, 1, NONE},
            new int[] {NONE, 2, NONE, NONE, NONE},
            new int[] {NONE, 3, 4, NONE});
  }

  @Test
  void ofAWordThatIsTooLongTheBeginningIsRead() {
    List<WordWindow> windows = reading(4).windows(List.of(List.of("cab", "b"))).getFirst();

    assertThat(windows.stream().map(WordReadingTest::tokens))
        .containsExactly(List.of("[CLS]", "c", "##a", "[SEP]"), List.of("[CLS]", "b", "[SEP]"));
  }

  @Test
  void aSentenceOfWhichNothingIsKnownHasNoWindow() {
    assertThat(reading(8).windows(List.of(List.of("\u0000"), List.of("a"))))
        .satisfiesExactly(none -> assertThat(none).isEmpty(), one -> assertThat(one).hasSize(1));
  }
}

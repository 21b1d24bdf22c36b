package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs of texts of which the second is cut into windows that overlap. */
class TokenizerWindowsTest {
  private static final String QUESTION = "Where do they live?";
  private static final String PASSAGE =
      "The myna is a bird of Java, Bali and Sumatra. It learns to talk. ".repeat(5);

  private static Tokenizer tokenizer(String name) {
    try {
      return Tokenizer.load(
          Path.of(
              Objects.requireNonNull(TokenizerWindowsTest.class.getResource("parity/" + name))
                  .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids of the second text's tokens. */
  private static List<Integer> second(Encoding window) {
    int[] sequences = window.sequenceIds();
    return IntStream.range(0, sequences.length)
        .filter(i -> sequences[i] == 1)
        .mapToObj(i -> window.ids()[i])
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wordpiece", "roberta_bpe", "bytelevel_bpe", "unigram", "wordlevel"})
  void windowsAreWhatTruncationLeavesAndWhatItCutsOff(String name) {
    Tokenizer tokenizer = tokenizer(name);
    Truncation cut =
        new Truncation(48, Truncation.Strategy.ONLY_SECOND, 7, Truncation.Direction.RIGHT);
    Encoding truncated =
        tokenizer.toBuilder().truncation(cut).padding(null).build().encode(QUESTION, PASSAGE, true);

    List<Encoding> windows = tokenizer.windows(QUESTION, PASSAGE, 48, 7);

    assertThat(windows).hasSizeGreaterThan(2);
    assertThat(windows.getFirst().ids()).isEqualTo(truncated.ids());
    assertThat(windows.subList(1, windows.size())).isEqualTo(truncated.overflowing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wordpiece", "roberta_bpe", "bytelevel_bpe", "unigram", "wordlevel"})
  void eachWindowSharesTokensWithTheOneBeforeAndNoneIsLost(String name) {
    Tokenizer tokenizer = tokenizer(name);
    List<Integer> all = second(tokenizer.encode(QUESTION, PASSAGE, true));

    List<Encoding> windows = tokenizer.windows(QUESTION, PASSAGE, 48, 7);

    List<Integer> joined = new ArrayList<>(second(windows.getFirst()));
    for (Encoding window : windows.subList(1, windows.size())) {
      List<Integer> own = second(window);
      assertThat(own.subList(0, 7)).isEqualTo(joined.subList(joined.size() - 7, joined.size()));
      joined.addAll(own.subList(7, own.size()));
      assertThat(window.size()).isLessThanOrEqualTo(48);
    }
    assertThat(joined).isEqualTo(all);
  }

  @Test
  void theFrameAndTheKindsAreThoseOfTheTokenizerInEveryWindow() {
    for (Encoding window : tokenizer("wordpiece").windows(QUESTION, PASSAGE, 48, 7)) {
      int[] sequences = window.sequenceIds();
      assertThat(window.tokens().getFirst()).isEqualTo("[CLS]");
      assertThat(window.tokens().getLast()).isEqualTo("[SEP]");
      for (int i = 0; i < sequences.length; i++) {
        if (sequences[i] >= 0) {
          assertThat(window.typeIds()[i]).isEqualTo(sequences[i]);
        }
      }
    }
    for (Encoding window : tokenizer("roberta_bpe").windows(QUESTION, PASSAGE, 48, 7)) {
      assertThat(window.tokens().getFirst()).isEqualTo("<s>");
      assertThat(String.join(" ", window.tokens())).contains("</s> </s>");
      assertThat(Arrays.stream(window.typeIds()).sum()).isZero();
    }
  }

  @Test
  void aLongQuestionKeepsHalfOfTheRoom() {
    List<Encoding> windows = tokenizer("wordpiece").windows(PASSAGE, PASSAGE, 43, 10);

    assertThat(windows).allMatch(window -> count(window, 0) == 20);
    assertThat(count(windows.getFirst(), 1)).isEqualTo(20);
    assertThatThrownBy(() -> tokenizer("wordpiece").windows(PASSAGE, PASSAGE, 43, 20))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("stride");
  }

  private static long count(Encoding window, int text) {
    return Arrays.stream(window.sequenceIds()).filter(each -> each == text).count();
  }

  @Test
  void shortTextsMakeOneWindow() {
    assertThat(tokenizer("wordpiece").windows("", "Java", 48, 7)).hasSize(1);
    assertThat(tokenizer("wordpiece").windows("Where?", "", 48, 7)).hasSize(1);
  }
}

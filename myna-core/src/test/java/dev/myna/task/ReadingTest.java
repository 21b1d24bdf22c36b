package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.task.AnswerWindow.Target;
import dev.myna.text.Tokenizer;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers are found at the right tokens of the right windows, whatever a tokenizer does to text.
 */
class ReadingTest {
  /** Capitals, accents (composed and not), astral characters, scripts without spaces. */
  private static final String PASSAGE =
      "Élodie fed the 🐦 in the Café Ze\u0301phyr . 𝒜ngström said : “ Naïve ! ” 🎉🎉 Птица поёт в"
          + " саду , 東京 has İstanbul 's ﬁsh . The bird , an old Myna , sang and SANG again . ";

  private static final String QUESTION = "Who fed the 🐦 ?";

  private static Tokenizer tokenizer(TokenizerPreset preset) {
    return preset
        .spec(VocabularyOptions.ofSize(420).withMinimumFrequency(1))
        .learn(List.of(PASSAGE, "an old bird"), 1, Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenizerPreset.class,
      names = {"WORDPIECE", "BPE", "METASPACE", "UNIGRAM", "WORDS", "CHARACTERS"})
  void everyAnswerThatFitsIntoAWindowIsFoundThere(TokenizerPreset preset) {
    Tokenizer tokenizer = tokenizer(preset);
    Reading.Cut cut = new Reading.Cut(80, 20);
    Reading reading = Reading.of(tokenizer, QUESTION, PASSAGE.repeat(2), cut);
    assertThat(reading.windows()).hasSizeGreaterThan(1);
    List<MatchResult> words = Pattern.compile("\\S+").matcher(reading.passage()).results().toList();
    int found = 0;
    for (int first = 0; first < words.size(); first++) {
      for (int last = first; last < Math.min(words.size(), first + 2); last++) {
        int from = words.get(first).start();
        int to = words.get(last).end();
        List<Target> targets = reading.targets(from, to);
        boolean held = false;
        for (int i = 0; i < targets.size(); i++) {
          AnswerWindow window = reading.windows().get(i);
          int[] starts = window.starts();
          int[] ends = window.ends();
          Target target = targets.get(i);
          boolean fits = starts[0] < from && ends[ends.length - 1] > to;
          assertThat(fits && target.equals(Target.NONE)).isFalse();
          if (target.equals(Target.NONE)) {
            continue;
          }
          held = true;
          int begin = starts[target.start() - window.first()];
          int end = ends[target.end() - window.first()];
          assertThat(reading.passage().substring(begin, end).strip())
              .contains(reading.passage().substring(from, to));
          assertThat(reading.passage().substring(begin, end).strip().split("\\s+"))
              .hasSize(last - first + 1);
        }
        assertThat(held).as(reading.passage().substring(from, to)).isTrue();
        found++;
      }
    }
    assertThat(found).isGreaterThan(80);
  }

  @Test
  void placesAreThoseOfTheTextAsItWasWritten() {
    Reading reading =
        Reading.of(tokenizer(TokenizerPreset.WORDPIECE), QUESTION, PASSAGE, Reading.Cut.of(400));
    AnswerWindow window = reading.windows().getFirst();

    assertThat(reading.windows()).hasSize(1);
    for (String word : List.of("Élodie", "Ze\u0301phyr", "𝒜ngström", "🎉🎉", "Naïve", "SANG")) {
      int from = PASSAGE.indexOf(word);
      Target target = reading.targets(from, from + word.length()).getFirst();
      assertThat(
              PASSAGE.substring(
                  window.starts()[target.start() - window.first()],
                  window.ends()[target.end() - window.first()]))
          .isEqualTo(word);
    }
  }

  @Test
  void kindsTellQuestionAndPassageApart() {
    Reading reading =
        Reading.of(
            tokenizer(TokenizerPreset.WORDPIECE), QUESTION, PASSAGE, new Reading.Cut(60, 10));

    for (AnswerWindow window : reading.windows()) {
      for (int i = 0; i < window.kinds().length; i++) {
        assertThat(window.kinds()[i]).isEqualTo((byte) (i < window.first() ? 0 : 1));
      }
    }
  }

  @Test
  void anAnswerThatLiesOnNoTokenIsInNoWindow() {
    String passage = "a\u200d b"; // what BERT's normalizer strips
    Reading reading =
        Reading.of(tokenizer(TokenizerPreset.WORDPIECE), QUESTION, passage, Reading.Cut.of(64));

    assertThat(reading.targets(1, 2)).containsExactly(Target.NONE);
    assertThat(reading.targets(0, 1)).isNotEqualTo(reading.noTargets());
  }

  @Test
  void windowsThatShareTooMuchAreRefused() {
    assertThat(Reading.Cut.of(1024)).isEqualTo(new Reading.Cut(1024, 128));
    assertThat(Reading.Cut.of(100)).isEqualTo(new Reading.Cut(100, 25));
    assertThat(Reading.Cut.usual(512)).isEqualTo(new Reading.Cut(384, 128));
    assertThat(Reading.Cut.usual(128)).isEqualTo(new Reading.Cut(128, 32));
    assertThatThrownBy(() -> new Reading.Cut(384, 129))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("at most a third of them, found 129 (task.stride)");
  }
}

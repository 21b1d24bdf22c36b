package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void whatDoesNotCount() {
    assertThat(Answers.normalized("The  Quick, brown-fox's a x."))
        .containsExactly("quick", "brownfoxs", "x");
    assertThat(Answers.exactMatch("the Eiffel Tower!", List.of("Louvre", "eiffel tower"))).isTrue();
    assertThat(Answers.exactMatch("Athens", List.of("the end"))).isFalse();
    assertThat(Answers.normalized("panther another")).containsExactly("panther", "another");
  }

  @Test
  void tokenF1TakesTheBestAnswer() {
    // 2 of 3 words shared with each: precision 2/3, recall 2/3
    assertThat(Answers.f1("big red dog", List.of("red dog house", "cat")))
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Answers.f1("a", List.of("the"))).isEqualTo(1);
    assertThat(Answers.f1("", List.of("x"))).isZero();
    assertThat(Answers.f1("x x x", List.of("x"))).isCloseTo(0.5, within(1e-12));
  }

  @Property(tries = 200)
  void anAnswerMatchesItself(@ForAll String answer) {
    assertThat(Answers.exactMatch(answer, List.of(answer))).isTrue();
    assertThat(Answers.f1(answer, List.of(answer))).isEqualTo(1);
  }

  @Test
  void likelihoods() {
    Likelihood text = new Likelihood(8 * Math.log(2), 4, 2).plus(new Likelihood(0, 0, 2));
    assertThat(text.bitsPerByte()).isCloseTo(2, within(1e-12));
    assertThat(text.perplexity()).isCloseTo(4, within(1e-12));
    assertThat(new Likelihood(0, 0, 0).perplexity()).isNaN();
    assertThatThrownBy(() -> new Likelihood(Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

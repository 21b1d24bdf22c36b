package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.task.BestSpans.Found;
import dev.myna.task.BestSpans.Rule;
import dev.myna.task.BestSpans.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Only legal spans are found, and of them the best. */
class BestSpansTest {
  private static final String PASSAGE = "aa bb cc dd ee";

  /** [CLS] q [SEP] and the five words of the passage, of which some are left out in front. */
  private static AnswerWindow window(int skipped) {
    int tokens = 5 - skipped;
    int[] starts = new int[tokens];
    int[] ends = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      starts[i] = 3 * (i + skipped);
      ends[i] = starts[i] + 2;
    }
    return new AnswerWindow(new int[3 + tokens], new byte[3 + tokens], 3, skipped, starts, ends);
  }

  private static float[] scores(float... values) {
    return values;
  }

  private static List<String> texts(Found found) {
    return found.spans().stream().map(span -> PASSAGE.substring(span.start(), span.end())).toList();
  }

  @Test
  void anAnswerLiesInThePassageInOrderAndIsNotTooLong() {
    BestSpans spans = new BestSpans(PASSAGE, new Rule(2, false, 0));
    // The best of all begins in the question, the next ends before it begins, the next is too long.
    spans.look(window(0), scores(9, 9, 0, 1, 0, 0, 5, 0), scores(9, 0, 9, 0, 4, 0, 0, 3));
    Found found = spans.found();

    assertThat(texts(found).getFirst()).isEqualTo("dd ee");
    assertThat(found.spans().getFirst().score()).isEqualTo(8);
    assertThat(found.answered()).isTrue();
    assertThat(found.text(PASSAGE)).isEqualTo("dd ee");
    assertThat(found.nothing()).isEmpty();
    assertThat(texts(found)).doesNotContain("bb cc dd", "aa bb cc").contains("bb", "aa bb");
    assertThat(found.spans().stream().mapToDouble(Span::probability).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void theBestOfAllWindowsIsTakenAndOneSpanCountsOnce() {
    BestSpans spans = new BestSpans(PASSAGE, Rule.USUAL);
    spans.look(window(0), scores(0, 0, 0, 0, 0, 2, 0, 0), scores(0, 0, 0, 0, 0, 2, 0, 0));
    spans.look(window(2), scores(0, 0, 0, 3, 0, 0), scores(0, 0, 0, 3, 0, 0));
    Found found = spans.found();

    assertThat(texts(found)).startsWith("cc").doesNotHaveDuplicates();
    assertThat(found.spans().getFirst().score()).isEqualTo(6);
  }

  @Test
  void noAnswerIsTheLeastOfAllWindowsAndWinsBeyondTheThreshold() {
    for (double threshold : List.of(-1.0, 0.0, 0.99, 1.01)) {
      BestSpans spans = new BestSpans(PASSAGE, new Rule(30, true, threshold));
      spans.look(window(0), scores(9, 0, 0, 2, 0, 0, 0, 0), scores(9, 0, 0, 2, 0, 0, 0, 0));
      spans.look(window(2), scores(3, 0, 0, 0, 0, 0), scores(2, 0, 0, 0, 0, 0));
      Found found = spans.found(); // 5 against 4

      assertThat(found.answered()).isEqualTo(threshold > 1);
      assertThat(found.text(PASSAGE)).isEqualTo(threshold > 1 ? "aa" : "");
      double sum =
          found.nothing().orElseThrow()
              + found.spans().stream().mapToDouble(Span::probability).sum();
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(found.nothing().orElseThrow())
          .isCloseTo(found.spans().getFirst().probability() * Math.E, within(1e-9));
    }
  }

  @Test
  void theBestLegalSpanIsNeverMissed() {
    Random random = new Random(1);
    String passage = "x ".repeat(120);
    int[] starts = new int[120];
    int[] ends = new int[120];
    Arrays.setAll(starts, i -> 2 * i);
    Arrays.setAll(ends, i -> 2 * i + 1);
    AnswerWindow window = new AnswerWindow(new int[123], new byte[123], 3, 0, starts, ends);
    for (int round = 0; round < 50; round++) {
      float[] begins = new float[123];
      float[] closes = new float[123];
      for (int i = 0; i < 123; i++) {
        // Beginnings are likely late and ends early: the likeliest of both go together seldom.
        begins[i] = (float) random.nextGaussian() + (i > 90 ? 9 : 0);
        closes[i] = (float) random.nextGaussian() + (i < 40 ? 9 : 0);
      }
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 3; i < 123; i++) {
        for (int j = i; j < Math.min(123, i + 4); j++) {
          best = Math.max(best, (double) begins[i] + closes[j]);
        }
      }
      BestSpans spans = new BestSpans(passage, new Rule(4, false, 0));
      spans.look(window, begins, closes);
      Found found = spans.found();

      assertThat(found.spans().getFirst().score()).isEqualTo(best);
      assertThat(found.spans()).hasSizeLessThanOrEqualTo(20);
      assertThat(found.spans())
          .allSatisfy(span -> assertThat(span.end() - span.start()).isBetween(1, 7));
    }
  }

  @Test
  void whiteSpaceAroundAnAnswerIsLeftOut() {
    String passage = "a  b \t";
    AnswerWindow window =
        new AnswerWindow(new int[4], new byte[4], 1, 0, new int[] {0, 1, 4}, new int[] {1, 4, 6});
    BestSpans spans = new BestSpans(passage, Rule.USUAL);
    spans.look(window, scores(0, 0, 5, 9), scores(0, 0, 5, 9));
    Found found = spans.found();

    assertThat(found.text(passage)).isEqualTo("b"); // the last token is white space alone
    assertThat(found.spans()).allSatisfy(span -> assertThat(span.end()).isBetween(1, 4));
  }

  @Test
  void aPassageWithoutTokensHasNoAnswer() {
    AnswerWindow empty = new AnswerWindow(new int[3], new byte[3], 3, 0, new int[0], new int[0]);
    BestSpans spans = new BestSpans("", Rule.USUAL);
    spans.look(empty, scores(1, 2, 3), scores(1, 2, 3));
    Found found = spans.found();

    assertThat(found.answered()).isFalse();
    assertThat(found.text("")).isEmpty();
  }
}

package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowedTest {
  private static final GenerationConfig CONFIG = GenerationConfig.EMPTY;

  private static HashModel model(int context) {
    return new HashModel(30, 5, 8, context);
  }

  /** The text as a model without cache would write it, its window chosen by the documented rule. */
  private static List<Integer> plainly(int[] prompt, int context, int shift, int count) {
    List<Integer> window = new ArrayList<>(Arrays.stream(prompt).boxed().toList());
    int kept = Math.max(1, context - shift);
    if (window.size() > context) {
      window = new ArrayList<>(window.subList(window.size() - context, window.size()));
    }
    List<Integer> said = new ArrayList<>();
    while (said.size() < count) {
      long before = window.size() > 1 ? window.get(window.size() - 2) : -1;
      float[] logits = HashModel.logits(5, before, window.getLast(), window.size(), 30, 8);
      int token = Logits.argmax(logits);
      said.add(token);
      if (window.size() == context) {
        window = new ArrayList<>(window.subList(window.size() - kept, window.size()));
      }
      window.add(token);
    }
    return said;
  }

  @Property(tries = 300)
  void goesOnWithTheLastPartOfTheText(
      @ForAll @IntRange(min = 2, max = 17) int context,
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll @IntRange(min = 1, max = 40) int second,
      @ForAll @IntRange(min = 1, max = 20) int shift,
      @ForAll @IntRange(min = 1, max = 50) int count) {
    int[][] prompts = {new int[first], new int[second]};
    Arrays.fill(prompts[0], 3);
    Arrays.fill(prompts[1], 4);
    try (Generator generator = new Generator(model(context), CONFIG)) {
      List<Generated> texts =
          generator
              .generate(
                  List.of(prompts),
                  Sampling.greedy(count).withContextShift(shift),
                  Listener.NONE,
                  Progress.NONE)
              .texts();
      for (Generated text : texts) {
        assertThat(Arrays.stream(text.tokens()).boxed().toList())
            .isEqualTo(plainly(prompts[text.prompt()], context, shift, count));
      }
    }
  }

  @Test
  void theLastTokensAreAlwaysSeen() {
    int[] text = new int[40];
    try (Generator generator = new Generator(model(6), CONFIG)) {
      text[0] = 3;
      for (int i = 1; i < text.length; i++) {
        int[] last = Arrays.copyOfRange(text, Math.max(0, i - 6), i);
        text[i] = generator.generate(last, Sampling.greedy(1)).tokens()[0];
      }
      assertThat(generator.generate(new int[] {3}, Sampling.greedy(39)).tokens())
          .isEqualTo(Arrays.copyOfRange(text, 1, 40));
    }
  }

  @Test
  void aWindowThatForgetsAQuarterAtOnceMovesOnceInAQuarter() {
    HashModel model = model(100);
    try (Generator generator = new Generator(model, CONFIG)) {
      Sampling sampling = Sampling.greedy(1000).withContextShift(25);
      assertThat(generator.generate(new int[] {3}, sampling).tokens()).hasSize(1000);
    }
    assertThat(model.prefills).isBetween(30, 40);
  }

  @Test
  void beamsGoOnBeyondTheContextToo() {
    HashModel model = model(8);
    try (Generator generator = new Generator(model, CONFIG)) {
      Sampling beams = Sampling.beams(30, new Strategy.Beam(3)).withSequences(3);
      List<Generated> texts =
          generator
              .generate(
                  List.of(new int[] {3}, new int[] {4, 5}), beams, Listener.NONE, Progress.NONE)
              .texts();
      assertThat(texts).hasSize(6).allSatisfy(text -> assertThat(text.tokens()).hasSize(30));
      assertThat(texts.get(0).tokens())
          .isEqualTo(generator.generate(new int[] {3}, beams).tokens());
    }
  }

  @Test
  void refusesAContextTooShortToGoOn() {
    assertThatThrownBy(() -> new Windowed(model(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a context of at least 2 tokens");
  }
}

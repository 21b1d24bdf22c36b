package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final int VOCABULARY = 26;
  private static final GenerationConfig CONFIG = GenerationConfig.EMPTY.withEndTokens(2, 5);

  /** Every token is a letter. */
  private static Detokenizer letters() {
    return new Detokenizer() {
      @Override
      public String add(int token) {
        return String.valueOf((char) ('a' + token));
      }

      @Override
      public String finish() {
        return "";
      }
    };
  }

  private static HashModel model() {
    return new HashModel(VOCABULARY, 11, 4, Integer.MAX_VALUE);
  }

  private static Generator generator(HashModel model) {
    return new Generator(model, CONFIG, GeneratorTest::letters);
  }

  private static List<Generated> texts(int[][] prompts, Sampling sampling, Listener listener) {
    try (Generator generator = generator(model())) {
      return generator.generate(List.of(prompts), sampling, listener, Progress.NONE).texts();
    }
  }

  @Property(tries = 200)
  void aBatchIsItsRowsOneByOne(
      @ForAll("prompts") int[][] prompts, @ForAll("samplings") Sampling sampling) {
    List<Generated> alone = new ArrayList<>();
    for (int i = 0; i < prompts.length; i++) {
      for (Generated text : texts(new int[][] {prompts[i]}, sampling, Listener.NONE)) {
        alone.add(
            new Generated(
                i,
                text.sequence(),
                text.tokens(),
                text.text(),
                text.finish(),
                text.score(),
                text.chances()));
      }
    }
    assertThat(texts(prompts, sampling, Listener.NONE)).isEqualTo(alone);
  }

  @Property(tries = 200)
  void thePiecesHeardAreTheText(
      @ForAll("prompts") int[][] prompts, @ForAll("samplings") Sampling sampling) {
    Map<String, StringBuilder> heard = new HashMap<>();
    Map<String, List<Integer>> tokens = new HashMap<>();
    Map<String, FinishReason> finished = new HashMap<>();
    List<Generated> texts =
        texts(
            prompts,
            sampling,
            piece -> {
              String row = piece.prompt() + "." + piece.sequence();
              heard.computeIfAbsent(row, _ -> new StringBuilder()).append(piece.text());
              tokens.computeIfAbsent(row, _ -> new ArrayList<>()).add(piece.token());
              if (piece.finish() != null) {
                assertThat(finished.put(row, piece.finish())).isNull();
              }
              return true;
            });
    assertThat(texts).hasSize(prompts.length * sampling.sequences());
    for (Generated text : texts) {
      String row = text.prompt() + "." + text.sequence();
      assertThat(String.valueOf(heard.get(row))).isEqualTo(text.text());
      assertThat(tokens.get(row)).isEqualTo(boxed(text.tokens()));
      assertThat(finished.get(row)).isEqualTo(text.finish());
      assertThat(text.tokens().length).isBetween(1, sampling.maxNewTokens());
      assertThat(text.chances())
          .hasSize(sampling.logProbabilities() < 0 ? 0 : text.tokens().length);
    }
  }

  private static List<Integer> boxed(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }

  @Test
  void equalSeedsGiveEqualTextsAndSamplesDiffer() {
    Sampling sampling = Sampling.random(20, new Strategy.Random(42)).withSequences(3);
    int[][] prompt = {{7, 8}};
    List<Generated> once = texts(prompt, sampling, Listener.NONE);
    assertThat(texts(prompt, sampling, Listener.NONE)).isEqualTo(once);
    assertThat(once.get(0).text()).isNotEqualTo(once.get(1).text());
    assertThat(once.get(1).text()).isNotEqualTo(once.get(2).text());
    assertThat(
            texts(prompt, Sampling.random(20, new Strategy.Random(43)), Listener.NONE)
                .getFirst()
                .text())
        .isNotEqualTo(once.getFirst().text());
  }

  @Test
  void drawsAsOftenAsTheModelSays() {
    float[] scores = {0, (float) Math.log(2), Float.NEGATIVE_INFINITY, (float) Math.log(5)};
    int[] counts = new int[4];
    Sampler sampler = Sampler.of(new Strategy.Random(1), 0);
    int draws = 80_000;
    for (int i = 0; i < draws; i++) {
      counts[sampler.next(scores)]++;
    }
    assertThat(counts[2]).isZero();
    double[] wanted = {1 / 8.0, 2 / 8.0, 0, 5 / 8.0};
    for (int i = 0; i < 4; i++) {
      // Five standard deviations of a binomial share.
      assertThat(counts[i] / (double) draws)
          .isCloseTo(wanted[i], within(5 * Math.sqrt(wanted[i] * (1 - wanted[i]) / draws)));
    }
  }

  @Test
  void aStopStringEndsTheTextBeforeIt() {
    String whole =
        texts(new int[][] {{7}}, Sampling.greedy(12).withMinNewTokens(12), Listener.NONE)
            .getFirst()
            .text();
    assertThat(whole.length()).isGreaterThan(6);
    String stop = whole.substring(3, 6); // spans three tokens
    Generated cut =
        texts(
                new int[][] {{7}},
                Sampling.greedy(12).withMinNewTokens(12).withStopStrings(List.of("??", stop)),
                Listener.NONE)
            .getFirst();
    assertThat(cut.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(cut.finish()).isEqualTo(FinishReason.STOP_STRING);
    assertThat(cut.tokens()).hasSize(whole.indexOf(stop) + 3);
  }

  @Test
  void theListenerMayEndOneTextAndNotTheOthers() {
    List<Generated> texts =
        texts(
            new int[][] {{7}, {8}},
            Sampling.greedy(5).withMinNewTokens(5),
            piece -> piece.prompt() == 1);
    assertThat(texts.get(0).tokens()).hasSize(1);
    assertThat(texts.get(0).finish()).isEqualTo(FinishReason.CANCELLED);
    assertThat(texts.get(1).tokens()).hasSize(5);
    assertThat(texts.get(1).finish()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void logProbabilitiesAreTheModelsOwn() {
    Sampling sampling =
        Sampling.random(6, new Strategy.Random(3).withTopK(2).withTemperature(0.5f))
            .withMinNewTokens(6)
            .withLogProbabilities(3);
    Generated text = texts(new int[][] {{7, 9}}, sampling, Listener.NONE).getFirst();
    int before = 7;
    int last = 9;
    for (int i = 0; i < 6; i++) {
      float[] wanted = HashModel.logits(11, before, last, 2 + i, VOCABULARY, 4);
      Logits.logSoftmax(wanted);
      TokenChance chance = text.chances().get(i);
      assertThat(chance.token()).isEqualTo(text.tokens()[i]);
      assertThat(chance.logProbability()).isEqualTo(wanted[chance.token()]);
      assertThat(chance.alternatives())
          .extracting(TokenChance::token)
          .containsExactly(
              Logits.top(wanted, 3)[0], Logits.top(wanted, 3)[1], Logits.top(wanted, 3)[2]);
      before = last;
      last = chance.token();
    }
  }

  @Test
  void finishedRowsLeaveTheBatch() {
    HashModel model = model();
    try (Generator generator = generator(model)) {
      Generation generation =
          generator.generate(
              List.of(new int[] {7}, new int[] {8, 9}, new int[] {3}),
              Sampling.beams(9, new Strategy.Beam(4)).withSequences(2),
              Listener.NONE,
              Progress.NONE);
      assertThat(generation.texts()).hasSize(6);
      assertThat(generation.figures().promptTokens()).isEqualTo(4);
      assertThat(generation.figures().newTokens())
          .isEqualTo(generation.texts().stream().mapToInt(t -> t.tokens().length).sum());
      assertThat(model.mostRows).isEqualTo(12);
      assertThat(model.prefills).isEqualTo(1);
      assertThat(model.steps).isLessThan(9);
    }
    assertThat(model.closed).isTrue();
  }

  @Test
  void penaltiesOfTheOpenAiKindCountTheContinuationAlone() {
    float[] scores = {1, 1, 1, 1};
    Tokens tokens = new Tokens(new int[] {0, 0}, 10);
    tokens.append(1);
    tokens.append(2);
    tokens.append(1);
    new Penalties(1, 0.5f, 0.25f, 0).processors().forEach(each -> each.process(tokens, scores));
    assertThat(scores).containsExactly(1, 0, 0.25f, 1);
  }

  @Test
  void anEmptyPromptIsTheStartToken() {
    GenerationConfig config = GenerationConfig.EMPTY.withStartToken(4);
    try (Generator generator = new Generator(model(), config)) {
      assertThat(generator.generate(new int[0], Sampling.greedy(5)))
          .isEqualTo(generator.generate(new int[] {4}, Sampling.greedy(5)));
    }
  }

  @Test
  void refusesWhatTheModelCannotContinue() {
    int[] good = {1};
    refused(
        "prompt 1 is empty and the model has no start token", Sampling.greedy(2), good, new int[0]);
    refused(
        "the prompt has the id 26 at place 1 and the model knows ids from 0 to 25",
        Sampling.greedy(2),
        new int[] {1, 26});
    refused("the prompt has the id -1 at place 0", Sampling.greedy(2), new int[] {-1});
    refused(
        "the prompt has 3 tokens and max_length is 3",
        Sampling.greedy(2).withMaxLength(3),
        new int[] {1, 1, 1});
    refused(
        "logprobs must be at most the vocabulary of 26 tokens: it is 27",
        Sampling.greedy(2).withLogProbabilities(27),
        good);
    refused(
        "every token is ruled out at place 26",
        Sampling.greedy(40).withMinNewTokens(40).withPenalties(new Penalties(1, 0, 0, 1)),
        new int[] {1, 2, 5});
    try (Generator silent = new Generator(model(), CONFIG)) {
      assertThatThrownBy(
              () -> silent.generate(good, Sampling.greedy(2).withStopStrings(List.of("x"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("give the generator a detokenizer");
      assertThatThrownBy(
              () -> silent.generate(List.of(), Sampling.greedy(2), Listener.NONE, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least one prompt");
    }
  }

  private static void refused(String message, Sampling sampling, int[]... prompts) {
    assertThatThrownBy(() -> texts(prompts, sampling, Listener.NONE))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBrokenModelIsNamedAsSuch() {
    HashModel broken = new HashModel(VOCABULARY, 1, Double.NaN, Integer.MAX_VALUE);
    try (Generator generator = new Generator(broken, CONFIG)) {
      assertThatThrownBy(() -> generator.generate(new int[] {1, 2}, Sampling.greedy(3)))
          .isInstanceOf(GenerationException.class)
          .hasMessageContaining("the model's logits of token 2 hold NaN");
    }
  }

  @Provide
  Arbitrary<int[][]> prompts() {
    return Arbitraries.integers()
        .between(0, VOCABULARY - 1)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(6)
        .array(int[][].class)
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Sampling> samplings() {
    Strategy.Random random = new Strategy.Random(9);
    return Arbitraries.of(
        Sampling.greedy(7),
        Sampling.greedy(7).withStopStrings(List.of("kk", "ab", "z")),
        Sampling.greedy(9).withPenalties(new Penalties(1.3f, 0.4f, 0.3f, 2)).withMinNewTokens(4),
        Sampling.random(9, random).withSequences(3).withLogProbabilities(2),
        Sampling.random(12, random.withTopK(8).withTemperature(1.4f))
            .withStopStrings(List.of("e", "qrs")),
        Sampling.random(9, random.withTopP(0.8f).withMinP(0.02f).withTypicalP(0.9f)),
        Sampling.beams(6, new Strategy.Beam(3)).withSequences(2).withLogProbabilities(0),
        Sampling.beams(9, new Strategy.Beam(4, 0, EarlyStopping.NEVER)),
        Sampling.beams(9, new Strategy.Beam(2, 2, EarlyStopping.AT_ONCE)).withSequences(2));
  }
}

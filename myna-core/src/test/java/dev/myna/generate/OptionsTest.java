package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static Sampling resolve(Map<String, Object> options) {
    return Options.of(options).resolve(GenerationConfig.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature | 0 | temperature must be greater than 0 (for the likeliest token always, turn"
            + " do_sample off): it is 0.0",
        "temperature | -1 | temperature must be greater than 0",
        "temperature | NaN | temperature must be greater than 0",
        "temperature | Infinity | temperature must be greater than 0",
        "temperature | warm | temperature must be a number: found \"warm\"",
        "top_k | 0 | top_k must be at least 1, or left out: it is 0",
        "top_k | -5 | top_k must be at least 1",
        "top_k | 2.5 | top_k must be a whole number",
        "top_k | 3000000000 | top_k is out of range",
        "top_p | 0 | top_p must be in (0, 1], or left out: it is 0.0",
        "top_p | 1.01 | top_p must be in (0, 1]",
        "top_p | NaN | top_p must be in (0, 1]",
        "min_p | -0.1 | min_p must be in [0, 1]",
        "min_p | 1.5 | min_p must be in [0, 1]",
        "typical_p | 0 | typical_p must be in (0, 1]",
        "max_new_tokens | 0 | max_new_tokens must be at least 1: it is 0",
        "max_new_tokens | -3 | max_new_tokens must be at least 1",
        "max_length | 0 | max_length must be at least 1",
        "min_new_tokens | -1 | min_new_tokens must be between 0 and max_new_tokens, which is 128:"
            + " it is -1",
        "min_new_tokens | 200 | min_new_tokens must be between 0 and max_new_tokens",
        "repetition_penalty | 0 | repetition_penalty must be greater than 0",
        "presence_penalty | 2.5 | presence_penalty must be between -2 and 2",
        "frequency_penalty | NaN | frequency_penalty must be between -2 and 2",
        "no_repeat_ngram_size | -1 | no_repeat_ngram_size must be at least 1",
        "num_return_sequences | 0 | num_return_sequences must be at least 1",
        "num_beams | 0 | num_beams must be at least 1",
        "num_beams | 4 | do_sample and num_beams do not go together",
        "length_penalty | 2 | length_penalty is an option of beam search and num_beams is 1",
        "early_stopping | true | early_stopping is an option of beam search",
        "early_stopping | maybe | early_stopping must be true, false or \"never\": found \"maybe\"",
        "do_sample | yes | do_sample must be true or false",
        "logprobs | -2 | logprobs must be the number of likeliest tokens",
        "temprature | 1 | there is no generation option \"temprature\": did you mean"
            + " \"temperature\"?",
        "topk | 1 | did you mean \"top_k\"?",
        "max-new-token | 1 | did you mean \"max_new_tokens\"?",
      })
  void refusesInPlainWords(String name, String value, String message) {
    assertThatThrownBy(
            () ->
                resolve(
                    name.equals("do_sample")
                        ? Map.of(name, value)
                        : Map.of("do_sample", true, name, value)))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"temperature,0.7", "top_k,5", "top_p,0.9", "min_p,0.1", "typical_p,0.9"})
  void refusesSamplingOptionsWithoutSampling(String name, String value) {
    assertThatThrownBy(() -> resolve(Map.of(name, value)))
        .isInstanceOf(GenerationException.class)
        .hasMessage(
            name
                + " is an option of sampling and do_sample is off: turn do_sample on, or leave "
                + name
                + " out");
  }

  @Test
  void refusesSeveralGreedyTextsAndMoreTextsThanBeams() {
    assertThatThrownBy(() -> resolve(Map.of("num_return_sequences", 2)))
        .hasMessageContaining("num_return_sequences must be 1, as a greedy text has no other");
    assertThatThrownBy(() -> resolve(Map.of("num_beams", 3, "num_return_sequences", 4)))
        .hasMessageContaining("between 1 and num_beams, which is 3: it is 4");
    assertThatThrownBy(() -> resolve(Map.of("num_beams", 3, "stop_strings", "x")))
        .hasMessageContaining("stop strings do not go with beam search");
  }

  @Test
  void fillsWhatIsMissing() {
    assertThat(resolve(Map.of())).isEqualTo(Sampling.greedy(Options.DEFAULT_MAX_NEW_TOKENS));
    assertThat(resolve(Map.of("do-sample", "true", "top-k", "7", "seed", 5, "max_new_tokens", 3)))
        .isEqualTo(Sampling.random(3, new Strategy.Random(5).withTopK(7)));
    assertThat(resolve(Map.of("num_beams", 4, "early_stopping", "never", "length_penalty", 0.5)))
        .isEqualTo(
            Sampling.beams(
                Options.DEFAULT_MAX_NEW_TOKENS, new Strategy.Beam(4, 0.5f, EarlyStopping.NEVER)));
    assertThat(resolve(Map.of("stop_strings", List.of("a", " b"))).stopStrings())
        .containsExactly("a", " b");
    assertThat(resolve(Map.of("max_length", 9)).maxLength()).isEqualTo(9);
  }

  @Test
  void aModelsDefaultsYieldToTheUsersStrategy() {
    GenerationConfig sampling =
        GenerationConfig.EMPTY.withDefaults(
            Options.of(Map.of("do_sample", true, "temperature", 0.6, "top_p", 0.9, "seed", 1)));
    assertThat(Options.NONE.resolve(sampling).strategy())
        .isEqualTo(new Strategy.Random(1).withTemperature(0.6f).withTopP(0.9f));
    assertThat(Options.of(Map.of("do_sample", false)).resolve(sampling).strategy())
        .isEqualTo(new Strategy.Greedy());
    assertThat(Options.of(Map.of("num_beams", 2)).resolve(sampling).strategy())
        .isEqualTo(new Strategy.Beam(2));

    GenerationConfig beams =
        GenerationConfig.EMPTY.withDefaults(
            Options.of(
                Map.of(
                    "num_beams", 6, "length_penalty", 2, "max_length", 50, "min_new_tokens", 9)));
    assertThat(Options.NONE.resolve(beams).strategy())
        .isEqualTo(new Strategy.Beam(6, 2, EarlyStopping.HEURISTIC));
    assertThat(Options.NONE.resolve(beams).maxLength()).isEqualTo(50);
    Sampling own = Options.of(Map.of("num_beams", 1, "max_new_tokens", 4)).resolve(beams);
    assertThat(own.strategy()).isEqualTo(new Strategy.Greedy());
    assertThat(own.maxLength()).isEqualTo(Integer.MAX_VALUE);
    assertThat(own.minNewTokens()).isEqualTo(4);
    assertThat(Options.of(Map.of("do_sample", true)).resolve(beams).strategy())
        .isInstanceOf(Strategy.Random.class);
  }

  @Test
  void aSeedIsMadeUpAndReported() {
    Strategy.Random first = (Strategy.Random) resolve(Map.of("do_sample", true)).strategy();
    Strategy.Random second = (Strategy.Random) resolve(Map.of("do_sample", true)).strategy();
    assertThat(first.seed()).isNotEqualTo(second.seed()).isBetween(0L, 1L << 53);
  }
}

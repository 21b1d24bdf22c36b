package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationConfigTest {
  @TempDir Path folder;

  private GenerationConfig read(String json) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), json);
    return GenerationConfig.read(folder);
  }

  @Test
  void readsWhatChatModelsShip() throws IOException {
    GenerationConfig config =
        read(
            """
            {"_from_model_config": true, "bos_token_id": 128000, "do_sample": true,
             "eos_token_id": [128001, 128008], "pad_token_id": null, "temperature": 0.6,
             "top_p": 0.9, "top_k": 0, "max_length": 4096, "transformers_version": "4.40.0",
             "use_cache": true, "chat_format": "chatml", "max_window_size": 6144}
            """);
    assertThat(config.endTokens()).containsExactly(128001, 128008);
    assertThat(config.startToken()).isEqualTo(128000);
    assertThat(config.padToken()).isNull();
    assertThat(config.unheeded()).isEmpty();
    Sampling sampling = Options.NONE.with(Option.SEED, 3).resolve(config);
    assertThat(sampling.strategy())
        .isEqualTo(new Strategy.Random(3).withTemperature(0.6f).withTopP(0.9f));
    assertThat(sampling.maxLength()).isEqualTo(4096);
  }

  @Test
  void readsWhatTranslationModelsShip() throws IOException {
    GenerationConfig config =
        read(
            """
            {"bad_words_ids": [[58100], [7, 8]], "bos_token_id": 0, "decoder_start_token_id": 58100,
             "eos_token_id": 0, "forced_eos_token_id": 0, "max_length": 512, "num_beams": 6,
             "pad_token_id": 58100, "renormalize_logits": true, "early_stopping": "never",
             "encoder_no_repeat_ngram_size": 3, "epsilon_cutoff": 0.0, "guidance_scale": 1}
            """);
    assertThat(config.badWords()).containsExactly(List.of(58100), List.of(7, 8));
    assertThat(config.decoderStart()).isEqualTo(58100);
    assertThat(config.forcedEnd()).containsExactly(0);
    assertThat(config.renormalize()).isTrue();
    assertThat(config.unheeded()).containsExactly("encoder_no_repeat_ngram_size");
    assertThat(Options.NONE.resolve(config).strategy())
        .isEqualTo(new Strategy.Beam(6, 1, EarlyStopping.NEVER));
  }

  @Test
  void takesTheModelsConfigWhereThereIsNoOther() throws IOException {
    assertThat(GenerationConfig.read(folder)).isEqualTo(GenerationConfig.EMPTY);
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"gpt2\", \"bos_token_id\": 1, \"eos_token_id\": -1, \"vocab_size\": 9}");
    GenerationConfig config = GenerationConfig.read(folder);
    assertThat(config.startToken()).isEqualTo(1);
    assertThat(config.endTokens()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"eos_token_id\": \"two\"} | eos_token_id must be a token id or a list of them: found"
            + " \"two\"",
        "{\"eos_token_id\": [1, [2]]} | eos_token_id must be a token id",
        "{\"bad_words_ids\": 3} | bad_words_ids must be a list of lists",
        "{\"temperature\": \"hot\"} | temperature must be a number: found \"hot\"",
        "{\"do_sample\": 7} | do_sample must be true or false",
        "{\"min_length\": 1.5} | min_length must be a whole number",
        "{\"renormalize_logits\": 1} | renormalize_logits must be true or false",
        "[1] | must hold a JSON object",
        "{\"a\": | is not JSON",
        "`` | must hold a JSON object",
      })
  void refusesByName(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("generation_config.json")
        .hasMessageContaining(message);
  }
}

package dev.myna.text.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.chat.Chat;
import dev.myna.text.chat.ChatTemplate;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsJsonTest {
  @TempDir Path folder;

  private static Tokenizer learned(TokenizerPreset preset, String... special) {
    VocabularyOptions options = VocabularyOptions.ofSize(400).withSpecialTokens(special);
    return preset.spec(options).learn(List.of("to be or not to be"), 1, Progress.NONE);
  }

  private JsonNode settings(Path folder) {
    return JsonMapper.shared().readTree(folder.resolve("tokenizer_config.json").toFile());
  }

  @Test
  void specialTokensGetTheirParts() {
    learned(TokenizerPreset.WORDPIECE).save(folder);

    JsonNode settings = settings(folder);
    assertThat(settings.get("unk_token").asString()).isEqualTo("[UNK]");
    assertThat(settings.get("mask_token").asString()).isEqualTo("[MASK]");
    assertThat(settings.get("pad_token").asString()).isEqualTo("[PAD]");
    assertThat(settings.has("bos_token")).isFalse();
    assertThat(settings.at("/added_tokens_decoder/2/content").asString()).isEqualTo("[CLS]");
    assertThat(settings.at("/model_input_names/1").asString()).isEqualTo("token_type_ids");
  }

  @Test
  void oneTokenMayBeginAndEndTexts() {
    learned(TokenizerPreset.BPE, "<|endoftext|>").save(folder);

    assertThat(settings(folder).get("bos_token").asString()).isEqualTo("<|endoftext|>");
    assertThat(settings(folder).get("eos_token").asString()).isEqualTo("<|endoftext|>");
    assertThat(settings(folder).has("unk_token")).isFalse();
  }

  @Test
  void whatAFolderSaidIsKept() throws IOException {
    learned(TokenizerPreset.METASPACE, "<s>").save(folder);
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"model_max_length\": 77, \"eos_token\": null}");
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}");
    Path copy = folder.resolve("copy");

    Tokenizer.load(folder).toBuilder().build().save(copy);

    assertThat(settings(copy).get("model_max_length").asInt()).isEqualTo(77);
    assertThat(settings(copy).get("eos_token").isNull()).isTrue();
    Chat chat = Chat.empty().with("user", "hello");
    assertThat(ChatTemplate.load(copy).render(chat)).isEqualTo("<s>hello");
  }

  @Test
  void damagedSettingsAreNamed() throws IOException {
    learned(TokenizerPreset.BPE).save(folder);
    for (String wrong : List.of("{\"bos_token\": ", "[1]", "[".repeat(100_000), "")) {
      Files.writeString(folder.resolve("tokenizer_config.json"), wrong);

      assertThatThrownBy(() -> Tokenizer.load(folder))
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("tokenizer_config.json");
    }
  }
}

package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TokenizerCommandTest {
  @TempDir Path folder;
  private String tokenizer = "";

  @BeforeEach
  void learn() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "to be or not to be, that is the question. ".repeat(20));
    tokenizer = folder.resolve("tokenizer").toString();
    Run run =
        Run.myna("tokenizer", "train", text.toString(), "--vocabulary", "280", "--out", tokenizer);
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void textGoesThereAndBack() {
    Run encoded = Run.myna("tokenizer", "encode", tokenizer, "not to be — или быть");
    Run decoded = Run.myna("tokenizer", "decode", tokenizer, encoded.out().strip());

    assertThat(encoded.out()).matches("[0-9 ]+\n");
    assertThat(decoded.out()).isEqualTo("not to be — или быть\n");
  }

  @Test
  void everyTokenIsShown() {
    Run run = Run.myna("tokenizer", "inspect", tokenizer, "to be\n—", "--json");

    var json = JsonMapper.shared().readTree(run.out());
    assertThat(json.get("tokens").size()).isEqualTo(json.get("token_count").asInt());
    assertThat(Run.myna("tokenizer", "inspect", tokenizer, "to be\n—").out()).contains("\\n");
  }

  @Test
  void tokenizersAreCompared() {
    String text = folder.resolve("text.txt").toString();
    Run run = Run.myna("tokenizer", "compare", tokenizer, tokenizer, "--text", text, "--json");

    var first = JsonMapper.shared().readTree(run.out()).get("tokenizers").get(0);
    assertThat(first.get("tokens_per_byte").asDouble()).isBetween(0.05, 1.0);
    assertThat(first.get("tokens_per_word").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void wrongInputIsNamed() throws IOException {
    Path broken = Files.write(folder.resolve("broken"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(Run.myna("tokenizer", "decode", tokenizer, "1", "x").err())
        .isEqualTo("myna: an id should be a whole number, found 'x'\n");
    assertThat(Run.myna("tokenizer", "decode", tokenizer, "99999").code()).isEqualTo(2);
    assertThat(Run.myna("tokenizer", "encode", folder + "/absent", "x").code()).isEqualTo(2);
    assertThat(Run.myna("tokenizer", "encode", tokenizer, "--file", broken.toString()).err())
        .contains("is not UTF-8 text");
    assertThat(Run.myna("tokenizer", "compare", tokenizer, "--text", "nowhere/*").code())
        .isEqualTo(2);
  }
}

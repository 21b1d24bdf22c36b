package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  @TempDir Path folder;

  @Test
  void charactersGoThereAndBack() {
    Tokenizer tokenizer = Tokenizer.characters("hello world😀", List.of("<pad>"), null);

    int[] ids = tokenizer.ids("held 😀");

    assertThat(tokenizer.decode(ids)).isEqualTo("held 😀");
    assertThat(tokenizer.vocabularySize()).isEqualTo(10);
    assertThat(tokenizer.ids("xhx")).hasSize(1);
  }

  @Test
  void savedIsLoadedTheSame() {
    Tokenizer tokenizer = Tokenizer.characters("abc", List.of("<unk>"), "<unk>");
    tokenizer.save(folder);

    Tokenizer loaded = Tokenizer.load(folder);

    assertThat(loaded.ids("cabx")).isEqualTo(tokenizer.ids("cabx"));
    assertThat(loaded.fingerprint()).isEqualTo(tokenizer.fingerprint());
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "[".repeat(1_000_000));

    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer.json");
  }
}

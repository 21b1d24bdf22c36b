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

  @Test
  void idsOfAllLoseNoCharacter() {
    Tokenizer characters = Tokenizer.characters("abc ", List.of("<eos>"), null);
    Tokenizer unknown = Tokenizer.characters("abc ", List.of("<unk>"), "<unk>");

    assertThat(characters.ids("a日b")).isEqualTo(characters.ids("ab"));
    assertThat(characters.idsOfAll("ab<eos>c")).isEqualTo(characters.ids("ab<eos>c"));
    assertThat(unknown.idsOfAll("a日b")).hasSize(3);
    for (String text : List.of("a日b", "日", "ab<eos>日")) {
      assertThatThrownBy(() -> characters.idsOfAll(text))
          .isInstanceOf(TokenizerException.class)
          .hasMessageContaining("\"日\" (U+65E5) is no character of this tokenizer");
    }
  }
}

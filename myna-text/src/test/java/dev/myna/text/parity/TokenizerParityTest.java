package dev.myna.text.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference outputs of Hugging Face Tokenizers are met to the last id and offset. */
class TokenizerParityTest {
  @TempDir Path copy;

  private static Path folder(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(TokenizerParityTest.class.getResource(name)).toURI());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytelevel_bpe",
        "llama3_bpe",
        "metaspace_bpe",
        "roberta_bpe",
        "unigram",
        "wordlevel",
        "wordpiece"
      })
  void agreesWithTheReference(String name) throws URISyntaxException {
    TokenizerParity parity = TokenizerParity.of(folder(name));

    assertThat(parity.first()).isEmpty();
    assertThat(parity.equal()).isTrue();
    assertThat(parity.compared())
        .containsEntry("ids", 60)
        .containsEntry("tokens", 60)
        .containsEntry("offsets", 60)
        .containsEntry("decoded", 60)
        .containsEntry("pair ids", 1)
        .containsEntry("type ids", 1);
  }

  private void reference(String json) throws IOException, URISyntaxException {
    Files.copy(folder("wordlevel").resolve("tokenizer.json"), copy.resolve("tokenizer.json"));
    Files.writeString(copy.resolve("reference.json"), json);
  }

  @Test
  void everyDifferenceIsCountedAndTheFirstIsShown() throws IOException, URISyntaxException {
    reference(
        """
        {"cases": [
          {"text": "first", "ids": [7], "tokens": ["first"], "offsets": [[0, 4]], "decoded": "x"},
          {"text": "first part", "ids": [105, 288], "offsets": [[0, 5], [6, 10]]}]}
        """);
    TokenizerParity parity = TokenizerParity.of(copy);

    assertThat(parity.equal()).isFalse();
    assertThat(parity.compared()).containsEntry("ids", 2).doesNotContainKey("pair ids");
    assertThat(parity.different())
        .containsEntry("ids", 1)
        .containsEntry("offsets", 1)
        .containsEntry("decoded", 1)
        .doesNotContainKey("tokens");
    assertThat(parity.first().get("ids"))
        .isEqualTo("ids of case 0, \"first\": wanted [7], found [105]");
  }

  @Test
  void aReferenceThatIsNoneIsRefused() throws IOException, URISyntaxException {
    reference("{\"cases\": [{\"ids\": [7]}]}");

    assertThatThrownBy(() -> TokenizerParity.of(copy))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("reference.json")
        .hasMessageContaining("case 0 has no \"text\"");
  }
}

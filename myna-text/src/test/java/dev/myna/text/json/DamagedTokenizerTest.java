package dev.myna.text.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged {@code tokenizer.json} is refused with its name and the place in it. */
class DamagedTokenizerTest {
  @TempDir Path folder;

  private void refused(String json, String place) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);

    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|lacks the field \"model\"",
        "[]|must be an object",
        "{\"model\": {\"type\": \"Magic\"}}|Magic",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0, \"b\": 0}}}|0 has \"a\" and"
            + " \"b\"",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": -1}}}|\"a\" has -1",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 90000000}}}|\"a\" has 90000000",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0.5}}}|vocab[\"a\"]",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a b\"]}}|merge 0",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"ab\"]}}|merges[0]",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": [], \"dropout\": 2}}|dropout",
        "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", \"b\"]]}}|vocab[0]",
        "{\"model\": {\"type\": \"Unigram\", \"unk_id\": 3, \"vocab\": [[\"a\", 0]]}}|found 3",
      })
  void modelsThatCannotBe(String json, String place) throws IOException {
    refused(json, place);
  }

  private static String with(String field) {
    return "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}, %s}".formatted(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"normalizer\": {\"type\": \"Shout\"}|Shout",
        "\"normalizer\": 3|normalizer",
        "\"pre_tokenizer\": {\"type\": \"Split\"}|pre_tokenizer",
        "\"decoder\": {\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Magic\"}]}|Magic",
        "\"post_processor\": {\"type\": \"BertProcessing\"}|post_processor",
        "\"added_tokens\": [{\"id\": 1}]|added_tokens[0]",
        "\"added_tokens\": [{\"id\": 2000000000, \"content\": \"x\"}]|\"x\" has 2000000000",
        "\"padding\": {\"strategy\": {\"Fixed\": 2147483647}}|Fixed",
        "\"truncation\": {\"max_length\": \"long\"}|max_length",
      })
  void stagesThatCannotBe(String field, String place) throws IOException {
    refused(with(field), place);
  }

  @Test
  void mergesThatGoInCirclesEnd() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"model": {"type": "BPE", "vocab": {"a": 0, "aa": 1, "aaa": 2, "aaaa": 3},
          "merges": [["aa", "aa"], ["aaa", "a"], ["a", "aaa"], ["a", "aa"], ["a", "a"]]}}
        """);
    Tokenizer tokenizer = Tokenizer.load(folder);

    int[] ids = tokenizer.ids("a".repeat(100_001));
    assertThat(
            tokenizer.toBuilder()
                .decoder(new dev.myna.text.decode.FuseDecoder())
                .build()
                .decode(ids))
        .isEqualTo("a".repeat(100_001));
  }

  @Test
  void bracketsWithoutEndAreRefused() throws IOException {
    refused("{\"model\": " + "{\"a\":".repeat(1_000_000), "nesting depth");
    refused(with("\"normalizer\": " + "[".repeat(1_000_000)), "nesting depth");
  }
}

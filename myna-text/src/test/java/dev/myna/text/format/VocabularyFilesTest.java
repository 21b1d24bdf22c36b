package dev.myna.text.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.model.Bpe;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VocabularyFilesTest {
  @TempDir private Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(VocabularyFilesTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt2.gguf"})
  void opensByteLevelVocabularies(String name) {
    Tokenizer tokenizer = VocabularyFiles.open(resource(name));

    JsonNode cases = JsonMapper.shared().readTree(resource("gpt2-cases.json").toFile());
    for (JsonNode wanted : cases) {
      int[] ids = wanted.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
      assertThat(tokenizer.encode(wanted.get("text").asString(), false).ids()).isEqualTo(ids);
      assertThat(tokenizer.decode(ids, false)).isEqualTo(wanted.get("text").asString());
    }
  }

  @Test
  void translatesSentencePieceUnigram() {
    JsonNode json = VocabularyFiles.translate(resource("unigram.model"));

    assertThat(json.at("/model/type").asString()).isEqualTo("Unigram");
    assertThat(json.at("/model/unk_id").asInt()).isZero();
    assertThat(json.at("/model/vocab").size()).isEqualTo(400);
    assertThat(json.at("/model/vocab/0/0").asString()).isEqualTo("<unk>");
    assertThat(json.at("/normalizer/normalizers/0/type").asString()).isEqualTo("Precompiled");
    assertThat(json.at("/pre_tokenizer/type").asString()).isEqualTo("Metaspace");
    assertThat(json.at("/added_tokens").size()).isEqualTo(3);
  }

  @Test
  void translatesSentencePieceBpe() {
    JsonNode json = VocabularyFiles.translate(resource("bpe.model"));

    assertThat(json.at("/model/type").asString()).isEqualTo("BPE");
    assertThat(json.at("/model/byte_fallback").asBoolean()).isTrue();
    assertThat(json.at("/model/vocab").size()).isEqualTo(600);
    assertThat(json.at("/model/merges").size()).isGreaterThan(200);
    assertThat(json.at("/normalizer/normalizers/0/type").asString()).isEqualTo("Replace");
  }

  @Test
  void translatesBertsVocabulary() throws IOException {
    Path file =
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b");
    JsonNode json = VocabularyFiles.translate(file);

    assertThat(json.at("/model/type").asString()).isEqualTo("WordPiece");
    assertThat(json.at("/model/vocab/##b").asInt()).isEqualTo(5);
    assertThat(json.at("/normalizer/lowercase").asBoolean()).isTrue();
    assertThat(json.at("/post_processor/special_tokens/[SEP]/ids/0").asInt()).isEqualTo(3);

    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
    assertThat(VocabularyFiles.translate(file).at("/normalizer/lowercase").asBoolean()).isFalse();
  }

  @Test
  void translatesGpt1() throws IOException {
    Files.writeString(
        folder.resolve("encoder_bpe_40000.json"),
        "{\"<unk>\": 0, \"a\": 1, \"b</w>\": 2, \"ab</w>\": 3}");
    Files.writeString(folder.resolve("vocab_40000.bpe"), "#version: 0.2\na b</w>\n");
    JsonNode json = VocabularyFiles.translate(folder.resolve("vocab_40000.bpe"));

    assertThat(json.at("/model/end_of_word_suffix").asString()).isEqualTo("</w>");
    assertThat(json.at("/model/merges/0/1").asString()).isEqualTo("b</w>");
    assertThat(json.at("/pre_tokenizer/type").asString()).isEqualTo("BertPreTokenizer");
  }

  @Test
  void ranksBecomeEveryWayToMerge() {
    JsonNode model = VocabularyFiles.translate(resource("bpe.model")).get("model");
    Bpe bpe = (Bpe) VocabularyFiles.open(resource("gpt2.gguf")).model();

    for (JsonNode merge : model.get("merges")) {
      String joined = merge.get(0).asString() + merge.get(1).asString();
      assertThat(model.get("vocab").has(joined)).isTrue();
    }
    assertThat(bpe.merges()).hasSize(343);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram.model", "bpe.model", "gpt2.gguf"})
  void everyCutOfAFileIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    Path file = folder.resolve(name);
    for (int length = 0; length < whole.length - 1; length += 1 + whole.length / 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        // A protobuf that ends between two fields is a shorter, whole one.
        assertThat(VocabularyFiles.translate(file).at("/model/type").asString()).isNotEmpty();
        assertThat(name).endsWith(".model");
      } catch (TokenizerException e) {
        assertThat(e).hasMessageContaining(name);
      }
    }
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> VocabularyFiles.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("holds no vocabulary");
    assertThatThrownBy(() -> VocabularyFiles.open(folder.resolve("x.txt")))
        .hasMessageContaining("no file");

    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 1, \"ab\": 2}");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\na c\n");
    assertThatThrownBy(() -> VocabularyFiles.open(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("merges.txt, line 3")
        .hasMessageContaining("\"c\" is not in the vocabulary");

    Path ranks = Files.writeString(folder.resolve("x.tiktoken"), "IQ== 0\nIg== zero\n");
    assertThatThrownBy(() -> VocabularyFiles.open(ranks)).hasMessageContaining("line 2");
    Path other = Files.writeString(folder.resolve("y.tiktoken"), "IQ== 0\nIg== 1\n");
    assertThatThrownBy(() -> VocabularyFiles.open(other)).hasMessageContaining("has 2 ranks");

    Path twice = Files.writeString(folder.resolve("vocab.txt"), "[UNK]\na\na\n");
    assertThatThrownBy(() -> VocabularyFiles.open(twice)).hasMessageContaining("lines 2 and 3");
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', '\n', (byte) 0xE9});
    assertThatThrownBy(() -> VocabularyFiles.open(latin)).hasMessageContaining("UTF-8 in line 2");
  }
}

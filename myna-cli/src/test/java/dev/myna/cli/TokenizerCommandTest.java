package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.text.train.TokenizerPreset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource(TokenizerPreset.class)
  void everyKindIsLearned(TokenizerPreset preset) {
    String name = preset.name().toLowerCase(Locale.ROOT);
    String out = folder.resolve(name).toString();
    Run run =
        Run.myna(
            "tokenizer",
            "train",
            text(),
            "--model",
            name,
            "--vocabulary",
            "300",
            "--out",
            out,
            "--special",
            "<|endoftext|>",
            "--maximum-token-length",
            "5");

    assertThat(run.code()).as(run.err()).isZero();
    Run encoded = Run.myna("tokenizer", "encode", out, "--no-special-tokens", "not to be");
    Run decoded = Run.myna("tokenizer", "decode", out, encoded.out().strip());
    assertThat(decoded.out()).isEqualTo("not to be\n");
    assertThat(folder.resolve(name).resolve("tokenizer_config.json")).isRegularFile();
  }

  @Test
  void oneTokenizerIsLearnedLikeAnother() {
    String words = folder.resolve("words").toString();
    String like = folder.resolve("like").toString();

    assertThat(train("--model", "words", "--out", words, "--special", "<pad>").code()).isZero();
    assertThat(train("--like", words, "--vocabulary", "9", "--out", like).code()).isZero();

    Run run = Run.myna("tokenizer", "encode", like, "to <pad> hello", "--tokens");
    assertThat(run.out()).isEqualTo("to <pad> <unk>\n");
  }

  @Test
  void nothingIsLearnedFromNothing() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    Path out = folder.resolve("none");
    for (TokenizerPreset preset : TokenizerPreset.values()) {
      String name = preset.name().toLowerCase(Locale.ROOT);
      Run run =
          Run.myna(
              "tokenizer", "train", empty.toString(), "--model", name, "--out", out.toString());

      assertThat(run.code()).as(name).isEqualTo(2);
      assertThat(run.err()).contains("no text to learn from").doesNotContain("\n\n");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void theWayToATokenIsShown() {
    String unigram = folder.resolve("unigram").toString();
    assertThat(train("--model", "unigram", "--vocabulary", "40", "--out", unigram).code()).isZero();

    Run merges = Run.myna("tokenizer", "inspect", tokenizer, "question", "--path");
    Run lattice = Run.myna("tokenizer", "inspect", unigram, "not", "--path", "--json");

    assertThat(merges.out()).contains("q u e s t i o n").containsPattern("#\\d+ +\\S+ \\+ \\S+");
    var edges = JsonMapper.shared().readTree(lattice.out()).at("/paths/0/lattice");
    assertThat(edges.size()).isGreaterThan(3);
    assertThat(edges.get(0).get("score").asDouble()).isNegative();
  }

  @Test
  void sizesAreSweptAndDrawn() throws IOException {
    Path lines = folder.resolve("lines.txt");
    Files.writeString(lines, "to be or not to be\nthat is the question\n".repeat(30));
    Path chart = folder.resolve("sweep.html");
    Run run =
        Run.myna(
            "tokenizer",
            "compare",
            "--text",
            lines.toString(),
            "--sweep",
            "260,280",
            "--chart",
            chart.toString(),
            "--json");

    assertThat(run.code()).as(run.err()).isZero();
    var found = JsonMapper.shared().readTree(run.out()).get("tokenizers");
    assertThat(found.get(1).get("tokens_per_byte").asDouble())
        .isLessThan(found.get(0).get("tokens_per_byte").asDouble());
    assertThat(Files.readString(chart)).contains("Tokens per byte");
  }

  @Test
  void scriptsAreComparedApart() throws IOException {
    Path mixed = Files.writeString(folder.resolve("mixed.txt"), "to be\nбыть или не быть\n");
    Run run =
        Run.myna("tokenizer", "compare", tokenizer, "--text", mixed.toString(), "--by-script");

    assertThat(run.out()).contains("latin").contains("cyrillic").contains("0.00 %");
    assertThat(Run.myna("tokenizer", "compare", "--text", mixed.toString()).code()).isEqualTo(2);
    assertThat(
            Run.myna("tokenizer", "compare", tokenizer, "--text", mixed.toString(), "--chart", "x")
                .err())
        .contains("--sweep");
  }

  @Test
  void wrongSettingsAreNamed() {
    String out = folder.resolve("wrong").toString();

    assertThat(train("--model", "wordpeice", "--out", out).err())
        .isEqualTo(
            "myna: --model should be one of bpe, metaspace, wordpiece, unigram, words, spaced,"
                + " characters, found 'wordpeice'; did you mean wordpiece?\n");
    assertThat(train("--vocabulary", "0", "--out", out).err()).contains("at least 1, but is 0");
    assertThat(train("--model", "unigram", "--vocabulary", "5", "--out", out).code()).isEqualTo(2);
    assertThat(train("--special", "a", "--special", "a", "--out", out).err())
        .contains("must differ");
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  @Test
  void parityOfTokenizersIsShown() throws IOException {
    Path reference = Path.of(tokenizer).resolve("reference.json");
    String ids = Run.myna("tokenizer", "encode", tokenizer, "to be").out().strip();
    String json = "{\"cases\": [{\"text\": \"to be\", \"ids\": [%s], \"decoded\": \"%s\"}]}";

    Files.writeString(reference, json.formatted(ids.replace(' ', ','), "to be"));
    Run right = Run.myna("parity", tokenizer);
    Files.writeString(reference, json.formatted(ids.replace(' ', ','), "to bee"));
    Run wrong = Run.myna("parity", tokenizer);

    assertThat(right.code()).as(right.out() + right.err()).isZero();
    assertThat(right.out()).contains("ok");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).contains("OFF").contains("wanted to bee, found to be");
  }

  private String text() {
    return folder.resolve("text.txt").toString();
  }

  private Run train(String... options) {
    List<String> arguments = new ArrayList<>(List.of("tokenizer", "train", text()));
    arguments.addAll(List.of(options));
    return Run.myna(arguments.toArray(String[]::new));
  }
}

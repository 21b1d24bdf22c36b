package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VectorsTest {
  private static final String[] ANIMALS = {"Cat", "dog", "cow", "horse", "sheep"};
  private static final String[] METALS = {"iron", "gold", "zinc", "tin", "lead"};

  @TempDir Path folder;
  private String text = "";

  /** Lines about animals or about metals, never about both. */
  @BeforeEach
  void write() throws IOException {
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 600; line++) {
      String[] words = line % 2 == 0 ? ANIMALS : METALS;
      for (int i = 0; i < 12; i++) {
        lines.append(words[random.nextInt(words.length)]).append(i == 11 ? ".\n" : ", ");
      }
    }
    text = Files.writeString(folder.resolve("text.txt"), lines).toString();
  }

  private static JsonNode json(String... arguments) {
    Run run = Run.myna(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private String train(String kind, String name, String... more) {
    String out = folder.resolve(name).toString();
    String[] usual = {
      "vectors",
      "train",
      text,
      "--kind",
      kind,
      "--out",
      out,
      "--words",
      "--lower-case",
      "--dimension",
      "16",
      "--threads",
      "1",
      "--epochs",
      "10",
      "--rate",
      "0.1"
    };
    String[] all = new String[usual.length + more.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    Run run = Run.myna(all);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            Arrays.asList(more).contains("--program") // which counts the ends of lines as words
                ? "11 words of 16 dimensions from 7,800 words of text"
                : "10 words of 16 dimensions from 7,200 words of text");
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "skip_gram, words.vec, --sample 0.01",
    "cbow, words.bin, --hierarchical-softmax",
    "glove, words.vec, ''",
  })
  void wordsOfOneKindComeTogether(String kind, String name, String option) {
    String file = option.isEmpty() ? train(kind, name) : train(kind, name, option.split(" "));

    JsonNode nearest = json("vectors", "nearest", file, "cat", "-k", "4", "--json").get("words");

    assertThat(nearest.size()).isEqualTo(4);
    for (JsonNode word : nearest) {
      assertThat(word.get("word").stringValue()).isIn("dog", "cow", "horse", "sheep");
      assertThat(word.get("score").doubleValue()).isBetween(-1.0, 1.0);
    }
  }

  @Test
  void fastTextKnowsWordsThatItNeverSaw() throws IOException {
    Path pairs = Files.writeString(folder.resolve("pairs.txt"), "cat dog 9\ncat tin 1\n");
    String model = train("fasttext", "model.bin", "--ngrams", "2,4", "--buckets", "500");

    assertThat(json("vectors", "nearest", model, "horses", "--json").get("words").size())
        .isEqualTo(10);
    assertThat(
            json("vectors", "eval", model, "--pairs", pairs.toString(), "--json")
                .at("/pairs/0/spearman")
                .doubleValue())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void oneThreadGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(Path.of(train("skip_gram", "a.bin")));
    byte[] second = Files.readAllBytes(Path.of(train("skip_gram", "b.bin")));
    byte[] other = Files.readAllBytes(Path.of(train("skip_gram", "c.bin", "--seed", "2")));

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @Test
  void vectorsAreMeasuredAndDrawn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("words.vec"),
            "5 2\nking 2 2\nqueen 2 -2\nman 1 1\nwoman 1 -1\nsea -1 0\n");
    Path questions = Files.writeString(folder.resolve("q.txt"), ": family\nman king woman queen\n");
    String page = folder.resolve("map.html").toString();

    JsonNode analogies =
        json("vectors", "eval", file.toString(), "--analogies", questions.toString(), "--json")
            .get("analogies");
    JsonNode answer =
        json("vectors", "analogy", file.toString(), "man", "king", "woman", "--json").get("words");
    Run map = Run.myna("vectors", "map", file.toString(), "--method", "pca", "--out", page);

    assertThat(analogies.get(0).get("accuracy").doubleValue()).isEqualTo(1);
    assertThat(answer.get(0).get("word").stringValue()).isEqualTo("queen");
    assertThat(map.code()).as(map.err()).isZero();
    assertThat(Files.readString(Path.of(page))).contains("queen");
  }

  @Test
  void wrongInputIsNamed() throws IOException {
    String narrow = file("narrow.vec", "2 3\nking 1 2 3\nman 1 2\n");
    String empty = file("empty.txt", "\n\n");
    String out = folder.resolve("o.vec").toString();

    assertThat(Run.myna("vectors", "train", text, "--ngrams", "2,3", "--out", out).err())
        .contains("--ngrams is no option of --kind SKIP_GRAM");
    assertThat(Run.myna("vectors", "nearest", narrow, "king").err()).contains("line 3 of");
    assertThat(Run.myna("vectors", "nearest", folder + "/absent", "x").err())
        .contains("there is no file");
    assertThat(Run.myna("vectors", "train", empty, "--out", out).err())
        .contains("a text with words was wanted");
    assertThat(Run.myna("vectors", "train", empty, "--words", "--out", out).err())
        .contains("a text with words was wanted, and " + empty);
    String endless = file("endless.txt", "a word\n" + "x".repeat(70_000) + "\n");
    assertThat(Run.myna("vectors", "train", endless, "--words", "--out", out).err())
        .contains("line 2 of " + endless);
    assertThat(Run.myna("vectors", "train", text, "--out", out, "--dimension", "0").code())
        .isEqualTo(2);
    assertThat(Run.myna("vectors", "eval", narrow).err()).contains("give --pairs or --analogies");
    byte[] model =
        Files.readAllBytes(
            Path.of(train("fasttext", "model.bin", "--buckets", "500", "--program")));
    Path cut = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(model, 300));
    Run run = Run.myna("vectors", "nearest", cut.toString(), "cat");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("cut off");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}

package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recurrent language models, classifiers and translators are used by commands once trained. */
class TrainedModelCommandsTest {
  @TempDir Path folder;

  private Path train(String recipe) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            name: small
            out: %s
            train: {steps: 200, batch: 8, rate: 1e-2, precision: float32, evaluate_every: 100}
            %s
            """
                .formatted(folder.resolve("run"), recipe));
    Run run = Run.myna("train", file.toString());
    assertThat(run.code()).as(run.err()).isZero();
    return folder.resolve("run");
  }

  private Path trainLanguageModel() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "the bird sang .\n".repeat(200));
    return train(
        """
        data: {train: ["%s"]}
        tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<unk>, <eos>]}
        model: {family: gru, width: 16, context: 8, dropout: 0}
        """
            .formatted(text));
  }

  @Test
  void aRecurrentLanguageModelGoesOn() throws IOException {
    Path run = trainLanguageModel();

    Run written = Run.myna("generate", run.toString(), "--prompt", "the bird", "--tokens", "2");

    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.out().strip()).isEqualTo("the bird sang .");
    Run refused = Run.myna("translate", run.toString(), "the bird");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("makes one text of another");
  }

  @Test
  void aRunThatWasMovedGoesOnWhereItIs() throws IOException {
    Path run = trainLanguageModel();
    Path moved = Files.move(run, folder.resolve("moved"));

    Run on = Run.myna("train", moved.toString(), "--resume", "--set", "train.steps=210");

    assertThat(on.code()).as(on.err()).isZero();
    assertThat(on.out()).contains(moved.resolve("report.html").toString());
    assertThat(run).doesNotExist();
  }

  @Test
  void aClassifierPredictsAndIsJudged() throws IOException {
    Path labelled =
        Files.writeString(
            folder.resolve("labelled.tsv"), "good\tfine bird\nbad\tdull dog\n".repeat(30));
    Path run =
        train(
            """
            data: {train: ["%s"], validation_fraction: 0.1}
            tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<pad>, <unk>]}
            task: {kind: classification}
            model: {family: fnn, width: 8}
            """
                .formatted(labelled));

    Run said =
        Run.myna("classify", "predict", "--model", run.toString(), "--json", "fine", "dull dog");
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode predictions = JsonMapper.shared().readTree(said.out()).path("predictions");
    assertThat(predictions.path(0).path("label").asString()).isEqualTo("good");
    assertThat(predictions.path(1).path("label").asString()).isEqualTo("bad");
    assertThat(predictions.path(0).path("scores").path("good").asDouble()).isBetween(0.5, 1.0);

    Run judged = Run.myna("classify", "eval", "--model", run.toString(), labelled.toString());
    assertThat(judged.out()).contains("accuracy  100.00 % of 60");

    Run refused = Run.myna("generate", run.toString(), "--prompt", "fine");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("a model that goes on from a text was wanted");
  }

  @Test
  void textsAlikeAreFound() throws IOException {
    Path scored =
        Files.writeString(
            folder.resolve("scored.csv"),
            "fine bird,good bird,5\n\"dull, dull dog\",bad dog,5\nfine bird,bad dog,0\n"
                .repeat(20));
    Path run =
        train(
            """
            data: {train: ["%s"], validation_fraction: 0.2}
            tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<pad>, <unk>]}
            task: {kind: similarity, dimensions: 8}
            model: {family: fnn, width: 8}
            """
                .formatted(scored));

    Run said =
        Run.myna(
            "similar", run.toString(), "good bird", "bad dog", "fine bird", "--json", "--top=1");

    assertThat(said.code()).as(said.err()).isZero();
    JsonNode best = JsonMapper.shared().readTree(said.out()).path("texts");
    assertThat(best.size()).isEqualTo(1);
    assertThat(best.path(0).path("text").asString()).isEqualTo("fine bird");
    assertThat(best.path(0).path("cosine").asDouble()).isBetween(0.8, 1.000001);
    assertThat(Run.myna("similar", run.toString(), " ", "bad dog").code()).isEqualTo(2);
    Run refused = Run.myna("classify", "predict", "--model", run.toString(), "fine bird");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("which of several classes");
  }

  @Test
  void questionsAreAnsweredBySpansOfATextOrOfAFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String bird = i % 2 == 0 ? "myna" : "lark";
      int before = i % 4 < 2 ? 0 : 10; // so long that windows lack the answer
      lines.append(
          """
          {"id": "q%d", "question": "who sang ?", "context": "%s🐦 number %d : the %s sang", "answers": {"text": ["%s"], "answer_start": [%d]}}
          """
              .formatted(
                  i,
                  "it rained . ".repeat(before),
                  i,
                  bird,
                  bird,
                  12 * before + (i < 10 ? 17 : 18)));
    }
    Path questions = Files.writeString(folder.resolve("questions.jsonl"), lines);
    Path run =
        train(
            """
            data: {train: ["%s"], validation_fraction: 0.2}
            tokenizer: {kind: wordpiece, vocabulary: 120, minimum_frequency: 1}
            task: {kind: answers}
            model: {family: bert, layers: 1, heads: 2, width: 32, context: 32, dropout: 0}
            """
                .formatted(questions));

    Run said =
        Run.myna(
            "answer",
            run.toString(),
            "--question",
            "who sang ?",
            "--passage",
            "🐦 number 7 : the lark sang",
            "--top=2",
            "--json");
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode found = JsonMapper.shared().readTree(said.out());
    assertThat(found.path("answer").asString()).isEqualTo("lark");
    assertThat(found.path("answers").size()).isEqualTo(2);
    JsonNode best = found.path("answers").path(0);
    assertThat(best.path("start").asInt()).isEqualTo(17);
    assertThat(best.path("end").asInt()).isEqualTo(21);
    assertThat(best.path("probability").asDouble()).isBetween(0.5, 1.0);

    String text = "it rained . ".repeat(30) + "🐦 number 7 : the lark sang . it rained";
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    Run shown =
        Run.myna("answer", run.toString(), "--question=who sang ?", "--file", file.toString());
    assertThat(shown.out().strip()).startsWith("… ").endsWith("the [lark] sang . it rained");

    Path out = folder.resolve("predictions.json");
    Run all =
        Run.myna(
            "answer", run.toString(), "--squad", questions.toString(), "--out", out.toString());
    assertThat(all.code()).as(all.err()).isZero();
    JsonNode predictions = JsonMapper.shared().readTree(Files.readString(out));
    assertThat(predictions.size()).isEqualTo(40);
    double right = 0;
    for (int i = 0; i < 40; i++) {
      String bird = i % 2 == 0 ? "myna" : "lark";
      right += predictions.path("q" + i).asString().equals(bird) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(20);
    assertThat(all.out())
        .contains("exact match %.2f".formatted(100 * right / 40))
        .contains("of 40 questions");

    Run none =
        Run.myna(
            "answer",
            run.toString(),
            "--question=who sang ?",
            "--file",
            file.toString(),
            "--threshold=-1000");
    assertThat(none.out().strip()).isEqualTo("no answer");

    Run directory =
        Run.myna("answer", run.toString(), "--question=who?", "--file", folder.toString());
    assertThat(directory.code()).isEqualTo(2);
    assertThat(directory.err()).contains("a file of text was wanted, but").contains("is a folder");
    Run several = Run.myna("answer", run.toString(), "--squad", questions.toString(), "--top", "2");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("--top is for one question");
  }

  @Test
  void whatCannotBeAnsweredIsRefused() throws IOException {
    Path run = trainLanguageModel();
    String model = run.toString();

    Run other = Run.myna("answer", model, "--question", "who?", "--passage", "a bird");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("answers questions by spans of a text was wanted");
    for (String[] wrong :
        new String[][] {
          {"answer", model, "--question", "who?"},
          {"answer", model, "--passage", "a bird"},
          {"answer", model, "--question", "who?", "--squad", "x.json"},
          {"answer", model, "--question", " ", "--passage", "a bird"},
          {"answer", model, "--question", "who?", "--passage", "a bird", "--out", "x.json"},
          {"answer", model, "--question", "who?", "--passage", "a bird", "--top", "0"},
          {"answer", model, "--question", "who?", "--passage", "a bird", "--threshold", "NaN"}
        }) {
      Run refused = Run.myna(wrong);
      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err().strip().lines()).hasSize(1);
    }
  }

  @Test
  void aTranslatorTranslatesTheLinesOfAFile() throws IOException {
    Path pairs =
        Files.writeString(folder.resolve("pairs.tsv"), "ein Hund\ta dog\nHunde\tdogs\n".repeat(20));
    Path run =
        train(
            """
            data: {train: ["%s"], validation_fraction: 0.2}
            tokenizer: {kind: bpe, vocabulary: 280, special_tokens: [<pad>, </s>]}
            task: {kind: translation}
            model: {family: seq2seq, width: 32, attention: none, dropout: 0}
            """
                .formatted(pairs));
    Path lines = Files.writeString(folder.resolve("lines.txt"), "Hunde\n\nein Hund\n");

    Run said =
        Run.myna("translate", run.toString(), "--file", lines.toString(), "ein Hund", "--beams=2");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out().lines()).containsExactly("a dog", "dogs", "", "a dog");
    Run cut = Run.myna("translate", run.toString(), "ein Hund ".repeat(60));
    assertThat(cut.code()).isZero();
    assertThat(cut.err()).contains("the ends of 1 of 1 texts are not read");
    Run nothing = Run.myna("translate", run.toString());
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("texts to translate were wanted");
  }
}

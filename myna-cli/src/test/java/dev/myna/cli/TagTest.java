package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tagger is trained, tags words, and is judged. */
class TagTest {
  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String train() throws IOException {
    String tagged =
        file(
            "train.conll",
            "the O\nold B-BIRD\nmyna I-BIRD\nsang O\n\nno O\nmyna B-BIRD\nsang O\n\n".repeat(20));
    String recipe =
        file(
            "recipe.yaml",
            """
            name: small
            out: %s
            data: {train: ["%s"], validation_fraction: 0.1}
            tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<pad>, <unk>]}
            task: {kind: tagging}
            model: {family: gru, width: 8, bidirectional: true}
            train: {steps: 100, batch: 8, rate: 2e-2, precision: float32, evaluate_every: 100}
            """
                .formatted(folder.resolve("run"), tagged));
    Run run = Run.myna("train", recipe);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("entity f1");
    return folder.resolve("run").toString();
  }

  @Test
  void wordsAreTaggedWrittenBackAndJudged() throws IOException {
    String run = train();

    Run said = Run.myna("tag", run, "the old myna", "no myna");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out().lines().map(line -> line.replaceAll(" +[\\d.]+$", "")))
        .containsExactly(
            "word  tag     probability",
            "the   O",
            "old   B-BIRD",
            "myna  I-BIRD",
            "",
            "word  tag     probability",
            "no    O",
            "myna  B-BIRD");

    Path report = folder.resolve("report.json");
    Run json =
        Run.myna(
            "tag",
            run,
            "--file",
            file("lines.txt", "no myna\n\n"),
            "--json",
            "--report",
            report.toString());
    JsonNode sentences = JsonMapper.shared().readTree(json.out()).path("sentences");
    assertThat(sentences.size()).isEqualTo(2);
    assertThat(sentences.at("/0/1/word").asString()).isEqualTo("myna");
    assertThat(sentences.at("/0/1/tag").asString()).isEqualTo("B-BIRD");
    assertThat(sentences.at("/0/1/probability").asDouble()).isBetween(0.5, 1.0);
    assertThat(sentences.at("/1").size()).isZero();
    assertThat(report).content().contains("B-BIRD");

    String words = file("words.conll", "-DOCSTART- X\n\nthe DT\nold JJ\nmyna NN\n\nno\tDT\n");
    Run written = Run.myna("tag", run, "--conll", words);
    assertThat(written.out())
        .isEqualTo("-DOCSTART- X\n\nthe DT O\nold JJ B-BIRD\nmyna NN I-BIRD\n\nno\tDT\tO\n");

    String right = file("right.conll", "the O\nold B-BIRD\nmyna I-BIRD\n\nno O\nmyna O\n");
    Run judged = Run.myna("tag", run, "--judge", right);
    assertThat(judged.code()).as(judged.err()).isZero();
    assertThat(judged.out())
        .contains("all        0.5000  1.0000  0.6667        1")
        .contains("accuracy  80.00 % of 5 words");
    String predictions =
        file("said.conll", "the O\nold B-BIRD\nmyna I-BIRD\n\nno O\nmyna B-BIRD\n");
    assertThat(Run.myna("score", "tags", "--predictions", predictions, "--targets", right).out())
        .isEqualTo(judged.out());

    Run both = Run.myna("tag", run, "--conll", words, "--judge", right);
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("found several");
    assertThat(Run.myna("tag", run).err()).contains("texts to tag were wanted");
    Run untagged = Run.myna("tag", run, "--judge", file("none.conll", "the\n"));
    assertThat(untagged.code()).isEqualTo(2);
    assertThat(untagged.err()).contains("line 1 of").contains("is \"the\"");
    Run classified = Run.myna("classify", "predict", "--model", run, "the myna");
    assertThat(classified.code()).isEqualTo(2);
  }

  @Test
  void helpHasAnExample() {
    assertThat(Run.myna("tag", "--help").out()).contains("myna tag runs/").contains("--conll");
  }
}

package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.generate.EarlyStopping;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.model.Pretrained;
import dev.myna.task.TaskException;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.train.RecipeRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done with what recipes have trained. */
class TrainedModelsTest {
  @TempDir Path folder;
  private SmallRecipes recipes;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    recipes = new SmallRecipes(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"textcnn", "bilstm", "fnn", "bert-classes"})
  void aTrainedClassifierSaysOfTextsWhatItSaidInItsTest(String kind) throws IOException {
    Outcome outcome = recipes.run(kind, "used");
    List<String[]> lines =
        Files.readAllLines(folder.resolve("labelled.tsv")).stream()
            .map(line -> line.split("\t", 2))
            .toList();

    try (TrainedClassifier classifier = TrainedClassifier.load(outcome.folder(), Device.CPU)) {
      List<double[]> found =
          classifier.probabilities(lines.stream().map(line -> line[1]).toList(), Progress.NONE);

      assertThat(classifier.labels()).containsExactly("bad", "good");
      long right = 0;
      for (int i = 0; i < found.size(); i++) {
        double[] shares = found.get(i);
        assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-6));
        right += lines.get(i)[0].equals(shares[1] > shares[0] ? "good" : "bad") ? 1 : 0;
      }
      assertThat((double) right / found.size())
          .isEqualTo(outcome.figures().getFirst().value(), within(1e-9));
    }
  }

  @Test
  void classesAreNamedInTheConfigurationOfATransformer() throws IOException {
    Path model = recipes.run("bert-classes", "used").model();

    assertThat(Pretrained.load(model).labels()).containsExactly("bad", "good");
    assertThat(Files.readString(model.resolve("config.json"))).contains("\"bos_token_id\" : null");
  }

  @Test
  void aModelThatSaysNumbersIsUsedAsAClassifierOfOne() throws IOException {
    Outcome outcome = recipes.run("bert-numbers", "used");
    List<String[]> lines =
        Files.readAllLines(folder.resolve("numbered.tsv")).stream()
            .map(line -> line.split("\t", 2))
            .toList();

    assertThat(outcome.figures().getFirst().name()).isEqualTo("test_mean_absolute_error");
    assertThat(outcome.model().resolve("config.json")).content().contains("regression");
    try (TrainedClassifier scorer = TrainedClassifier.load(outcome.folder(), Device.CPU)) {
      assertThat(scorer.saysNumbers()).isTrue();
      List<double[]> said =
          scorer.probabilities(lines.stream().map(line -> line[1]).toList(), Progress.NONE);
      double distances = 0;
      for (int i = 0; i < said.size(); i++) {
        assertThat(said.get(i)).hasSize(1);
        distances += Math.abs(said.get(i)[0] - Double.parseDouble(lines.get(i)[0]));
      }
      assertThat(distances / said.size())
          .isEqualTo(outcome.figures().getFirst().value(), within(1e-5));
    }
  }

  @Test
  void anEncoderOfTextsIsAFolderOfSentenceTransformers() {
    Outcome outcome = recipes.run("bert-alike", "used");

    assertThat(outcome.figures()).extracting(f -> f.name()).startsWith("test_spearman");
    assertThat(outcome.model().resolve("modules.json")).content().contains("1_Pooling");
    assertThat(outcome.model().resolve("1_Pooling/config.json"))
        .content()
        .contains("\"pooling_mode_mean_tokens\" : true");
  }

  @Test
  void foldersOfOtherVersionsOfSentenceTransformersAreReadOrRefused() throws IOException {
    Path model = recipes.run("bert-alike", "used").model();
    Path how = model.resolve("1_Pooling/config.json");
    float[] before;
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      before = embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst();
    }
    Files.writeString(how, "{\"pooling_mode\": \"mean\"}"); // version 6
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      assertThat(embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst())
          .containsExactly(before);
    }
    Files.writeString(how, "{\"pooling_mode\": \"max\"}");
    try (TrainedEmbedder embedder = TrainedEmbedder.load(model, Device.CPU)) {
      assertThat(embedder.vectors(List.of("a dog ran"), Progress.NONE).getFirst())
          .isNotEqualTo(before);
    }

    for (String wrong :
        List.of(
            "{\"pooling_mode\": [\"mean\", \"middle\"]}",
            "{\"pooling_mode_middle\": true}",
            "[]",
            "{\"pool")) {
      Files.writeString(how, wrong);
      assertThatThrownBy(() -> TrainedEmbedder.load(model, Device.CPU))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("config.json");
    }
    Files.writeString(how, "{\"pooling_mode\": \"mean\"}");
    Files.writeString(
        model.resolve("modules.json"), "[{\"type\": \"sentence_transformers.models.Dense\"}]");
    assertThatThrownBy(() -> TrainedEmbedder.load(model, Device.CPU))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("models.Dense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alike", "alike-batch", "bert-alike", "bert-alike-layers", "bert-triplets"})
  void aTrainedEmbedderMakesVectorsOfLengthOne(String kind) {
    Outcome outcome = recipes.run(kind, "used");

    try (TrainedEmbedder embedder = TrainedEmbedder.load(outcome.folder(), Device.CPU)) {
      List<float[]> vectors =
          embedder.vectors(List.of("a dog ran", "the cat sang", "a dog ran"), Progress.NONE);
      float[] alone = embedder.vectors(List.of("the cat sang"), Progress.NONE).getFirst();

      assertThat(vectors.get(0)).containsExactly(vectors.get(2), within(1e-6f));
      assertThat(vectors.get(1)).containsExactly(alone, within(1e-5f));
      double squares = 0;
      for (float element : alone) {
        squares += element * element;
      }
      assertThat(squares).isEqualTo(1, within(1e-5));
    }
    assertThatThrownBy(() -> TrainedClassifier.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transformer", "seq2seq"})
  void aTrainedTranslatorSaysWhatItSaidInItsTest(String kind) throws IOException {
    Outcome outcome = recipes.run(kind, "used");
    List<String> sources =
        Files.readAllLines(folder.resolve("pairs.tsv")).stream()
            .map(line -> line.split("\t", 2)[0])
            .toList();

    try (TrainedTranslator translator = TrainedTranslator.load(outcome.folder(), Device.CPU)) {
      Strategy.Beam beams = new Strategy.Beam(2, 1, EarlyStopping.HEURISTIC);
      int most = kind.equals("transformer") ? 23 : 127;

      assertThat(translator.translate(sources, Sampling.beams(most, beams), Progress.NONE))
          .isEqualTo(Files.readAllLines(folder.resolve("used/test.translated")));
    }
    assertThatThrownBy(() -> TrainedClassifier.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("which of several classes");
  }

  @Test
  void aTrainedLanguageModelOfAnyKindWrites() {
    for (String kind : List.of("lstm-language", "lstm-language-classes")) {
      Outcome outcome = recipes.run(kind, kind);

      assertThat(outcome.sample().strip().split(" +")).as(kind).hasSizeBetween(1, 4);
      assertThatThrownBy(() -> TrainedTranslator.load(outcome.folder(), Device.CPU))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("makes one text of another");
    }
  }
}

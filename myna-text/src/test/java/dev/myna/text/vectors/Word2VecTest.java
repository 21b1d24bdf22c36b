package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Word2VecTest {
  @TempDir Path folder;

  static Stream<Word2VecConfig> configs() {
    var training = new TrainingSettings(3, 0.05, 1, 3);
    return Stream.of(Word2VecConfig.skipGram(), Word2VecConfig.cbow())
        .map(config -> config.withDimension(12).withSample(0).withTraining(training))
        .flatMap(
            config ->
                Stream.of(
                    config,
                    config.withOutput(new Word2VecConfig.Output.Negative(12)),
                    config.withOutput(new Word2VecConfig.Output.HierarchicalSoftmax())));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void wordsOfOneTopicComeTogether(Word2VecConfig config) throws IOException {
    Path text = Fixtures.twoTopics(folder);
    WordVectors vectors = Word2Vec.train(text, config, Progress.NONE);
    assertThat(vectors.size()).isEqualTo(20);
    assertThat(vectors.dimension()).isEqualTo(12);
    assertThat(Fixtures.separates(vectors)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void oneThreadGivesTheSameBits(Word2VecConfig config) throws IOException {
    Path text = Fixtures.twoTopics(folder);
    WordVectors first = Word2Vec.train(text, config, Progress.NONE);
    WordVectors second = Word2Vec.train(text, config, Progress.NONE);
    WordVectors other =
        Word2Vec.train(text, config.withTraining(config.training().withSeed(4)), Progress.NONE);
    for (int id = 0; id < first.size(); id++) {
      assertThat(second.vector(id)).isEqualTo(first.vector(id));
    }
    assertThat(other.vector(0)).isNotEqualTo(first.vector(0));
  }

  @Test
  void severalThreadsLearnTheSameText() throws IOException {
    Path text = Fixtures.twoTopics(folder);
    var config =
        Word2VecConfig.skipGram()
            .withDimension(12)
            .withSample(1e-1)
            .withTraining(new TrainingSettings(3, 0.05, 3, 3));
    assertThat(Fixtures.separates(Word2Vec.train(text, config, Progress.NONE))).isTrue();
  }

  @Test
  void oneLineIsEnough() throws IOException {
    String line = Files.readString(Fixtures.twoTopics(folder)).replace("\n", " ");
    Path text = Files.writeString(folder.resolve("line.txt"), line);
    var config = Word2VecConfig.cbow().withTraining(new TrainingSettings(1, 0.05, 2, 3));
    assertThat(Word2Vec.train(text, config, Progress.NONE).vocabulary().total()).isEqualTo(24_000);
  }

  @Test
  void aVocabularyOfOneWordDoesNotHang() throws IOException {
    Path text = Files.writeString(folder.resolve("one.txt"), "a a a a a a\n".repeat(10));
    for (Word2VecConfig config : configs().toList()) {
      assertThat(Word2Vec.train(text, config, Progress.NONE).size()).isEqualTo(1);
    }
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> Word2VecConfig.cbow().withDimension(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must be at least 1, found 0");
    assertThatThrownBy(() -> TrainingSettings.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate must be above 0");
  }
}

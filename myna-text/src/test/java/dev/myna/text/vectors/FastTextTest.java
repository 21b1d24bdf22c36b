package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.text.vectors.FastTextConfig.Loss;
import dev.myna.text.vectors.FastTextConfig.NGrams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastTextTest {
  @TempDir Path folder;

  @Test
  void vectorsAreThoseOfTheProgram() throws IOException {
    FastText model = FastText.load(Fixtures.file("sg.bin"));
    for (String line : Files.readAllLines(Fixtures.file("sg.print"))) {
      String[] fields = line.split(" ");
      assertVector(model.vector(fields[0]), fields);
    }
    WordVectors vectors = model.wordVectors();
    List<String> lines = Files.readAllLines(Fixtures.file("sg.vec"));
    assertThat(vectors.size()).isEqualTo(lines.size() - 1);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(" ");
      assertVector(vectors.vector(fields[0]), fields);
    }
  }

  /** The program prints five significant digits. */
  private static void assertVector(float[] vector, String[] fields) {
    for (int j = 0; j < vector.length; j++) {
      float wanted = Float.parseFloat(fields[j + 1]);
      assertThat(vector[j]).isCloseTo(wanted, Offset.offset(Math.abs(wanted) * 6e-5f + 1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sup-softmax.bin", "sup-hs.bin", "sup-ova.bin", "sup-ns.bin", "quant.ftz"})
  void predictionsAreThoseOfTheProgram(String file) throws IOException {
    FastText model = FastText.load(Fixtures.file(file));
    List<String> lines = Files.readAllLines(Fixtures.file("lines.txt"));
    List<String> wanted = Files.readAllLines(Fixtures.file(file.replaceFirst("\\..*", ".predict")));
    assertThat(lines).hasSameSizeAs(wanted);
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = wanted.get(i).split(" ");
      List<Prediction> predictions = model.predict(lines.get(i), 3);
      assertThat("__label__" + predictions.getFirst().label()).isEqualTo(fields[0]);
      for (Prediction prediction : predictions) {
        int at = List.of(fields).indexOf("__label__" + prediction.label());
        double probability = at < 0 ? 0 : Double.parseDouble(fields[at + 1]); // below 1e-5 unsaid
        assertThat(prediction.probability()).isCloseTo(probability, Offset.offset(5e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sg.bin", "sup-softmax.bin", "sup-hs.bin", "sup-ova.bin"})
  void aFileIsWrittenAsItWasRead(String file) throws IOException {
    Path copy = folder.resolve(file);
    FastText.load(Fixtures.file(file)).save(copy);
    assertThat(copy).hasSameBinaryContentAs(Fixtures.file(file));
  }

  @Test
  void cutOffFilesAreRefusedWhereverTheyEnd() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.file("sup-hs.bin"));
    byte[] quantized = Files.readAllBytes(Fixtures.file("quant.ftz"));
    Path file = folder.resolve("cut.bin");
    for (byte[] whole : List.of(bytes, quantized)) {
      for (int length = 0; length < whole.length; length += 97) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> FastText.load(file))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOf(VectorsException.class)
            .hasMessageContaining("cut.bin");
      }
    }
  }

  @Test
  void scrambledFilesAreRefusedOrReadButNeverCrash() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.file("quant.ftz"));
    Path file = folder.resolve("scrambled.bin");
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = whole.clone();
      for (int k = 0; k < 3; k++) {
        bytes[8 + random.nextInt(i % 2 == 0 ? 100 : bytes.length - 8)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try {
        assertThat(FastText.load(file).words().size()).isNotNegative();
      } catch (VectorsException e) {
        assertThat(e).hasMessageContaining("wanted");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void learnsToTellLabels(Loss loss) throws IOException {
    Path text = Fixtures.unpacked("labelled.txt.gz", folder);
    var config =
        FastTextConfig.supervised()
            .withLoss(loss)
            .withDimension(16)
            .withNGrams(new NGrams(2, 3, 2, 2000))
            .withTraining(new TrainingSettings(10, 0.5, 1, 1));
    FastText model = FastText.train(text, config, Progress.NONE);
    assertThat(model.labels()).containsExactlyInAnyOrder("novel", "play", "verse");
    long right = 0;
    List<String> lines = Files.readAllLines(text);
    for (String line : lines) {
      String label = line.substring("__label__".length(), line.indexOf(' '));
      right += model.predict(line, 1).getFirst().label().equals(label) ? 1 : 0;
    }
    assertThat((double) right / lines.size()).isGreaterThan(0.95);
    Path saved = folder.resolve("saved.bin");
    model.save(saved);
    assertThat(FastText.load(saved).predict("lord and prince", 3))
        .isEqualTo(model.predict("lord and prince", 3));
  }

  @ParameterizedTest
  @EnumSource(
      value = FastTextConfig.Model.class,
      names = {"CBOW", "SKIP_GRAM"})
  void wordsOfOneTopicComeTogether(FastTextConfig.Model kind) throws IOException {
    Path text = Fixtures.twoTopics(folder);
    FastTextConfig config =
        switch (kind) {
          case CBOW -> FastTextConfig.cbow();
          default -> FastTextConfig.skipGram();
        };
    config =
        config
            .withDimension(12)
            .withSample(1)
            .withNGrams(new NGrams(3, 4, 1, 500))
            .withTraining(new TrainingSettings(2, 0.05, 1, 1));
    FastText model = FastText.train(text, config, Progress.NONE);
    WordVectors vectors = model.wordVectors();
    assertThat(vectors.contains("</s>")).isFalse();
    assertThat(Fixtures.separates(vectors)).isTrue();
    assertThat(vectors.nearest(model.vector("seafarer"), 5, Set.of()))
        .allMatch(neighbour -> neighbour.word().startsWith("sea"));
    FastText again = FastText.train(text, config, Progress.NONE);
    assertThat(again.vector("sea1")).isEqualTo(model.vector("sea1"));
  }

  @Test
  void takesTheEndOfALineForAWordWhereItsProgramDoes() throws IOException {
    Path text = Fixtures.twoTopics(folder);
    FastTextConfig config =
        FastTextConfig.skipGram()
            .withDimension(4)
            .withNGrams(new NGrams(3, 4, 1, 500))
            .withTraining(new TrainingSettings(1, 0.05, 1, 1));
    FastText plain = FastText.train(text, config, Progress.NONE);
    FastText likeProgram =
        FastText.train(text, config.withWords(FastTextConfig.Words.PROGRAM), Progress.NONE);

    assertThat(likeProgram.wordVectors().contains("</s>")).isTrue();
    assertThat(plain.wordVectors().contains("</s>")).isFalse();
    long lines = Files.readAllLines(text).size();
    assertThat(likeProgram.tokens()).isEqualTo(plain.tokens() + lines);
  }

  @Test
  void refusesWhatCannotBeLearnedOrAsked() throws IOException {
    Path text = Files.writeString(folder.resolve("plain.txt"), "no label here\n".repeat(9));
    assertThatThrownBy(() -> FastText.train(text, FastTextConfig.supervised(), Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("__label__");
    FastText model = FastText.load(Fixtures.file("sg.bin"));
    assertThatThrownBy(() -> model.predict("a line", 1))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("supervised");
    assertThatThrownBy(() -> FastText.load(Fixtures.file("quant.ftz")).save(folder.resolve("x")))
        .isInstanceOf(VectorsException.class);
  }
}

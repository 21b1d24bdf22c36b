package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordVectorFileTest {
  @TempDir Path folder;

  private final WordVectors vectors =
      WordVectors.of(
          List.of("王", "the", "naïve"),
          List.of(
              new float[] {1, -2.5f, 1e-30f},
              new float[] {0, 0, 0},
              new float[] {Float.MIN_VALUE, 3.1415927f, -1e20f}));

  @Test
  void textAndBinaryKeepEveryBit() throws IOException {
    Path text = folder.resolve("v.txt");
    Path binary = folder.resolve("v.bin");
    WordVectorFile.writeText(vectors, text);
    WordVectorFile.writeBinary(vectors, binary);
    for (Path file : List.of(text, binary)) {
      WordVectors read = WordVectorFile.read(file);
      assertThat(read.size()).isEqualTo(3);
      for (String word : List.of("王", "the", "naïve")) {
        assertThat(read.vector(word)).isEqualTo(vectors.vector(word));
      }
    }
  }

  @Test
  void readsFilesWithoutHeaderWithSpacesInWordsAndPacked() throws IOException {
    Path glove = folder.resolve("glove.txt.gz");
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write("the 1 2\n. . 3 4\nthe 9 9\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(glove, packed.toByteArray());
    WordVectors read = WordVectorFile.read(glove);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.vector("the")).containsExactly(1, 2);
    assertThat(read.vector(". .")).containsExactly(3, 4);
  }

  @Test
  void knowsFastTextByItsContents() throws IOException {
    assertThat(WordVectorFile.read(Fixtures.file("sg.bin")).dimension()).isEqualTo(6);
    assertThat(WordVectorFile.read(Fixtures.file("sg.vec")).size()).isEqualTo(216);
  }

  @ParameterizedTest
  @CsvSource({
    "'2 3\na 1 2 3\nb 1 2\n', line 3",
    "'2 3\na 1 2 3\nb 1 2 3 4\n', line 3",
    "'a 1 2 3\nb 1 2\n', line 2",
    "'2 3\na 1 2 3\nb 1 x 3\n', '\"x\"'",
    "'2 3\na 1 2 3\nb 1 2f 3\n', '\"2f\"'",
    "'2 3\na 1 NaN 3\nb 1 2 3\n', line 2",
    "'3 3\na 1 2 3\nb 1 2 3\n', 3 words were wanted",
    "'1 3\na 1 2 3\nb 1 2 3\n', mend that line",
    "'word\n', line 1",
    "'', empty"
  })
  void refusesWrongText(String content, String named) throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.vec"), content);
    assertThatThrownBy(() -> WordVectorFile.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("wrong.vec");
  }

  @Test
  void refusesCutOffBinary() throws IOException {
    Path file = folder.resolve("cut.bin");
    WordVectorFile.writeBinary(vectors, file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 8; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WordVectorFile.read(file))
          .as("%d bytes", length)
          .isInstanceOf(VectorsException.class)
          .hasMessageContaining("cut.bin");
    }
  }

  @Test
  void refusesCountsThatTheFileCannotHold() throws IOException {
    Path file = folder.resolve("huge.bin");
    Files.write(file, "1000000000 300\nword \1\2\3\4\5\6".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WordVectorFile.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("1,000,000,000 words");
  }
}

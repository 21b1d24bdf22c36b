package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.features.Documents;
import dev.myna.text.features.FeatureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir Path folder;

  /** Angles from king: queen small, car wide. */
  private final WordVectors vectors =
      WordVectors.of(
          List.of("King", "queen", "man", "woman", "car"),
          List.of(
              new float[] {1, 1, 0},
              new float[] {1, 0, 1},
              new float[] {0.1f, 1, 0},
              new float[] {0.1f, 0, 1},
              new float[] {-1, 0.2f, 0.1f}));

  @Test
  void pairsAreRankedWhateverTheirCase() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pairs.csv"),
            "word1,word2,sim\n# about\nking,man,9\nking,QUEEN,7\nking,car,1\nking,unknown,3\n");
    WordPairs.Result result = WordPairs.read(file).evaluate(vectors);
    assertThat(result.name()).isEqualTo("pairs");
    assertThat(result.pairs()).isEqualTo(3);
    assertThat(result.missing()).isEqualTo(1);
    assertThat(result.spearman()).isCloseTo(1, Offset.offset(1e-9));
    assertThat(result.pearson()).isBetween(0.9, 1.0);
  }

  @Test
  void onePairHasNoCorrelation() throws IOException {
    Path file = Files.writeString(folder.resolve("one.csv"), "king,man,9\n");
    WordPairs.Result result = WordPairs.read(file).evaluate(vectors);
    assertThat(result.pairs()).isEqualTo(1);
    assertThat(result.spearman()).isNaN();
  }

  @Test
  void wrongPairsAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("p.txt"), "a\tb\t1\na\tb\n");
    assertThatThrownBy(() -> WordPairs.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line 2 of");
    Path empty = Files.writeString(folder.resolve("e.txt"), "");
    assertThatThrownBy(() -> WordPairs.read(empty)).isInstanceOf(VectorsException.class);
  }

  @Test
  void aLineThatIsTooLongIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), ": a\n");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // A file with a hole: zeros that take no room.
      assertThat(channel.write(ByteBuffer.allocate(1), Documents.LONGEST + 10L)).isEqualTo(1);
    }
    assertThatThrownBy(() -> WordPairs.read(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("line 2 of");
    assertThatThrownBy(() -> AnalogyQuestions.read(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("line 2 of");
  }

  @Test
  void scoresAreDecimalNumbers() throws IOException {
    Path file = Files.writeString(folder.resolve("p.txt"), "a b 1\nc d 2d\n");
    assertThatThrownBy(() -> WordPairs.read(file)).hasMessageContaining("line 2 of");
  }

  @Test
  void questionsAreCountedBySection() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("q.txt"),
            ": family\nman woman king queen\nman woman king nobody\n: wrong\nking queen man car\n");
    AnalogyQuestions questions = AnalogyQuestions.read(file);
    for (Analogy method : Analogy.values()) {
      assertThat(questions.evaluate(vectors, method, 30_000))
          .containsExactly(
              new AnalogyQuestions.Result("family", 1, 1, 1),
              new AnalogyQuestions.Result("wrong", 1, 0, 0),
              new AnalogyQuestions.Result("total", 2, 1, 1));
    }
    assertThat(questions.evaluate(vectors, Analogy.ADD, 2).getLast().asked()).isZero();
  }

  @Test
  void wrongQuestionsAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("q.txt"), ": a\nx y z\n");
    assertThatThrownBy(() -> AnalogyQuestions.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line 2 of");
  }
}

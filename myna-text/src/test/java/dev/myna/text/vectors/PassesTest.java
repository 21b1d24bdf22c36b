package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassesTest {
  private static final int WORDS = 1000;

  @TempDir Path folder;

  /** The words that each thread reads in one epoch after the other, joined. */
  private List<List<String>> read(int threads, int epochs, long piece) throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("text.txt"),
            IntStream.range(0, WORDS).mapToObj(i -> "w" + i).collect(Collectors.joining(" ")));
    List<List<String>> read =
        Stream.generate(() -> (List<String>) new ArrayList<String>()).limit(threads).toList();
    TrainingSettings settings = TrainingSettings.of(epochs, 0.1).withThreads(threads);
    new Passes(settings, WORDS, piece)
        .run(
            text,
            thread ->
                (reader, pace) -> {
                  while (reader.next() == WordReader.Token.WORD) {
                    read.get(thread).add(reader.word());
                  }
                },
            Progress.NONE);
    return read;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 100", "2, 1, 100", "3, 2, 100", "2, 2, 1", "3, 1, 1000000"})
  void everyWordIsReadOnceAnEpoch(int threads, int epochs, long piece) throws IOException {
    assertThat(read(threads, epochs, piece).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            Stream.generate(() -> IntStream.range(0, WORDS).mapToObj(i -> "w" + i))
                .limit(epochs)
                .flatMap(words -> words)
                .toList());
  }

  @Test
  void threadsTakePiecesInTurns() throws IOException {
    List<List<String>> read = read(2, 1, 100);

    assertThat(read.getFirst()).contains("w0").doesNotContain("w30").contains("w960");
    assertThat(read.getLast()).contains("w30").contains("w999");
  }

  @Test
  void orHalvesWhereAPieceIsAsLongAsTheText() throws IOException {
    List<List<String>> read = read(2, 1, Long.MAX_VALUE);

    assertThat(read.getFirst()).startsWith("w0", "w1").contains("w400").doesNotContain("w600");
    assertThat(read.getLast()).contains("w600").endsWith("w999");
  }
}

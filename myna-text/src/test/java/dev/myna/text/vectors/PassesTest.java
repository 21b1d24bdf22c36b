package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassesTest {
  private static final List<String> LINES =
      IntStream.range(0, 2000).mapToObj(i -> "line " + i + " ends").toList();

  @TempDir Path folder;

  /** The lines that each thread reads, in the order in which it reads them. */
  private List<List<String>> read(String text, int threads, int epochs, long seed)
      throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), text);
    List<List<String>> read =
        Stream.generate(() -> (List<String>) new ArrayList<String>()).limit(threads).toList();
    TrainingSettings settings =
        TrainingSettings.of(epochs, 0.1).withThreads(threads).withSeed(seed);
    new Passes(settings, LINES.size())
        .run(
            file,
            thread ->
                (reader, pace) -> {
                  var words = new ArrayList<String>();
                  var token = reader.next();
                  for (; token == WordReader.Token.WORD; token = reader.next()) {
                    words.add(reader.word());
                  }
                  if (!words.isEmpty() || token == WordReader.Token.LINE_END) {
                    read.get(thread).add(String.join(" ", words));
                  }
                  return token != WordReader.Token.END;
                },
            Progress.NONE);
    return read;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "64, 1"})
  void everyLineIsReadOnceAnEpochAndWhole(int threads, int epochs) throws IOException {
    assertThat(read(String.join("\n", LINES), threads, epochs, 1).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            Collections.nCopies(epochs, LINES).stream().flatMap(List::stream).toList());
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "64"})
  void soIsEveryWordOfATextWithoutLines(int threads) throws IOException {
    assertThat(
            read(String.join(" ", LINES), threads, 1, 1).stream()
                .flatMap(List::stream)
                .flatMap(words -> Stream.of(words.split(" "))))
        .containsExactlyInAnyOrder(String.join(" ", LINES).split(" "));
  }

  @Test
  void theOrderIsMixedAndTheSameForASeed() throws IOException {
    String text = String.join("\n", LINES);
    List<String> once = read(text, 1, 1, 1).getFirst();

    assertThat(read(text, 1, 1, 1).getFirst()).isEqualTo(once);
    assertThat(read(text, 1, 1, 2).getFirst()).isNotEqualTo(once);
    long follow =
        IntStream.range(1, once.size())
            .filter(i -> LINES.indexOf(once.get(i)) == LINES.indexOf(once.get(i - 1)) + 1)
            .count();
    assertThat(follow).isLessThan(LINES.size() / 5);
  }

  @Test
  void everyThreadReadsFromTheWholeText() throws IOException {
    for (List<String> some : read(String.join("\n", LINES), 2, 1, 1)) {
      assertThat(some.stream().filter(line -> LINES.indexOf(line) < LINES.size() / 2).count())
          .isBetween(LINES.size() / 5L, LINES.size() * 3L / 10);
    }
  }
}

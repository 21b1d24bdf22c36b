package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordReaderTest {
  @TempDir Path folder;

  @Property(tries = 300)
  void partsThatMeetCoverEveryWordOnce(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 60) String letters,
      @ForAll @IntRange(min = 1, max = 7) int parts)
      throws IOException {
    String text = letters.replace('b', ' ').replace("aca", "\n");
    Path file = Files.createTempFile("words", ".txt");
    try {
      Files.writeString(file, text);
      var words = new ArrayList<String>();
      long bytes = Files.size(file);
      for (int part = 0; part < parts; part++) {
        words.addAll(words(file, bytes * part / parts, bytes * (part + 1) / parts));
      }
      assertThat(words).isEqualTo(words(file, 0, Long.MAX_VALUE));
      assertThat(String.join(" ", words).replace(" ", "")).isEqualTo(text.replaceAll("[ \n]", ""));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void wordsMayBeLongerThanTheRestOfTheBuffer() throws IOException {
    String word = "é".repeat(30_000);
    String text = "x".repeat(50_000) + " " + word + " " + word + "\n";
    Path file = Files.writeString(folder.resolve("long.txt"), text);
    assertThat(words(file, 0, Long.MAX_VALUE)).containsExactly("x".repeat(50_000), word, word);
  }

  @Test
  void aTextThatIsOneWordIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("one.txt"), "ok\n" + "x".repeat(200_000));
    assertThatThrownBy(() -> words(file, 0, Long.MAX_VALUE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("split the text into words");
  }

  private static List<String> words(Path file, long from, long end) throws IOException {
    var words = new ArrayList<String>();
    try (var channel = FileChannel.open(file)) {
      var reader =
          end == Long.MAX_VALUE ? new WordReader(file) : new WordReader(file, channel, from, end);
      for (var token = reader.next(); token != WordReader.Token.END; token = reader.next()) {
        if (token == WordReader.Token.WORD) {
          words.add(
              new String(
                  reader.bytes(),
                  reader.start,
                  reader.stop - reader.start,
                  StandardCharsets.UTF_8));
          assertThat(reader.hash)
              .isEqualTo(WordTable.hash(reader.bytes(), reader.start, reader.stop));
        }
      }
    }
    return words;
  }
}

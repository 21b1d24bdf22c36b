package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  @TempDir Path folder;

  @Property(tries = 100)
  void countsAsAMapDoes(@ForAll List<@AlphaChars String> words) {
    var counter = new WordCounter(WordCounter.MOST_WORDS);
    var wanted = new HashMap<String, Long>();
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      counter.add(bytes, bytes.length);
      wanted.merge(word, 1L, Long::sum);
    }
    Vocabulary vocabulary = counter.atLeast(1);
    assertThat(vocabulary.size()).isEqualTo(wanted.size());
    for (Map.Entry<String, Long> entry : wanted.entrySet()) {
      int id = vocabulary.id(entry.getKey());
      assertThat(vocabulary.word(id)).isEqualTo(entry.getKey());
      assertThat(vocabulary.count(id)).isEqualTo(entry.getValue());
    }
    for (int id = 1; id < vocabulary.size(); id++) {
      assertThat(vocabulary.count(id)).isLessThanOrEqualTo(vocabulary.count(id - 1));
    }
  }

  @Test
  void rareWordsAreDroppedWhenThereAreTooMany() {
    var counter = new WordCounter(100);
    for (int i = 0; i < 5_000; i++) {
      counter.add("often".getBytes(StandardCharsets.UTF_8), 5);
      byte[] rare = ("rare" + i).getBytes(StandardCharsets.UTF_8);
      counter.add(rare, rare.length);
    }
    Vocabulary vocabulary = counter.atLeast(1);
    assertThat(vocabulary.size()).isLessThanOrEqualTo(100);
    assertThat(vocabulary.count(vocabulary.id("often"))).isEqualTo(5_000);
  }

  @Test
  void savesAndLoads() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "b a b\nc b a\n");
    Vocabulary vocabulary = Vocabulary.count(text, 2, Progress.NONE);
    vocabulary.save(folder.resolve("words.txt"));
    assertThat(folder.resolve("words.txt")).hasContent("b 3\na 2\n");
    Vocabulary loaded = Vocabulary.load(folder.resolve("words.txt"));
    assertThat(loaded.count(loaded.id("a"))).isEqualTo(2);
    assertThat(loaded.total()).isEqualTo(5);
  }

  @Test
  void refusesTextsWithoutWords() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), " \n\t\n");
    assertThatThrownBy(() -> Vocabulary.count(empty, 1, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("empty.txt has none");
    Path rare = Files.writeString(folder.resolve("rare.txt"), "a b c");
    assertThatThrownBy(() -> Vocabulary.count(rare, 5, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("at least 5 times");
  }

  @Test
  void namesThePlaceOfBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, "caf\u00e9 ol\u00e9\n".repeat(2).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Vocabulary.count(file, 1, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line 1 of")
        .hasMessageContaining("UTF-8");
  }
}

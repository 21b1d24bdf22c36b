package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GloVeTest {
  @TempDir Path folder;

  private static final GloVeConfig CONFIG =
      GloVeConfig.standard()
          .withDimension(10)
          .withWindow(4)
          .withTraining(new TrainingSettings(15, 0.05, 1, 1));

  @Test
  void wordsOfOneTopicComeTogether() throws IOException {
    Path text = Fixtures.twoTopics(folder);
    WordVectors vectors = GloVe.train(text, CONFIG.withMostWeight(1e4), Progress.NONE);
    assertThat(vectors.size()).isEqualTo(20);
    assertThat(Fixtures.separates(vectors)).isTrue();
  }

  @Test
  void oneThreadGivesTheSameBitsAndFilesThePairsOfMemory() throws IOException {
    Path text = Fixtures.twoTopics(folder);
    WordVectors first = GloVe.train(text, CONFIG, Progress.NONE);
    assertThat(GloVe.train(text, CONFIG, Progress.NONE).vector("sea3"))
        .isEqualTo(first.vector("sea3"));
    WordVectors spilled = GloVe.train(text, CONFIG.withPairsInMemory(20), Progress.NONE);
    assertThat(Fixtures.separates(spilled)).isTrue();
  }

  @Test
  void pairsCountByDistanceWithinALine() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), "a b c a\nb a\n");
    Vocabulary vocabulary = Vocabulary.count(text, 1, Progress.NONE);
    for (int inMemory : new int[] {100, 1}) {
      Map<String, Double> found = new HashMap<>();
      try (var pairs = Cooccurrences.count(text, vocabulary, 2, inMemory, Progress.NONE)) {
        var keys = new HashSet<String>();
        for (int shard = 0; shard < pairs.shards(); shard++) {
          Cooccurrences.Pairs part = pairs.shard(shard, new Draws(1));
          for (int i = 0; i < part.size(); i++) {
            String key = vocabulary.word(part.first()[i]) + vocabulary.word(part.second()[i]);
            assertThat(keys.add(key)).as("%s stands once", key).isTrue();
            found.put(key, (double) part.weight()[i]);
          }
        }
      }
      // a b: 1 and 1; a c: 1/2 and 1; b c: 1; b a over c: 1/2
      assertThat(found).hasSize(6);
      assertThat(found.get("ab")).isCloseTo(2.5, Offset.offset(1e-6)).isEqualTo(found.get("ba"));
      assertThat(found.get("ac")).isCloseTo(1.5, Offset.offset(1e-6)).isEqualTo(found.get("ca"));
      assertThat(found.get("bc")).isCloseTo(1.0, Offset.offset(1e-6)).isEqualTo(found.get("cb"));
    }
  }

  @Test
  void emptyTextsAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("none.txt"), "");
    assertThatThrownBy(() -> GloVe.train(text, CONFIG, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("none.txt");
  }
}

package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhrasesTest {
  @TempDir Path folder;

  @Test
  void joinsWordsThatStandTogether() throws IOException {
    String line = "in new york  city\tthe day was new\nthe york day\n";
    Path text = Files.writeString(folder.resolve("text.txt"), line.repeat(10));
    Phrases phrases = Phrases.learn(text, 2, 2.5, Progress.NONE);
    // (10 - 2) / (20 new × 20 york) × 110 words
    assertThat(phrases.score("new", "york")).isCloseTo(2.2, Offset.offset(1e-9));
    // (10 - 2) / (10 in × 20 new) × 110
    assertThat(phrases.score("in", "new")).isCloseTo(4.4, Offset.offset(1e-9));
    assertThat(phrases.score("new", "the")).as("over a line's end").isZero();
    Path joined = folder.resolve("joined.txt");
    phrases.apply(text, joined, Progress.NONE);
    assertThat(joined).content().startsWith("in_new york_city the day_was new\nthe york day\n");
  }
}

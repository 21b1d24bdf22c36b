package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.text.classify.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentConfigTest {
  private static final List<Example> EXAMPLES =
      List.of(new Example("a quick brown fox", "animal"), new Example("an old oak", "plant"));

  @Test
  void eachTextIsFollowedByItsVersions(@TempDir Path folder) throws IOException {
    Path synonyms = Files.writeString(folder.resolve("synonyms.txt"), "quick,fast\nold,ancient\n");
    AugmentConfig config = new AugmentConfig(2, 0, 0, Optional.of(synonyms.toString()), 0.99);

    List<Example> all = config.of(EXAMPLES, 1);

    assertThat(all)
        .containsExactly(
            EXAMPLES.get(0),
            new Example("a fast brown fox", "animal"),
            new Example("a fast brown fox", "animal"),
            EXAMPLES.get(1),
            new Example("an ancient oak", "plant"),
            new Example("an ancient oak", "plant"));
  }

  @Test
  void versionsFollowFromTheSeed() {
    AugmentConfig config = new AugmentConfig(20, 0.3, 0.3, Optional.empty(), 0.1);

    assertThat(config.of(EXAMPLES, 1)).isEqualTo(config.of(EXAMPLES, 1)).hasSize(42);
    assertThat(config.of(EXAMPLES, 1)).isNotEqualTo(config.of(EXAMPLES, 2));
  }

  @Test
  void withoutCopiesThereAreTheTextsAlone() {
    AugmentConfig config = new AugmentConfig(0, 0.3, 0.3, Optional.of("missing.txt"), 0.1);

    assertThat(config.of(EXAMPLES, 1)).isEqualTo(EXAMPLES);
  }
}

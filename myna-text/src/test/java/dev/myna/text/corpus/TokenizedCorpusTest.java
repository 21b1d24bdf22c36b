package dev.myna.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizedCorpusTest {
  @TempDir Path folder;

  @Test
  void byteLevelTokensAreThoseOfTheWholeText() throws URISyntaxException {
    var resource = CorpusTest.class.getResource("/dev/myna/text/parity/bytelevel_bpe");
    Tokenizer tokenizer = Tokenizer.load(Path.of(Objects.requireNonNull(resource).toURI()));
    check(tokenizer);
  }

  @Test
  void charactersAreThoseOfTheWholeText() {
    Tokenizer tokenizer = Tokenizer.characters(shakespeare(), List.of("<end>"), null);
    assertThat(tokenizer.vocabularySize()).isEqualTo(66);
    check(tokenizer);
  }

  private void check(Tokenizer tokenizer) {
    Prepared prepared =
        Preparation.prepare(
            Corpus.tinyShakespeare(), tokenizer, Split.fraction(0.1), folder, Progress.NONE);
    String text = shakespeare();
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      assertThat(all(training)).isEqualTo(tokenizer.ids(text.substring(0, 1_003_854)));
      assertThat(all(heldOut)).isEqualTo(tokenizer.ids(text.substring(1_003_854)));
      assertThat(heldOut.vocabularySize()).isEqualTo(tokenizer.vocabularySize());
      assertThat(heldOut.bytes()).isEqualTo(111_540);
    }
    prepared.requireTokenizer(tokenizer.fingerprint());
    assertThatThrownBy(() -> prepared.requireTokenizer("other"))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("another tokenizer");
  }

  @Test
  void separatorsComeFromTheTokenizer() {
    Tokenizer tokenizer = Tokenizer.characters(shakespeare(), List.of("<end>"), null);
    Prepared prepared =
        Preparation.prepare(
            Corpus.tinyShakespeare(),
            tokenizer,
            Split.none(),
            Separator.after("<end>"),
            folder,
            Progress.NONE);
    try (Shards training = prepared.openTraining()) {
      int[] last = new int[1];
      training.read(training.size() - 1, last);
      assertThat(last).containsExactly(tokenizer.id("<end>").orElseThrow());
      assertThat(training.size()).isEqualTo(1_115_395);
    }
  }

  private static String shakespeare() {
    try (Stream<String> texts = Corpus.tinyShakespeare().texts()) {
      return String.join("", texts.toList());
    }
  }

  private static int[] all(Shards shards) {
    int[] all = new int[(int) shards.size()];
    shards.read(0, all);
    return all;
  }
}

package dev.myna.text.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.text.Encoding;
import dev.myna.text.Tokenizer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways that are shown to people end where the model ends. */
class PathsTest {
  private static final List<String> TEXTS =
      List.of(
          "Attention is all you need", "  Führer 3.14  ", "不见长安", "съешь ещё", "😀 don't", "x\n");

  private static Tokenizer load(String name) throws URISyntaxException {
    return Tokenizer.load(
        Path.of(
            Objects.requireNonNull(PathsTest.class.getResource("/dev/myna/text/parity/" + name))
                .toURI()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytelevel_bpe", "llama3_bpe", "metaspace_bpe", "roberta_bpe"})
  void mergesLeadToTheTokens(String name) throws URISyntaxException {
    Tokenizer tokenizer = load(name);
    Bpe bpe = (Bpe) tokenizer.model();
    for (String text : TEXTS) {
      List<String> tokens = new ArrayList<>();
      for (String piece : tokenizer.pieces(text)) {
        MergePath path = MergePath.of(bpe, piece);
        tokens.addAll(path.tokens());
        int before = path.start().size();
        for (MergePath.Step step : path.steps()) {
          assertThat(step.tokens()).hasSize(--before);
          assertThat(bpe.merges().get(step.rank())).isEqualTo(step.merge());
        }
      }
      assertThat(tokens).isEqualTo(tokenizer.encode(text, false).tokens());
    }
  }

  @Test
  void theBestWayThroughTheLatticeIsTheModels() throws URISyntaxException {
    Tokenizer tokenizer = load("unigram");
    Unigram unigram = (Unigram) tokenizer.model();
    for (String text : TEXTS) {
      Encoding encoding = tokenizer.encode(text, false);
      List<Lattice.Edge> best = new ArrayList<>();
      for (String piece : tokenizer.pieces(text)) {
        Lattice lattice = Lattice.of(unigram, piece);
        best.addAll(lattice.path());
        assertThat(String.join("", lattice.path().stream().map(Lattice.Edge::token).toList()))
            .isEqualTo(piece);
        assertThat(lattice.edges()).hasSizeGreaterThanOrEqualTo(lattice.path().size());
        assertThat(lattice.score()).isNegative();
      }
      // Unknown characters in a row are one token.
      List<String> known =
          best.stream().filter(Lattice.Edge::known).map(Lattice.Edge::token).toList();
      assertThat(encoding.tokens()).containsAll(known);
      if (known.size() == best.size()) {
        assertThat(encoding.tokens()).isEqualTo(known);
      }
    }
  }
}

package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.model.RecurrentModel;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Precision;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recurrent language model, token after token, says what it says of the whole text. */
class CachedRecurrentTest {
  private static final int WORDS = 11;
  private static final int[] LONG = {3, 1, 4, 1, 5, 9};
  private static final int[] SHORT = {2, 7};

  private static SequenceModel model(RecurrentSpec.Kind kind, List<Integer> cutoffs) {
    RecurrentSpec layers = new RecurrentSpec(kind, 6, 6, 2, false, 0.5);
    return SequenceModel.create(
        RecurrentModel.Spec.language(WORDS, layers, true, 0.5, cutoffs), List.of(), 7);
  }

  private static CachedRecurrent cached(SequenceModel stored) {
    return new CachedRecurrent((RecurrentModel) stored.model(), Device.CPU);
  }

  /** Scores of what follows the whole text, read at once. */
  private static float[] atOnce(SequenceModel stored, int... ids) {
    RecurrentModel model = (RecurrentModel) stored.model();
    model.training(false);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor hidden = model.forward(Tensor.of(ids, 1, ids.length), model.start(1)).hidden();
      return model.scores(hidden.select(1, ids.length - 1)).toFloats();
    }
  }

  @ParameterizedTest
  @EnumSource(RecurrentSpec.Kind.class)
  void tokensOneByOneAreTheWholeText(RecurrentSpec.Kind kind) {
    SequenceModel stored = model(kind, List.of());
    try (CachedRecurrent cached = cached(stored)) {
      float[][] both = cached.prefill(new int[][] {LONG, SHORT});
      assertThat(both[0]).containsExactly(atOnce(stored, LONG), within(1e-5f));
      assertThat(both[1]).containsExactly(atOnce(stored, SHORT), within(1e-5f));

      float[][] next = cached.step(new int[] {8, 6});
      assertThat(next[0]).containsExactly(atOnce(stored, 3, 1, 4, 1, 5, 9, 8), within(1e-5f));
      assertThat(next[1]).containsExactly(atOnce(stored, 2, 7, 6), within(1e-5f));

      cached.reorder(new int[] {1, 1, 0});
      float[][] three = cached.step(new int[] {0, 5, 10});
      assertThat(three[0]).containsExactly(atOnce(stored, 2, 7, 6, 0), within(1e-5f));
      assertThat(three[1]).containsExactly(atOnce(stored, 2, 7, 6, 5), within(1e-5f));
      assertThat(three[2]).containsExactly(atOnce(stored, 3, 1, 4, 1, 5, 9, 8, 10), within(1e-5f));
    }
  }

  @Test
  void wordsToldApartByClassesAreSaidToo() {
    SequenceModel stored = model(RecurrentSpec.Kind.LSTM, List.of(4, 8));
    try (Generator generator = new Generator(cached(stored), GenerationConfig.EMPTY)) {
      int[] said = generator.generate(SHORT, Sampling.greedy(5)).tokens();

      assertThat(said).hasSize(5);
      assertThat(said[0]).isEqualTo(Logits.argmax(atOnce(stored, SHORT)));
    }
  }

  @Test
  void aFolderIsLoadedWhateverItsKindUnlessItGoesOnFromNoText(@TempDir Path folder) {
    SequenceModel stored = model(RecurrentSpec.Kind.GRU, List.of());
    stored.save(folder.resolve("language"));
    try (NextToken loaded =
        NextToken.load(folder.resolve("language"), Device.CPU, Precision.FLOAT32)) {
      assertThat(loaded.prefill(new int[][] {LONG})[0])
          .containsExactly(atOnce(stored, LONG), within(1e-5f));
    }

    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.GRU, 6, 6, 1, false, 0);
    SequenceModel.create(
            RecurrentModel.Spec.labels(WORDS, layers, 2, 0, RecurrentModel.Pooled.LAST),
            List.of("good", "bad"),
            1)
        .save(folder.resolve("classes"));
    assertThatThrownBy(
            () -> NextToken.load(folder.resolve("classes"), Device.CPU, Precision.FLOAT32))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("goes on from a text")
        .hasMessageContaining("RecurrentModel");
  }
}

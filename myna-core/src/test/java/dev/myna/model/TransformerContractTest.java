package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.generate.CachedTransformer;
import dev.myna.nn.Precision;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import dev.myna.train.Batch;
import dev.myna.train.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every family: one body, run for each. */
class TransformerContractTest {
  private static final int VOCABULARY = 31;
  private static final int CONTEXT = 24;

  @TempDir Path folder;

  static Iterable<String> families() {
    return Families.names();
  }

  private static Pretrained fresh(String family) {
    Pretrained made =
        Pretrained.create(Shape.of(family, VOCABULARY, CONTEXT, 2, 4, 32).withDropout(0.1), 7);
    // Larger weights than usual, so that a mistake shows.
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      made.model()
          .parameters()
          .values()
          .forEach(p -> p.add_(Random.global().normal(p.shape()).mul(0.1)));
    }
    return made;
  }

  private static int[] ids(int count, long seed) {
    return new java.util.Random(seed).ints(count, 0, VOCABULARY).toArray();
  }

  private static float[] logits(Transformer model, int[] ids, int rows) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      return model.forward(Tensor.of(ids, rows, ids.length / rows)).toFloats();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void aLaterTokenChangesNothingEarlierToTheBit(String family) {
    Transformer model = fresh(family).model();
    int[] text = ids(10, 1);
    int[] changed = text.clone();
    changed[7] = (changed[7] + 1) % VOCABULARY;

    float[] before = logits(model, text, 1);
    float[] after = logits(model, changed, 1);

    assertThat(Arrays.copyOf(after, 7 * VOCABULARY))
        .isEqualTo(Arrays.copyOf(before, 7 * VOCABULARY));
    assertThat(Arrays.copyOfRange(after, 7 * VOCABULARY, 8 * VOCABULARY))
        .isNotEqualTo(Arrays.copyOfRange(before, 7 * VOCABULARY, 8 * VOCABULARY));
  }

  @ParameterizedTest
  @MethodSource("families")
  void aBatchGivesWhatItsRowsGive(String family) {
    Transformer model = fresh(family).model();
    int[] both = ids(20, 2);

    float[] together = logits(model, both, 2);
    float[] first = logits(model, Arrays.copyOf(both, 10), 1);
    float[] second = logits(model, Arrays.copyOfRange(both, 10, 20), 1);

    assertClose(Arrays.copyOf(together, first.length), first);
    assertClose(Arrays.copyOfRange(together, first.length, together.length), second);
  }

  @ParameterizedTest
  @MethodSource("families")
  void aCacheChangesNothingNorDoesPadding(String family) {
    Transformer model = fresh(family).model();
    int[] longer = ids(9, 3);
    int[] shorter = ids(4, 4);
    int[] next = ids(10, 5);
    try (CachedTransformer cached = new CachedTransformer(model, Device.CPU, Precision.FLOAT32)) {
      float[][] rows = cached.prefill(new int[][] {longer, shorter});
      for (int step = 0; step <= 5; step++) {
        int done = step;
        assertClose(rows[0], lastLogits(model, longer, next, 0, done));
        assertClose(rows[1], lastLogits(model, shorter, next, 5, done));
        rows = cached.step(new int[] {next[step], next[5 + Math.min(step, 4)]});
      }
    }
  }

  private static float[] lastLogits(
      Transformer model, int[] prompt, int[] next, int from, int steps) {
    int[] whole =
        IntStream.concat(
                Arrays.stream(prompt),
                IntStream.range(0, steps).map(i -> next[from + Math.min(i, from == 0 ? 9 : 4)]))
            .toArray();
    float[] all = logits(model, whole, 1);
    return Arrays.copyOfRange(all, all.length - VOCABULARY, all.length);
  }

  @ParameterizedTest
  @MethodSource("families")
  void reorderedRowsGoOnAsTheirParents(String family) {
    Transformer model = fresh(family).model();
    int[] a = ids(6, 6);
    int[] b = ids(6, 7);
    try (CachedTransformer cached = new CachedTransformer(model, Device.CPU, Precision.FLOAT32)) {
      var unused = cached.prefill(new int[][] {a, b});
      cached.reorder(new int[] {1, 1, 0});
      float[][] rows = cached.step(new int[] {3, 4, 5});

      assertClose(rows[0], lastLogits(model, b, new int[] {3}, 0, 1));
      assertClose(rows[1], lastLogits(model, b, new int[] {4}, 0, 1));
      assertClose(rows[2], lastLogits(model, a, new int[] {5}, 0, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void gradientsReachEveryParameterAndABatchIsLearnedByHeart(String family) {
    Transformer model = fresh(family).model();
    model.training(false);
    AdamW optimizer = new AdamW(model, 0, 0.9, 0.99, 1e-8);
    int[] text = ids(CONTEXT + 1, 8);
    Batch batch =
        new Batch(Arrays.copyOf(text, CONTEXT), Arrays.copyOfRange(text, 1, CONTEXT + 1), 1);
    double loss = 0;
    for (int step = 0; step < 150; step++) {
      optimizer.zeroGrad();
      try (Scope scope = Scope.open()) {
        Tensor mean = Objective.NEXT_TOKEN.loss(model, batch, Device.CPU);
        mean.backward();
        loss = mean.item();
      }
      if (step == 0) {
        model
            .parameters()
            .forEach(
                (name, p) -> {
                  assertThat(p.hasGrad()).as(name).isTrue();
                  try (Scope scope = Scope.open()) {
                    // A key's bias shifts all scores of a query alike: its gradient is zero.
                    if (!name.endsWith("attention.key.bias")) {
                      assertThat(java.util.Objects.requireNonNull(p.grad()).norm().item())
                          .as(name)
                          .isGreaterThan(1e-8);
                    }
                  }
                });
      }
      double unused = optimizer.clip(1);
      optimizer.step(3e-3);
    }
    assertThat(loss).isLessThan(0.05);
  }

  @ParameterizedTest
  @MethodSource("families")
  void comesBackFromDiskAsItWas(String family) {
    Pretrained made = fresh(family);
    made.save(folder);
    int[] text = ids(12, 9);

    assertThat(logits(Pretrained.load(folder).model(), text, 1))
        .isEqualTo(logits(made.model(), text, 1));
  }

  @ParameterizedTest
  @MethodSource("families")
  void sayEverythingThatDoesNotFit(String family) throws IOException {
    fresh(family).save(folder);
    Path config = folder.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceAll("(layers|n_layer)\" : 2", "$1\" : 3"));

    assertThatThrownBy(() -> Pretrained.load(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("missing")
        .hasMessageContaining(".2.")
        .hasMessageContaining(folder.toString());
  }

  private static void assertClose(float[] found, float[] wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i]).isCloseTo(wanted[i], Offset.offset(2e-4f));
    }
  }
}

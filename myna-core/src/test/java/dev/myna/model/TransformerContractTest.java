package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.generate.CachedTransformer;
import dev.myna.nn.Loss;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.nn.Precision;
import dev.myna.nn.Taps;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every family and head: one body, run for each. */
class TransformerContractTest {
  private static final int VOCABULARY = 31;
  private static final int CONTEXT = 24;

  /** What the encoder of an encoder-decoder reads. */
  private static final int[] SOURCE = {7, 9, 4, 21, 5};

  @TempDir Path folder;

  private static Shape tiny(String family) {
    return Shape.of(family, VOCABULARY, CONTEXT, 2, 4, 16).withDropout(0.1);
  }

  /** Every family as it comes, and once with everything that may be chosen. */
  static Stream<Shape> shapes() {
    Stream<Shape> plain = Families.names().stream().map(TransformerContractTest::tiny);
    Stream<Shape> chosen =
        Stream.of(
            tiny("gpt2").with(Choice.BIAS, false).with(Choice.FEED_FORWARD, 40),
            tiny("gpt2").with(Choice.HEAD, "ForSequenceClassification").with(Choice.PADDING, 0),
            tiny("llama").with(Choice.KEY_HEADS, 2).with(Choice.HEAD_SIZE, 6),
            tiny("llama").with(Choice.BIAS, true).with(Choice.TIED, true),
            tiny("mistral").with(Choice.WINDOW, 4).with(Choice.ROPE_THETA, 300.0),
            tiny("mixtral").with(Choice.EXPERTS, 4).with(Choice.EXPERTS_PER_TOKEN, 3),
            tiny("qwen3").with(Choice.WINDOW, 3),
            tiny("gemma2").with(Choice.WINDOW, 3).with(Choice.KEY_HEADS, 1),
            tiny("bert").with(Choice.HEAD, "ForPreTraining"),
            tiny("bert").with(Choice.HEAD, "ForTokenClassification").with(Choice.LABELS, 5),
            tiny("bert").with(Choice.HEAD, "ForSequenceClassification").with(Choice.LABELS, 3),
            tiny("roberta").with(Choice.TIED, false),
            tiny("distilbert").with(Choice.HEAD, "ForQuestionAnswering"),
            tiny("t5").with(Choice.ACTIVATION, "gated-gelu").with(Choice.DECODER_LAYERS, 1),
            tiny("bart").with(Choice.TIED, false));
    return Stream.concat(plain, chosen);
  }

  /** Those whose tokens see only what is before them. */
  static Stream<Shape> decoders() {
    return shapes().filter(shape -> !(spec(shape) instanceof ModelSpec.Encoder));
  }

  /** Those that continue texts. */
  static Stream<Shape> writers() {
    return decoders().filter(shape -> spec(shape).head() instanceof HeadSpec.Language);
  }

  private static ModelSpec spec(Shape shape) {
    return Families.spec(Families.config(shape));
  }

  private static Pretrained fresh(Shape shape) {
    Pretrained made = Pretrained.create(shape, 7);
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
    // Special tokens are the smallest ids: they have their own tests.
    return new java.util.Random(seed).ints(count, 4, VOCABULARY).toArray();
  }

  private static Tensor outputs(Transformer model, Tensor ids, Tensor real) {
    Pass pass =
        switch (model.spec()) {
          case ModelSpec.Decoder decoder -> Pass.whole(ids, new Mask.Padding(Mask.CAUSAL, real));
          case ModelSpec.Encoder encoder -> Pass.whole(ids, new Mask.Padding(Mask.ALL, real));
          case ModelSpec.EncoderDecoder both -> {
            Tensor source = Tensor.of(SOURCE, 1, SOURCE.length);
            Tensor states = model.encode(source, Pass.whole(source, Mask.ALL)); // (1, S, C)
            long rows = ids.size(0);
            Tensor each = states.expand(rows, states.size(1), states.size(2)); // (B, S, C)
            yield Pass.whole(ids, new Mask.Padding(Mask.CAUSAL, real))
                .with(Memory.of(each, Mask.ALL));
          }
        };
    Tensor hidden = model.hidden(ids, pass);
    return model.spec().head() instanceof HeadSpec.Text
        ? model.text(hidden, ids, real)
        : model.logits(hidden);
  }

  private static float[] outputs(Transformer model, int[] ids, int rows) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor input = Tensor.of(ids, rows, ids.length / rows);
      return outputs(model, input, input.ge(0)).toFloats();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesAsManyScoresAsItHasOutputs(Shape shape) {
    Transformer model = fresh(shape).model();

    int count = outputs(model, ids(14, 1), 2).length;

    assertThat(count)
        .isEqualTo(
            switch (model.spec().head()) {
              case HeadSpec.Language language -> 14 * VOCABULARY;
              case HeadSpec.Tokens tokens -> 14 * tokens.labels();
              case HeadSpec.Text text -> 2 * text.labels();
              case HeadSpec.None none -> 14 * 16;
            });
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aLaterTokenChangesNothingEarlierToTheBit(Shape shape) {
    Transformer model = fresh(shape).model();
    int[] text = ids(10, 1);
    int[] changed = text.clone();
    changed[7] = changed[7] == 5 ? 6 : 5;

    float[] before = outputs(model, text, 1);
    float[] after = outputs(model, changed, 1);

    float[] earlier = Arrays.copyOf(after, 7 * VOCABULARY);
    if (grouped(model)) {
      // How many tokens an expert has decides how its product is summed: the last bit may differ.
      assertThat(earlier).containsExactly(Arrays.copyOf(before, earlier.length), within(1e-6f));
    } else {
      assertThat(earlier).isEqualTo(Arrays.copyOf(before, earlier.length));
    }
    assertThat(Arrays.copyOfRange(after, 7 * VOCABULARY, 8 * VOCABULARY))
        .isNotEqualTo(Arrays.copyOfRange(before, 7 * VOCABULARY, 8 * VOCABULARY));
  }

  private static boolean grouped(Transformer model) {
    return model.spec().top().blocks().getFirst().feedForward() instanceof FeedForwardSpec.Experts;
  }

  @Test
  void ofABlockOnlyItsResultIsLeftAndWhatSomebodyHears() {
    Tensor input = Tensor.of(ids(10, 1), 1, 10);
    long[] left = new long[2];
    for (int i = 0; i < 2; i++) {
      Transformer model =
          Pretrained.create(Shape.of("gpt2", VOCABULARY, CONTEXT, 2 + 3 * i, 2, 16), 1).model();
      try (Scope scope = Scope.open()) {
        long before = Tensor.live();
        Tensor hidden = model.hidden(input, Pass.whole(input, Mask.CAUSAL));
        left[i] = Tensor.live() - before;
        assertThat(hidden.freed()).isFalse();

        Taps.Recorder recorder = new Taps.Recorder();
        Tensor heard = model.hidden(input, Pass.whole(input, Mask.CAUSAL).with(recorder));
        assertThat(heard.freed()).isFalse();
        assertThat(recorder.attentions()).hasSize(2 + 3 * i).noneMatch(Tensor::freed);
        assertThat(recorder.hiddens()).hasSize(3 + 3 * i).noneMatch(Tensor::freed);
      }
    }
    assertThat(left[1] - left[0]).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aBatchGivesWhatItsRowsGive(Shape shape) {
    Transformer model = fresh(shape).model();
    int[] both = ids(20, 2);

    float[] together = outputs(model, both, 2);
    float[] first = outputs(model, Arrays.copyOf(both, 10), 1);
    float[] second = outputs(model, Arrays.copyOfRange(both, 10, 20), 1);

    assertClose(Arrays.copyOf(together, first.length), first);
    assertClose(Arrays.copyOfRange(together, first.length, together.length), second);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void paddingChangesNothing(Shape shape) {
    Pretrained made = fresh(shape);
    Transformer model = made.model();
    int[] text = ids(6, 3);
    int[] padded = Arrays.copyOf(text, 9);
    Arrays.fill(padded, 6, 9, made.config().path("pad_token_id").asInt(0));
    boolean[] real = new boolean[9];
    Arrays.fill(real, 0, 6, true);

    float[] alone = outputs(model, text, 1);
    float[] among;
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      among = outputs(model, Tensor.of(padded, 1, 9), Tensor.of(real, 1, 9)).toFloats();
    }

    assertClose(Arrays.copyOf(among, alone.length), alone);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aCacheChangesNothingNorDoesPadding(Shape shape) {
    Transformer model = fresh(shape).model();
    int[] longer = ids(9, 3);
    int[] shorter = ids(4, 4);
    int[] next = ids(10, 5);
    try (CachedTransformer cached = cached(model, 2)) {
      float[][] rows = cached.prefill(new int[][] {longer, shorter});
      for (int step = 0; step <= 5; step++) {
        int done = step;
        assertClose(rows[0], lastLogits(model, longer, next, 0, done));
        assertClose(rows[1], lastLogits(model, shorter, next, 5, done));
        rows = cached.step(new int[] {next[step], next[5 + Math.min(step, 4)]});
      }
    }
  }

  private static CachedTransformer cached(Transformer model, int rows) {
    CachedTransformer cached = new CachedTransformer(model, Device.CPU, Precision.FLOAT32);
    if (model.spec() instanceof ModelSpec.EncoderDecoder) {
      int[][] sources = new int[rows][];
      Arrays.fill(sources, SOURCE);
      cached.encode(sources);
    }
    return cached;
  }

  private static float[] lastLogits(
      Transformer model, int[] prompt, int[] next, int from, int steps) {
    int[] whole =
        IntStream.concat(
                Arrays.stream(prompt),
                IntStream.range(0, steps).map(i -> next[from + Math.min(i, from == 0 ? 9 : 4)]))
            .toArray();
    float[] all = outputs(model, whole, 1);
    return Arrays.copyOfRange(all, all.length - VOCABULARY, all.length);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void reorderedRowsGoOnAsTheirParents(Shape shape) {
    Transformer model = fresh(shape).model();
    int[] a = ids(6, 6);
    int[] b = ids(6, 7);
    try (CachedTransformer cached = cached(model, 2)) {
      var unused = cached.prefill(new int[][] {a, b});
      cached.reorder(new int[] {1, 1, 0});
      float[][] rows = cached.step(new int[] {3, 4, 5});

      assertClose(rows[0], lastLogits(model, b, new int[] {3}, 0, 1));
      assertClose(rows[1], lastLogits(model, b, new int[] {4}, 0, 1));
      assertClose(rows[2], lastLogits(model, a, new int[] {5}, 0, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsReachEveryParameterAndABatchIsLearnedByHeart(Shape shape) {
    Transformer model = fresh(shape).model();
    model.training(false);
    AdamW optimizer = new AdamW(model, 0, 0.9, 0.99, 1e-8);
    int[] text = ids(CONTEXT, 8);
    double loss = Double.MAX_VALUE;
    for (int step = 0; step < 500 && loss >= 0.1; step++) {
      optimizer.zeroGrad();
      try (Scope scope = Scope.open()) {
        Tensor mean = lossByHeart(model, text);
        mean.backward();
        loss = mean.item();
      }
      if (step == 0) {
        model.parameters().forEach(TransformerContractTest::assertReached);
      }
      double unused = optimizer.clip(1);
      optimizer.step(5e-3);
    }
    assertThat(loss).isLessThan(0.1);
  }

  /** Each position must say something else, which does not follow from its token alone. */
  private static Tensor lossByHeart(Transformer model, int[] text) {
    Tensor ids = Tensor.of(text, 1, text.length);
    Tensor scores = outputs(model, ids, ids.ge(0)); // (1, T, V) or (1, L)
    int classes = (int) scores.size(-1);
    int targets = (int) (scores.numel() / classes);
    int[] wanted = IntStream.range(0, targets).map(i -> (5 * i + 3) % classes).toArray();
    Tensor loss = Loss.crossEntropy(scores, Tensor.of(wanted, targets));
    boolean second = model.spec() instanceof ModelSpec.Encoder e && e.sentence().isPresent();
    if (!second) {
      return loss;
    }
    Tensor hidden = model.hidden(ids, Pass.whole(ids, Mask.ALL));
    return loss.add(Loss.crossEntropy(model.text(hidden, ids, null), Tensor.of(new int[] {1}, 1)));
  }

  private static void assertReached(String name, Tensor parameter) {
    // Experts may be unused by a single text.
    assertThat(parameter.hasGrad() || name.contains(".expert")).as(name).isTrue();
    // A key's bias shifts all scores of a query alike: its gradient is zero.
    if (name.endsWith(".key.bias") || !parameter.hasGrad()) {
      return;
    }
    try (Scope scope = Scope.open()) {
      assertThat(Objects.requireNonNull(parameter.grad()).norm().item())
          .as(name)
          .isGreaterThan(1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void comesBackFromDiskAsItWas(Shape shape) {
    Pretrained made = fresh(shape);
    made.save(folder);
    int[] text = ids(12, 9);

    assertThat(outputs(Pretrained.load(folder).model(), text, 1))
        .isEqualTo(outputs(made.model(), text, 1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void saysEverythingThatDoesNotFit(Shape shape) throws IOException {
    fresh(shape).save(folder);
    Path config = folder.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceAll("(layers|n_layer)\" : [12]", "$1\" : 3"));

    assertThatThrownBy(() -> Pretrained.load(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("missing")
        .hasMessageContaining(".2.")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void refusesAChoiceThatTheFamilyHasNot() {
    Shape windowed = tiny("llama").with(Choice.WINDOW, 3).with(Choice.EXPERTS, 4);

    assertThatThrownBy(() -> Families.config(windowed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("llama has no choice of [window, experts]; it has [key_heads,");
  }

  private static void assertClose(float[] found, float[] wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i]).isCloseTo(wanted[i], Offset.offset(2e-4f));
    }
  }
}

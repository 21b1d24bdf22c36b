package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.generate.CachedTransformer;
import dev.myna.nn.FeedForward;
import dev.myna.nn.Mask;
import dev.myna.nn.Norm;
import dev.myna.nn.Positions;
import dev.myna.nn.Precision;
import dev.myna.spec.Activation;
import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.DropoutSpec;
import dev.myna.spec.EmbeddingSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import dev.myna.spec.PositionSpec;
import dev.myna.spec.RotaryScaling;
import dev.myna.spec.TowerSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts that no family of checkpoints has, in the one Transformer. */
class PartsTest {
  private static final int VOCABULARY = 23;

  static Stream<PositionSpec> positions() {
    return Stream.of(
        new PositionSpec.None(),
        new PositionSpec.Sinusoidal(true),
        new PositionSpec.Sinusoidal(false),
        new PositionSpec.Rotary(4, 10_000, new RotaryScaling.None()),
        new PositionSpec.Shaw(4, 3),
        new PositionSpec.Alibi(4),
        new PositionSpec.RelativeBias(4, 8, 12, false));
  }

  private static Transformer model(PositionSpec positions) {
    NormSpec norm = new NormSpec.Layer(1e-5);
    BlockSpec block =
        new BlockSpec(
            norm,
            NormPlace.BEFORE,
            AttentionSpec.full(16, 4),
            new FeedForwardSpec.Mlp(24, Activation.LEAKY_RELU, true));
    TowerSpec tower =
        new TowerSpec(
            new EmbeddingSpec(VOCABULARY, 16, positions),
            Collections.nCopies(2, block),
            Optional.of(norm),
            DropoutSpec.NONE);
    Transformer model =
        new Transformer(
            new ModelSpec.Decoder(
                tower, 32, HeadSpec.Language.plain(true), new InitialWeights.Normal(0.02)));
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Random random = Random.seeded(3);
      model.parameters().values().forEach(p -> p.copy_(random.normal(p.shape()).mul(0.3)));
    }
    return model;
  }

  private static float[] last(Transformer model, int... ids) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      float[] all = model.forward(Tensor.of(ids, 1, ids.length)).toFloats();
      return Arrays.copyOfRange(all, all.length - VOCABULARY, all.length);
    }
  }

  /** By Transformers 5.18 ({@code ACT2FN}) at −3, −1, −0.1, 0, 0.5, 1 and 2.5. */
  @Test
  void activationsThatHaveNoNameElsewhere() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {-3, -1, -0.1f, 0, 0.5f, 1, 2.5f}, 7);

      assertThat(FeedForward.activate(Activation.LAPLACE, x).toFloats())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(0, 0, 0.0021f, 0.0061f, 0.2314f, 0.8504f, 1);
      assertThat(FeedForward.activate(Activation.SQRT_SOFTPLUS, x).toFloats())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(0.2204f, 0.5597f, 0.8027f, 0.8326f, 0.9870f, 1.1460f, 1.6059f);
    }
  }

  @Test
  void theRootOfASmallSoftplusHasASlope() {
    Tensor x = Tensor.of(new float[] {-30}, 1).requiresGrad(true);
    try (Scope scope = Scope.open()) {
      FeedForward.activate(Activation.SQRT_SOFTPLUS, x).sum().backward();

      assertThat(Objects.requireNonNull(x.grad()).item())
          .isCloseTo(Math.exp(-15) / 2, within(1e-11));
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void aCacheChangesNothing(PositionSpec positions) {
    Transformer model = model(positions);
    try (CachedTransformer cached = new CachedTransformer(model, Device.CPU, Precision.FLOAT32)) {
      var unused = cached.prefill(new int[][] {{3, 9, 4, 7, 11}, {5, 6}});
      float[][] rows = cached.step(new int[] {8, 2});

      assertThat(rows[0]).containsExactly(last(model, 3, 9, 4, 7, 11, 8), within(1e-4f));
      assertThat(rows[1]).containsExactly(last(model, 5, 6, 2), within(1e-4f));
    }
  }

  @ParameterizedTest
  @MethodSource("positions")
  void theOrderOfWordsMattersWherePositionsAreKnown(PositionSpec positions) {
    Transformer model = model(positions);

    float[] one = last(model, 3, 9, 4, 7);
    float[] other = last(model, 9, 3, 4, 7);

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void alibiTakesSlopeTimesDistance() {
    Positions alibi = Positions.of(new PositionSpec.Alibi(6), 16);
    try (Scope scope = Scope.open()) {
      Tensor queries = Tensor.zeros(1, 6, 2, 4);
      float[] bias =
          Objects.requireNonNull(alibi.bias(Mask.CAUSAL, queries, 1, 3).added())
              .toFloats(); // (1, 6, 2, 3)

      // The paper's slopes for six heads: four of 2^(-2 n), then 2^-1 and 2^-3.
      double[] slopes = {0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125};
      for (int head = 0; head < 6; head++) {
        assertThat(bias[head * 6]).isCloseTo((float) -slopes[head], within(1e-7f));
        assertThat(bias[head * 6 + 1]).isZero();
        assertThat(bias[head * 6 + 3]).isCloseTo((float) (-2 * slopes[head]), within(1e-7f));
      }
    }
  }

  @Test
  void batchNormKnowsTheBatchInTrainingAndThePastOutside() {
    Norm norm = Norm.of(new NormSpec.Batch(1e-5, 0.1), 2);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      norm.reset();
      norm.training(true);
      Tensor x = Tensor.of(new float[] {1, 10, 3, 30}, 2, 1, 2);

      float[] trained = norm.forward(x).toFloats();
      norm.training(false);
      float[] later = norm.forward(x).toFloats();

      assertThat(trained).containsExactly(new float[] {-1, -1, 1, 1}, within(1e-3f));
      // Running mean 0.1 · 2 and 0.1 · 20; variance 0.9 + 0.1 · 2 and 0.9 + 0.1 · 200.
      assertThat(later[0]).isCloseTo((float) (0.8 / Math.sqrt(1.1)), within(1e-4f));
      assertThat(later[3]).isCloseTo((float) (28 / Math.sqrt(20.9)), within(1e-4f));
    }
  }
}

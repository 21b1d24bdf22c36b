package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.tensor.DType;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same attention as the plain formula with libtorch's own gradients. */
class BlockAttentionTest {
  private static final long B = 2;
  private static final long H = 3;
  private static final long D = 8;

  private record Outcome(float[] output, List<float[]> gradients) {}

  @FunctionalInterface
  private interface Attending {
    Tensor attend(Tensor q, Tensor k, Tensor v);
  }

  /** Queries, keys, whether causal, the shape of what is added (empty for nothing). */
  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(5L, 5L, false, new long[] {}),
        Arguments.of(5L, 5L, true, new long[] {}),
        Arguments.of(64L, 64L, true, new long[] {}),
        Arguments.of(150L, 150L, true, new long[] {}),
        Arguments.of(70L, 90L, true, new long[] {}),
        Arguments.of(150L, 150L, false, new long[] {B, 1, 1, 150}),
        Arguments.of(150L, 150L, true, new long[] {B, 1, 1, 150}),
        Arguments.of(70L, 90L, true, new long[] {1, H, 70, 90}),
        Arguments.of(7L, 4L, false, new long[] {1, H, 7, 4}));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputAndGradientsAreThoseOfTheFormula(
      long queries, long keys, boolean causal, long[] addedShape) {
    try (Scope scope = Scope.open()) {
      Random random = Random.seeded(7);
      Tensor q = random.normal(B, H, queries, D);
      Tensor k = random.normal(B, H, keys, D);
      Tensor v = random.normal(B, H, keys, D);
      Tensor added = addedShape.length == 0 ? null : random.normal(addedShape);

      Outcome found =
          run(q, k, v, added, (a, b, c) -> BlockAttention.attend(a, b, c, 0.3, causal, added, 0));
      Outcome wanted =
          run(
              q,
              k,
              v,
              added,
              (a, b, c) -> {
                Tensor scores = a.matmul(b.transpose(2, 3)).mul(0.3);
                Tensor biased = added == null ? scores : scores.add(added);
                Tensor later =
                    Tensor.full(-1e30, DType.FLOAT32, a.device(), queries, keys)
                        .triu(1 + keys - queries);
                return (causal ? biased.add(later) : biased).softmax(-1).matmul(c);
              });

      assertThat(found.output).usingComparatorWithPrecision(1e-5f).containsExactly(wanted.output);
      assertThat(found.gradients).hasSize(added == null ? 3 : 4);
      for (int i = 0; i < found.gradients.size(); i++) {
        assertThat(found.gradients.get(i))
            .usingComparatorWithPrecision(1e-4f)
            .containsExactly(wanted.gradients.get(i));
      }
    }
  }

  private static Outcome run(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor added, Attending attending) {
    List<Tensor> leaves = new ArrayList<>(List.of(q, k, v));
    if (added != null) {
      leaves.add(added);
    }
    leaves.forEach(t -> t.requiresGrad(true).clearGrad());
    Tensor y = attending.attend(q, k, v);
    Tensor slope = Random.seeded(3).normal(y.shape());
    y.mul(slope).sum().backward();
    return new Outcome(
        y.toFloats(),
        leaves.stream().map(t -> Objects.requireNonNull(t.grad()).toFloats()).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aDroppedWeightGivesNoGradient(long queries, long keys, boolean causal, long[] addedShape) {
    try (Scope scope = Scope.open()) {
      Random random = Random.seeded(7);
      Tensor q = random.normal(B, H, queries, D);
      Tensor k = random.normal(B, H, keys, D);
      Tensor v = Tensor.ones(B, H, keys, 1).requiresGrad(true);

      // Each output is the sum of the weights that were kept; each gradient of a value too.
      Tensor y =
          Random.seeded(11).call(() -> BlockAttention.attend(q, k, v, 0.3, causal, null, 0.5));
      y.sum().backward();

      assertThat((double) y.sum().item())
          .isCloseTo(Objects.requireNonNull(v.grad()).sum().item(), Offset.offset(1e-2));
      assertThat(y.mean().item()).isBetween(0.7, 1.3);
      assertThat(y.max().item()).isGreaterThan(y.mean().item());
    }
  }

  @Test
  void gradientsGoThroughTheWeightsThatWereKept() {
    try (Scope scope = Scope.open()) {
      Random random = Random.seeded(7);
      Tensor q = random.normal(B, H, 9, D);
      Tensor k = random.normal(B, H, 6, D);
      Tensor v = random.normal(B, H, 6, D);
      Tensor kept = Random.seeded(5).call(() -> Tensor.ones(B * H, 9, 6).dropout(0.5));

      Outcome found =
          run(
              q,
              k,
              v,
              null,
              (a, b, c) ->
                  Random.seeded(5)
                      .call(() -> BlockAttention.attend(a, b, c, 0.3, false, null, 0.5)));
      Outcome wanted =
          run(
              q,
              k,
              v,
              null,
              (a, b, c) ->
                  a.matmul(b.transpose(2, 3))
                      .mul(0.3)
                      .softmax(-1)
                      .mul(kept.view(B, H, 9, 6))
                      .matmul(c));

      assertThat(found.output).usingComparatorWithPrecision(1e-5f).containsExactly(wanted.output);
      for (int i = 0; i < 3; i++) {
        assertThat(found.gradients.get(i))
            .usingComparatorWithPrecision(1e-4f)
            .containsExactly(wanted.gradients.get(i));
      }
    }
  }
}

package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyLossTest {
  private static final int VOCABULARY = 11;
  private static final int WIDTH = 4;

  private final Tensor weight = values(1, VOCABULARY, WIDTH).requiresGrad(true);
  private final Tensor bias = values(2, VOCABULARY).requiresGrad(true);
  private final Tensor states = values(3, 2, 4, WIDTH).requiresGrad(true);
  private final Tensor targets =
      Tensor.of(new int[] {3, 1, Loss.IGNORED, 10, 0, 0, 7, Loss.IGNORED}, 2, 4);

  private static Tensor values(long seed, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape).outliveScopes();
  }

  private Tensor logits(Tensor x) {
    return x.linear(weight, null).add(bias);
  }

  /** The loss, and gradients of a multiple of it: of weight, bias and states. */
  private record Outcome(double loss, List<float[]> gradients) {}

  private Outcome backward(Tensor loss) {
    loss.mul(3).backward();
    List<float[]> gradients = new ArrayList<>();
    for (Tensor leaf : List.of(weight, bias, states)) {
      gradients.add(leaf.hasGrad() ? Objects.requireNonNull(leaf.grad()).toFloats() : new float[0]);
      leaf.clearGrad();
    }
    return new Outcome(loss.item(), gradients);
  }

  private VocabularyLoss chunks(int tokens) {
    return new VocabularyLoss(this::logits, List.of(weight, bias), tokens);
  }

  private static void assertClose(Outcome found, Outcome wanted) {
    assertThat(found.loss()).isCloseTo(wanted.loss(), within(1e-6));
    for (int i = 0; i < wanted.gradients().size(); i++) {
      assertThat(found.gradients().get(i))
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(wanted.gradients().get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void chunksGiveTheLossAndGradientsOfTheWhole(double smoothing) {
    Outcome wanted =
        backward(
            logits(states.reshape(-1, WIDTH))
                .crossEntropy(targets.reshape(-1), Loss.IGNORED, smoothing));

    for (int tokens : new int[] {1, 2, 4, 5, 6, 100}) {
      assertClose(backward(chunks(tokens).mean(states, targets, smoothing)), wanted);
    }
  }

  @Test
  void whatIsFrozenGetsNoGradient() {
    Outcome whole = backward(chunks(100).mean(states, targets, 0));
    weight.requiresGrad(false);
    Outcome frozen = backward(chunks(2).mean(states, targets, 0));
    weight.requiresGrad(true);

    assertThat(frozen.gradients().getFirst()).isEmpty();
    assertThat(frozen.gradients().getLast())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(whole.gradients().getLast());
  }

  @Test
  void withoutGradientsThereIsOnlyTheLoss() {
    double wanted = chunks(100).mean(states, targets, 0).item();
    try (Gradients off = Gradients.off()) {
      Tensor loss = chunks(2).mean(states, targets, 0);

      assertThat(loss.item()).isCloseTo(wanted, within(1e-6));
      assertThat(loss.requiresGrad()).isFalse();
    }
  }
}

package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdaptiveSoftmaxTest {
  private static final int VOCABULARY = 23;

  private final Random random = Random.seeded(3);
  private final AdaptiveSoftmax softmax = new AdaptiveSoftmax(6, VOCABULARY, List.of(5, 12));

  @Test
  void probabilitiesOfAllWordsAddUpToOne() {
    try (Scope scope = Scope.open()) {
      Tensor log = softmax.logProbabilities(hidden(4), random.normal(VOCABULARY, 6));

      assertThat(log.shape()).containsExactly(4, VOCABULARY);
      for (float sum : log.exp().sum(1, false).toFloats()) {
        assertThat(sum).isCloseTo(1, within(1e-5f));
      }
    }
  }

  @Test
  void theLossIsWhatTheProbabilitiesOfTheWordsSay() {
    try (Scope scope = Scope.open()) {
      Tensor classes = Objects.requireNonNull(softmax.parameters().get("classes"));
      try (Gradients off = Gradients.off()) {
        classes.copy_(random.normal(2, 6));
      }
      Tensor table = random.normal(VOCABULARY, 6).requiresGrad(true);
      Tensor hidden = hidden(7).requiresGrad(true);
      long[] ids = {0, 22, 4, 5, 11, 12, Loss.IGNORED};
      Tensor targets = Tensor.of(ids, 7);

      Tensor loss = softmax.loss(hidden, table, targets);
      Tensor log = softmax.logProbabilities(hidden, table);
      Tensor wanted = log.crossEntropy(targets, Loss.IGNORED, 0);

      assertThat(loss.item()).isCloseTo(wanted.item(), within(1e-5));
      List<Tensor> inputs = List.of(hidden, table, classes);
      List<Tensor> slopes = Gradients.of(loss, inputs);
      List<Tensor> expected = Gradients.of(wanted, inputs);
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(slopes.get(i).sub(expected.get(i)).abs().max().item()).isLessThan(1e-5);
        assertThat(expected.get(i).abs().max().item()).isGreaterThan(1e-2);
      }
    }
  }

  @Test
  void cutoffsRiseAndEndBeforeTheVocabulary() {
    for (List<Integer> wrong :
        List.of(
            List.<Integer>of(), List.of(0), List.of(5, 5), List.of(7, 3), List.of(VOCABULARY))) {
      assertThatThrownBy(() -> new AdaptiveSoftmax(6, VOCABULARY, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cutoffs");
    }
  }

  private Tensor hidden(int rows) {
    return random.normal(rows, 6);
  }
}

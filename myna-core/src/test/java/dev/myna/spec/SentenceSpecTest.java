package dev.myna.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which layers can stand behind an encoder, and in which order. */
class SentenceSpecTest {
  private static final SentenceSpec.Layer CONVOLUTIONS =
      new SentenceSpec.Convolutions(4, List.of(1, 3));
  private static final SentenceSpec.Layer POOL =
      new SentenceSpec.Pool(
          List.of(new Pooling.Mean(), new Pooling.Last(OptionalInt.empty()), new Pooling.Max()));
  private static final SentenceSpec.Layer DENSE = new SentenceSpec.Dense(5, true, Activation.TANH);
  private static final SentenceSpec.Layer NORMALIZE = new SentenceSpec.Normalize();

  @Test
  void sizesFollowFromLayerToLayer() {
    int size = 10;
    List<Integer> sizes = new ArrayList<>();
    for (SentenceSpec.Layer layer :
        new SentenceSpec(List.of(CONVOLUTIONS, POOL, DENSE, NORMALIZE)).layers()) {
      size = layer.outOf(size);
      sizes.add(size);
    }

    assertThat(sizes).containsExactly(8, 24, 5, 5);
  }

  @Test
  void hiddenStatesArePooledOnceAfterConvolutionsAndBeforeTheRest() {
    for (List<SentenceSpec.Layer> wrong :
        List.of(
            List.of(DENSE, POOL),
            List.of(POOL, CONVOLUTIONS),
            List.of(POOL, POOL),
            List.of(CONVOLUTIONS, NORMALIZE))) {
      assertThatThrownBy(() -> new SentenceSpec(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pooling must");
    }
    assertThatThrownBy(() -> new SentenceSpec(List.of(CONVOLUTIONS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found no pooling");
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> new SentenceSpec.Convolutions(4, List.of(3, 2)))
        .hasMessageContaining("odd numbers")
        .hasMessageContaining("[3, 2]");
    assertThatThrownBy(() -> new SentenceSpec.Convolutions(0, List.of(3)))
        .hasMessageContaining("filters");
    assertThatThrownBy(() -> new SentenceSpec.Pool(List.of())).hasMessageContaining("found none");
    assertThatThrownBy(() -> new SentenceSpec.Dense(3, true, Activation.GELU_CLIPPED))
        .hasMessageContaining("GELU_CLIPPED");
  }
}

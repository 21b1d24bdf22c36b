package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackwardNodeTest {
  private final List<Tensor> saved = new ArrayList<>();

  @Test
  void whatIsSavedOutlivesTheInnerScopeAndNotTheWayBack() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3}).requiresGrad(true);
      Tensor square = Scope.kept(() -> square(x));
      assertThat(saved.getFirst().freed()).isFalse();

      square.sum().backward();

      assertThat(x.grad()).isNotNull();
      assertThat(Gradients.of(Scope.kept(() -> square(x)).sum(), List.of(x)).getFirst().toFloats())
          .containsExactly(2, 4, 6);
      assertThat(saved).hasSize(2).allMatch(Tensor::freed);
    }
  }

  @Test
  void whereNobodyGoesBackItEndsWithTheOutermostScope() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3}).requiresGrad(true);
      try (Scope inner = Scope.open()) {
        assertThat(square(x).requiresGrad()).isTrue();
      }
      assertThat(saved.getFirst().freed()).isFalse();
    }
    assertThat(saved.getFirst().freed()).isTrue();
  }

  private Tensor square(Tensor x) {
    Tensor in;
    Tensor out;
    try (Gradients off = Gradients.off()) {
      in = x.detach();
      out = in.mul(in);
    }
    saved.add(in);
    return out.withBackward(List.of(x), List.of(in), g -> List.of(g.mul(in).mul(2)));
  }
}

package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void multipliesMatrices() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

      assertThat(x.matmul(x).toFloats()).containsExactly(7, 10, 15, 22);
    }
  }

  @Test
  void linearWithBiasHasTheGradientsOfTheFormula() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);
      Tensor w = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2).requiresGrad(true);
      Tensor b = Tensor.of(new float[] {10, 20, 30}).requiresGrad(true);
      Tensor y = x.linear(w, b);
      y.sum().backward();

      assertThat(y.toFloats()).containsExactly(11, 22, 33, 13, 24, 37);
      assertThat(grad(b).toFloats()).containsExactly(2, 2, 2);
      assertThat(grad(w).toFloats()).containsExactly(4, 6, 4, 6, 4, 6);
      assertThat(grad(x).toFloats()).containsExactly(2, 2, 2, 2);
    }
  }

  @Test
  void aSingleRowGivesWhatItGivesAmongOthers() {
    try (Scope scope = Scope.open()) {
      Tensor w = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2).requiresGrad(true);
      Tensor b = Tensor.of(new float[] {10, 20, 30}).requiresGrad(true);
      Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 2).requiresGrad(true);

      Tensor y = x.linear(w, b);
      y.sum().backward();

      assertThat(y.shape()).containsExactly(1, 1, 3);
      assertThat(y.toFloats()).containsExactly(11, 22, 33);
      assertThat(grad(b).toFloats()).containsExactly(1, 1, 1);
      assertThat(grad(w).toFloats()).containsExactly(1, 2, 1, 2, 1, 2);
      assertThat(grad(x).toFloats()).containsExactly(2, 2);
      assertThat(x.view(2).linear(w, null).toFloats()).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> x.linear(w.transpose(0, 1), null))
          .hasMessageStartingWith("linear of (1, 1, 2) and (2, 3): ");
    }
  }

  @Test
  void fewerThreadsOnlyUntilClosed() {
    int before = Libtorch.threads();
    try (Threads few = Threads.forPass(1, 64)) {
      assertThat(Libtorch.threads()).isEqualTo(1);
    }
    assertThat(Libtorch.threads()).isEqualTo(before);
    try (Threads all = Threads.forPass(4096, 384)) {
      assertThat(Libtorch.threads()).isEqualTo(before);
    }
  }

  @Test
  void nameShapesThatDoNotGoTogether() {
    try (Scope scope = Scope.open()) {
      Tensor a = Tensor.zeros(2, 3);
      Tensor b = Tensor.zeros(4, 5);

      assertThatThrownBy(() -> a.matmul(b))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("matmul of (2, 3) and (4, 5): ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void useAfterItsScopeSaysWhatToDo() {
    Tensor t;
    try (Scope scope = Scope.open()) {
      t = Tensor.zeros(2, 3);
    }

    assertThatThrownBy(() -> t.add(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(2, 3)")
        .hasMessageContaining("scope.keep");
  }

  @Test
  void aKeptTensorOutlivesItsScope() {
    Tensor kept;
    try (Scope outer = Scope.open()) {
      Tensor inner;
      try (Scope scope = Scope.open()) {
        inner = scope.keep(Tensor.ones(3));
      }
      assertThat(inner.toFloats()).containsExactly(1, 1, 1);
      kept = outer.keep(inner);
    }
    assertThat(kept.toFloats()).containsExactly(1, 1, 1);
    kept.free();
    assertThat(kept.freed()).isTrue();
  }

  @Test
  void gradientsOutliveTheScopeOfTheForwardPass() {
    Tensor w = Tensor.ones(2).requiresGrad(true);
    try (Scope scope = Scope.open()) {
      Tensor loss;
      try (Scope inner = Scope.open()) {
        loss = inner.keep(w.mul(3).mul(w).sum());
      }
      loss.backward();
    }
    assertThat(grad(w).toFloats()).containsExactly(6, 6);
    w.free();
  }

  @Test
  void scopesCloseInOrder() {
    try (Scope outer = Scope.open()) {
      Scope inner = Scope.open();
      assertThatThrownBy(outer::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("reverse order");
      inner.close();
    }
  }

  @Test
  void manyStepsLeaveNothingBehind() {
    Tensor w = Tensor.ones(64, 64).requiresGrad(true);
    step(w);
    long before = Tensor.live();
    for (int i = 0; i < 300; i++) {
      step(w);
    }
    assertThat(Tensor.live()).isLessThanOrEqualTo(before);
    w.free();
  }

  private static void step(Tensor w) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.ones(8, 64);
      x.linear(w, null).gelu().split(32, 1).getFirst().softmax(-1).mul(2).mean().backward();
      assertThat(grad(w).finite()).isTrue();
      w.clearGrad();
    }
  }

  @Test
  void sortsAndPicks() {
    try (Scope scope = Scope.open()) {
      Tensor.Pair top = Tensor.of(new float[] {3, 1, 4, 1, 5}).topk(2, 0);

      assertThat(top.values().toFloats()).containsExactly(5, 4);
      assertThat(top.indices().toInts()).containsExactly(4, 2);
      assertThat(Tensor.cat(List.of(top.values(), top.values()), 0).shape()).containsExactly(4);
    }
  }

  @Test
  void bothAdamWsAgree() {
    Tensor p = Tensor.of(new float[] {1, 2});
    Tensor g = Tensor.of(new float[] {0.5f, -0.5f});
    Tensor m = Tensor.zeros(2);
    Tensor v = Tensor.zeros(2);
    Tensor step = Tensor.scalar(1);
    TensorList.adamW(
        TensorList.of(List.of(p)),
        TensorList.of(List.of(g)),
        TensorList.of(List.of(m)),
        TensorList.of(List.of(v)),
        TensorList.of(List.of(step)),
        0.1,
        0.9,
        0.999,
        0.01,
        1e-8);
    // First step: bias correction makes mean/sqrt(square) the sign of the gradient.
    assertThat(p.toFloats()[0]).isCloseTo(1 * (1 - 0.1f * 0.01f) - 0.1f, within());
    assertThat(p.toFloats()[1]).isCloseTo(2 * (1 - 0.1f * 0.01f) + 0.1f, within());
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.data.Offset.offset(1e-5f);
  }

  @Test
  void randomStreamsContinueWhereTheyWereSaved() {
    Random random = Random.seeded(7);
    float[] unused = random.normal(5).toFloats();
    Tensor state = random.state();
    float[] first = random.normal(5).toFloats();
    random.state(state);

    assertThat(random.normal(5).toFloats()).containsExactly(first);
  }

  private static Tensor grad(Tensor leaf) {
    return Objects.requireNonNull(leaf.grad(), "no gradient");
  }
}

package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowProductTest {
  @AfterEach
  void restore() {
    Libtorch.threads(Libtorch.cores());
  }

  @Test
  void isTheProductThatMatricesHave() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Random random = Random.seeded(4);
      for (int[] size : new int[][] {{1, 1}, {3, 5}, {384, 1152}, {1000, 777}, {129, 4099}}) {
        Tensor x = random.normal(1, size[0]);
        Tensor weight = random.normal(size[1], size[0]);
        Tensor bias = random.normal(size[1]);
        Tensor wanted = x.matmul(weight.transpose(0, 1));

        Tensor plain = x.linear(weight, null);
        Tensor added = x.linear(weight, bias);

        assertThat(plain.shape()).containsExactly(1, size[1]);
        assertThat(plain.sub(wanted).abs().max().item()).isLessThan(2e-4);
        assertThat(added.sub(wanted.add(bias)).abs().max().item()).isLessThan(2e-4);
      }
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Random random = Random.seeded(5);
      Tensor x = random.normal(1, 500);
      Tensor weight = random.normal(3001, 500);
      Tensor bias = random.normal(3001);
      Libtorch.threads(1);
      float[] alone = asToken(x, weight, bias);
      for (int threads : List.of(2, 3, 7)) {
        Libtorch.threads(threads);
        assertThat(Arrays.equals(asToken(x, weight, bias), alone)).isTrue();
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor x = Tensor.ones(1, 500);
      for (Tensor weight :
          List.of(
              Tensor.ones(300, 700),
              Tensor.ones(300, 400),
              Tensor.ones(300, 500).to(DType.BFLOAT16))) {
        assertThatThrownBy(() -> x.linear(weight, null))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("linear");
      }
      assertThatThrownBy(() -> x.linear(Tensor.ones(300, 500), Tensor.ones(299)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("linear");
    }
  }

  @Test
  void aPartThatFailsIsHeardOfAndStopsNobody() {
    for (int round = 0; round < 20; round++) {
      assertThatThrownBy(
              () ->
                  RowCores.run(
                      3,
                      6,
                      part -> {
                        throw new IllegalStateException("part");
                      }))
          .isInstanceOf(IllegalStateException.class);
      AtomicIntegerArray done = new AtomicIntegerArray(6);
      RowCores.run(3, 6, done::incrementAndGet);
      assertThat(IntStream.range(0, 6).map(done::get)).containsOnly(1);
    }
  }

  private static float[] asToken(Tensor x, Tensor weight, Tensor bias) {
    try (Threads few = Threads.forPass(1, x.numel())) {
      return x.linear(weight, bias).toFloats();
    }
  }

  @Test
  void everyPartIsDoneOnceWhoeverCalls() {
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            caller -> {
              for (int round = 0; round < 200; round++) {
                AtomicIntegerArray done = new AtomicIntegerArray(5);
                RowCores.run(4, 5, done::incrementAndGet);
                for (int part = 0; part < 5; part++) {
                  assertThat(done.get(part)).isEqualTo(1);
                }
              }
            });
  }
}

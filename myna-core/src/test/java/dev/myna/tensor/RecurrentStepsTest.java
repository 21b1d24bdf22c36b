package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps in Java against libtorch's loop, forward and backward. */
class RecurrentStepsTest {
  private static final int IN = 6;

  static Stream<Arguments> layers() {
    List<Arguments> all = new ArrayList<>();
    int[][] sizes = {{5, 5, 4, 2, 1}, {3, 3, 3}, {9, 1}, {1}};
    for (RecurrentKernel kind : RecurrentKernel.values()) {
      for (int[] some : sizes) {
        for (int width : new int[] {5, 32, 41, 64}) {
          all.add(Arguments.of(kind, some, width));
        }
      }
    }
    return all.stream();
  }

  /** Of both directions: states of all steps, then those at the end. */
  private record Read(Tensor outputs, List<Tensor> ends) {
    /** A number that every one of them changes. */
    Tensor sum() {
      Tensor sum = outputs.pow(2).sum();
      for (Tensor end : ends) {
        sum = sum.add(end.pow(2).sum().mul(0.5)).add(end.sum());
      }
      return sum;
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void readsAndLearnsAsLibtorchDoes(RecurrentKernel kind, int[] sizes, int width) {
    try (Scope scope = Scope.open()) {
      Random random = Random.seeded(5);
      int rows = Arrays.stream(sizes).sum();
      Tensor x = random.normal(rows, IN).requiresGrad(true);
      List<Tensor> weights = new ArrayList<>();
      for (int way = 0; way < 2; way++) {
        long gates = (long) kind.gates() * width;
        weights.add(random.normal(gates, IN).mul(0.4).requiresGrad(true));
        weights.add(random.normal(gates, width).mul(0.2).requiresGrad(true));
        weights.add(random.normal(gates).mul(0.3).requiresGrad(true));
        weights.add(random.normal(gates).mul(0.3).requiresGrad(true));
      }
      List<Tensor> start = new ArrayList<>();
      for (int i = 0; i < (kind.hasCell() ? 2 : 1); i++) {
        start.add(random.normal(2, sizes[0], width).requiresGrad(true));
      }
      List<Tensor> leaves = new ArrayList<>(List.of(x));
      leaves.addAll(weights);
      leaves.addAll(start);

      Read wanted = libtorch(kind, x, sizes, start, weights);
      Read found = steps(kind, x, sizes, start, weights);
      assertNear(found.outputs, wanted.outputs, 1e-5);
      for (int i = 0; i < start.size(); i++) {
        assertNear(found.ends.get(i), wanted.ends.get(i), 1e-5);
      }
      List<Tensor> slopes = Gradients.of(found.sum(), leaves);
      List<Tensor> wantedSlopes = Gradients.of(wanted.sum(), leaves);
      for (int i = 0; i < leaves.size(); i++) {
        assertNear(slopes.get(i), wantedSlopes.get(i), 1e-4);
      }
      try (Gradients off = Gradients.off()) {
        assertNear(steps(kind, x, sizes, start, weights).outputs, wanted.outputs, 1e-5);
      }
    }
  }

  private static void assertNear(Tensor found, Tensor wanted, double share) {
    assertThat(found.shape()).isEqualTo(wanted.shape());
    double largest = Math.max(1, wanted.abs().max().item());
    assertThat(found.sub(wanted).abs().max().item()).isLessThan(share * largest);
  }

  private static Read libtorch(
      RecurrentKernel kind, Tensor x, int[] sizes, List<Tensor> start, List<Tensor> weights) {
    long[] counts = Arrays.stream(sizes).asLongStream().toArray();
    RecurrentKernel.Result result =
        kind.runPacked(
            x,
            Tensor.of(counts, counts.length),
            start,
            weights,
            new RecurrentKernel.Stacking(1, 0, true));
    return new Read(result.outputs(), result.states());
  }

  private static Read steps(
      RecurrentKernel kind, Tensor x, int[] sizes, List<Tensor> start, List<Tensor> weights) {
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> ends = new ArrayList<>();
    for (int way = 0; way < 2; way++) {
      int at = way;
      List<Tensor> own = weights.subList(4 * way, 4 * way + 4);
      int width = (int) own.get(1).size(1);
      List<Tensor> made =
          new RecurrentSteps(kind, sizes, way == 1, width)
              .run(
                  x.linear(own.get(0), own.get(2)),
                  start.stream().map(state -> state.select(0, at)).toList(),
                  own.get(1),
                  own.get(3));
      outputs.add(made.getFirst());
      ends.add(made.subList(1, made.size()));
    }
    List<Tensor> states = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      states.add(Tensor.stack(List.of(ends.get(0).get(i), ends.get(1).get(i)), 0));
    }
    return new Read(Tensor.cat(outputs, 1), states);
  }
}

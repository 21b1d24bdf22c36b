package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.spec.AlignmentSpec;
import dev.myna.spec.AlignmentSpec.Reach;
import dev.myna.spec.AlignmentSpec.Score;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decoder's looking back: shapes, padding, windows, and gradients against differences. */
class AlignmentTest {
  private static final int WIDTH = 6;
  private static final int PLACES = 7;

  static Stream<AlignmentSpec> specs() {
    List<AlignmentSpec> specs = new ArrayList<>();
    for (Score score : Score.values()) {
      for (Reach reach : Reach.values()) {
        if (score != Score.NONE) {
          specs.add(new AlignmentSpec(score, reach, 2, false));
          specs.add(new AlignmentSpec(score, reach, 2, true));
        }
      }
    }
    return specs.stream();
  }

  /** Straight-through gradients are not those of differences, by definition. */
  static Stream<AlignmentSpec> softSpecs() {
    return specs().filter(spec -> !spec.hard());
  }

  private static Alignment fresh(AlignmentSpec spec) {
    Alignment alignment = new Alignment(spec, WIDTH, PLACES);
    Random random = Random.seeded(3);
    try (Gradients off = Gradients.off()) {
      alignment.parameters().values().forEach(p -> p.copy_(random.normal(p.shape())));
    }
    return alignment;
  }

  private static Tensor there() {
    return Padding.there(new int[] {PLACES, 4});
  }

  /** Where texts of some lengths are. */
  private static final class Padding {
    static Tensor there(int[] lengths) {
      boolean[] there = new boolean[lengths.length * PLACES];
      for (int i = 0; i < there.length; i++) {
        there[i] = i % PLACES < lengths[i / PLACES];
      }
      return Tensor.of(there, lengths.length, PLACES);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void weightsAreSharesOfWhatIsThere(AlignmentSpec spec) {
    try (Scope scope = Scope.open()) {
      Alignment alignment = fresh(spec);
      alignment.training(true);
      Random random = Random.seeded(4);
      Tensor memory = random.normal(2, PLACES, WIDTH);
      Alignment.Keys keys = alignment.keys(memory, there());

      Alignment.Seen seen = alignment.look(random.normal(2, WIDTH), keys, 3);

      assertThat(seen.context().shape()).containsExactly(2, WIDTH);
      assertThat(seen.weights().shape()).containsExactly(2, PLACES);
      boolean bell = spec.reach() == Reach.PREDICTIVE && !spec.hard();
      for (float sum : seen.weights().sum(1, false).toFloats()) {
        assertThat(sum).isBetween(bell ? 0.1f : 0.9999f, bell ? 0.9999f : 1.0001f);
      }
      float[] weights = seen.weights().toFloats();
      for (int place = 4; place < PLACES; place++) {
        assertThat(weights[PLACES + place]).isCloseTo(0, within(1e-6f));
      }
      if (spec.reach() == Reach.MONOTONIC) { // around place 3, two to each side
        assertThat(weights[0]).isCloseTo(0, within(1e-6f));
        assertThat(weights[6]).isCloseTo(0, within(1e-6f));
      }
      if (spec.hard()) {
        assertThat(seen.weights().max().item()).isCloseTo(1, within(1e-5));
      }
    }
  }

  /** Luong et al. (2015), equations 7, 9 and 10, by plain arithmetic. */
  @Test
  void aPredictedWindowIsThatOfThePaper() {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      int window = 2;
      Alignment alignment =
          new Alignment(new AlignmentSpec(Score.DOT, Reach.PREDICTIVE, window, false), 2, 9);
      Map<String, Tensor> parameters = alignment.parameters();
      Objects.requireNonNull(parameters.get("place.weight"))
          .copy_(Tensor.of(new float[] {0.5f, -1, 2, 0.25f}, 2, 2));
      Objects.requireNonNull(parameters.get("placeEnergy.weight"))
          .copy_(Tensor.of(new float[] {0.75f, -0.5f}, 1, 2));
      float[] memory = {1, 0, 0.5f, -1, 0, 2, -1, 1, 0.25f, 0.5f, 3, 3};
      boolean[] there = {true, true, true, true, true, false};
      float[] state = {0.5f, 1};
      Alignment.Keys keys = alignment.keys(Tensor.of(memory, 1, 6, 2), Tensor.of(there, 1, 6));

      float[] weights = alignment.look(Tensor.of(state, 1, 2), keys, 0).weights().toFloats();

      double energy = 0.75 * Math.tanh(0.5 * 0.5 - 1 * 1) - 0.5 * Math.tanh(2 * 0.5 + 0.25 * 1);
      double middle = 5 / (1 + Math.exp(-energy)); // about 1.5: places 0 to 3 are in the window
      double[] shares = new double[6];
      for (int s = 0; s < 5; s++) {
        double score = memory[2 * s] * state[0] + memory[2 * s + 1] * state[1];
        shares[s] = Math.abs(s - middle) <= window ? Math.exp(score) : 0;
      }
      double all = Arrays.stream(shares).sum();
      assertThat(Arrays.stream(shares).filter(share -> share > 0)).hasSize(4);
      for (int s = 0; s < 6; s++) {
        double bell = Math.exp(-Math.pow(s - middle, 2) / (2 * Math.pow(window / 2.0, 2)));
        assertThat((double) weights[s])
            .as("place %d", s)
            .isCloseTo(shares[s] / all * bell, within(1e-5));
      }
    }
  }

  @Test
  void whatLooksAtNothingHasNoWindow() {
    assertThatThrownBy(() -> new AlignmentSpec(Score.NONE, Reach.PREDICTIVE, 5, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attention none looks at nothing: reach must be global and hard false, found"
                + " predictive and true");
    assertThat(new AlignmentSpec(Score.NONE, Reach.GLOBAL, 5, false).looks()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("softSpecs")
  void gradientsAreThoseOfDifferences(AlignmentSpec spec) {
    Alignment alignment = fresh(spec);
    Random random = Random.seeded(5); // no place near the edge of a window, where weights jump
    Tensor memory = random.normal(2, PLACES, WIDTH).outliveScopes();
    Tensor state = random.normal(2, WIDTH).outliveScopes().requiresGrad(true);
    Tensor wanted = random.normal(2, WIDTH).outliveScopes();
    try (Scope scope = Scope.open()) {
      loss(alignment, state, memory, wanted).backward();
      Map<String, Tensor> moved = new LinkedHashMap<>(alignment.parameters());
      moved.put("state", state);
      moved.forEach(
          (name, parameter) -> {
            float[] gradient = Objects.requireNonNull(parameter.grad()).toFloats();
            assertThat((double) gradient[0])
                .as(name)
                .isCloseTo(difference(alignment, parameter, state, memory, wanted), within(2e-2));
          });
    }
  }

  private static double difference(
      Alignment alignment, Tensor parameter, Tensor state, Tensor memory, Tensor wanted) {
    double[] losses = new double[2];
    float[] values = parameter.toFloats();
    for (int side = 0; side < 2; side++) {
      float[] moved = values.clone();
      moved[0] += side == 0 ? -1e-2f : 1e-2f;
      try (Gradients off = Gradients.off()) {
        parameter.copy_(Tensor.of(moved, parameter.shape()));
        losses[side] = loss(alignment, state, memory, wanted).item();
        parameter.copy_(Tensor.of(values, parameter.shape()));
      }
    }
    return (losses[1] - losses[0]) / 2e-2;
  }

  private static Tensor loss(Alignment alignment, Tensor state, Tensor memory, Tensor wanted) {
    return alignment.look(state, alignment.keys(memory, there()), 3).context().mul(wanted).sum();
  }
}

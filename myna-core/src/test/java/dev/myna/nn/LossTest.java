package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against their formulas, worked out by hand or by torch.nn.functional. */
class LossTest {
  private static final double NEAR = 1e-5;

  private Scope scope = Scope.open();

  @BeforeEach
  void open() {
    scope.close();
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor logits() {
    return Tensor.of(new float[] {1, 2, 0.5f, -1, 0, 3}, 2, 3);
  }

  private static Tensor targets(int... ids) {
    return Tensor.of(ids, ids.length);
  }

  @Test
  void crossEntropyLeavesOutWhatDoesNotCount() {
    // softmax of the second row at its third class: e³ / (e⁻¹ + 1 + e³)
    double second = -Math.log(Math.exp(3) / (Math.exp(-1) + 1 + Math.exp(3)));

    assertThat(Loss.crossEntropy(logits(), targets(Loss.IGNORED, 2)).item())
        .isCloseTo(second, within(NEAR));
  }

  @Test
  void weightsAndFocusChangeWhatCounts() {
    double[] nll = new double[2];
    nll[0] = -Math.log(Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(0.5)));
    nll[1] = -Math.log(Math.exp(3) / (Math.exp(-1) + 1 + Math.exp(3)));
    Tensor weights = Tensor.of(new float[] {3, 1, 0.5f}, 3);

    double weighted = Loss.weighted(logits(), targets(0, 2), weights, 0).item();
    double focal = Loss.focal(logits(), targets(0, 2), 2).item();
    double plain = Loss.focal(logits(), targets(0, 2), 0).item();

    assertThat(weighted).isCloseTo((3 * nll[0] + 0.5 * nll[1]) / 3.5, within(NEAR));
    assertThat(plain).isCloseTo((nll[0] + nll[1]) / 2, within(NEAR));
    double first = Math.pow(1 - Math.exp(-nll[0]), 2) * nll[0];
    double second = Math.pow(1 - Math.exp(-nll[1]), 2) * nll[1];
    assertThat(focal).isCloseTo((first + second) / 2, within(NEAR));
  }

  /** By torch.nn.CrossEntropyLoss(weight, label_smoothing=…) of torch 2.13. */
  @ParameterizedTest
  @CsvSource({"0, 1.3163611", "0.1, 1.3760229", "0.3, 1.4953467"})
  void smoothedTargetsWeighAsTheirClassesDo(double smoothing, double wanted) {
    Tensor logits = Tensor.of(new float[] {1, 2, 0.5f, -1, 0, 3, 0.2f, -0.4f, 0.1f}, 3, 3);
    Tensor weights = Tensor.of(new float[] {3, 1, 0.5f}, 3);

    assertThat(Loss.weighted(logits, targets(0, 2, 1), weights, smoothing).item())
        .isCloseTo(wanted, within(NEAR));
  }

  @Test
  void focusAndWeightsGoTogether() {
    Tensor weights = Tensor.of(new float[] {3, 1, 0.5f}, 3);
    double[] p = {
      Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(0.5)),
      Math.exp(3) / (Math.exp(-1) + 1 + Math.exp(3))
    };
    double first = -3 * Math.pow(1 - p[0], 2) * Math.log(p[0]);
    double second = -0.5 * Math.pow(1 - p[1], 2) * Math.log(p[1]);

    assertThat(Loss.focal(logits(), targets(0, 2), weights, 2).item())
        .isCloseTo((first + second) / 3.5, within(NEAR));
    assertThat(Loss.focal(logits(), targets(0, 2), weights, 0).item())
        .isCloseTo(Loss.weighted(logits(), targets(0, 2), weights, 0).item(), within(NEAR));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 1, 2})
  void whatIsCertainHasNoSlope(double focus) {
    Tensor logits = Tensor.of(new float[] {60, 0, 0, 1, 2, 0.5f}, 2, 3).requiresGrad(true);

    Loss.focal(logits, targets(0, 1), focus).backward();

    float[] slopes = Objects.requireNonNull(logits.grad()).toFloats();
    assertThat(slopes).doesNotContain(Float.NaN);
    assertThat(slopes[0]).isCloseTo(0, within(1e-6f));
    assertThat(slopes[4]).isLessThan(-0.01f);
  }

  @Test
  void regressionAndIndependentLabels() {
    Tensor values = Tensor.of(new float[] {1, -2}, 2, 1);

    assertThat(Loss.meanSquare(values, Tensor.of(new float[] {0, 1}, 2)).item())
        .isCloseTo((1 + 9) / 2.0, within(NEAR));
    double yes = Math.log(1 + Math.exp(-1));
    double no = Math.log(1 + Math.exp(-2));
    assertThat(Loss.independent(values, Tensor.of(new float[] {1, 0}, 2, 1)).item())
        .isCloseTo((yes + no) / 2, within(NEAR));
  }

  @Test
  void evenRoutingCostsTheNumberOfExpertsPerToken() {
    Tensor even = Tensor.zeros(8, 4);
    float[] all = new float[32];
    for (int i = 0; i < 32; i += 4) {
      all[i] = 20;
      all[i + 1] = 19;
    }

    assertThat(Loss.balance(List.of(even), 2).item()).isCloseTo(2, within(NEAR));
    assertThat(Loss.balance(List.of(Tensor.of(all, 8, 4)), 2).item()).isCloseTo(4, within(1e-3));
  }

  @Test
  void partnersAreToldFromStrangers() {
    Tensor texts = Tensor.of(new float[] {1, 0, 0, 2}, 2, 2);
    Tensor partners = Tensor.of(new float[] {5, 0, 0, 1}, 2, 2);
    double expected = Math.log(1 + Math.exp(-1 / 0.5));

    assertThat(Loss.inBatch(texts, partners, 0.5).item()).isCloseTo(expected, within(NEAR));
    assertThat(Loss.triplet(texts, partners, partners.flip(0), 0.3).item())
        .isCloseTo(0, within(NEAR));
    assertThat(Loss.triplet(texts, partners.flip(0), partners, 0.3).item())
        .isCloseTo(1.3, within(NEAR));
    Tensor alike = Tensor.of(new float[] {1, 0}, 2);
    assertThat(Loss.pairs(texts, partners, alike, 0.5).item())
        .isCloseTo(0.5 * 0.25 / 2, within(NEAR));
  }
}

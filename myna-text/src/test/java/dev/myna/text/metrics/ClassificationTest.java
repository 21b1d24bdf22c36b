package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Figures of classes, probabilities, curves and correlations against scikit-learn and SciPy. */
class ClassificationTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private final JsonNode parity = TranslationParityTest.reference().get("classification");
  private final JsonNode cases;

  ClassificationTest() throws IOException {
    try (var in = ClassificationTest.class.getResourceAsStream("scikit-learn-cases.json")) {
      cases = tools.jackson.databind.json.JsonMapper.shared().readTree(in);
    }
  }

  private static List<String> labels(JsonNode array) {
    List<String> labels = new ArrayList<>();
    array.forEach(label -> labels.add(label.asString()));
    return labels;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }

  private static boolean[] booleans(JsonNode array) {
    boolean[] values = new boolean[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue() == 1;
    }
    return values;
  }

  private static double[][] matrix(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = doubles(array.get(i));
    }
    return rows;
  }

  @Test
  void equalsTheParityFigures() {
    Classification counted =
        Classification.of(labels(parity.get("y_true")), labels(parity.get("y_pred")));
    assertThat(counted.accuracy()).isCloseTo(parity.get("accuracy").doubleValue(), CLOSE);
    assertThat(counted.balancedAccuracy())
        .isCloseTo(parity.get("balanced_accuracy").doubleValue(), CLOSE);
    assertThat(counted.kappa()).isCloseTo(parity.get("kappa").doubleValue(), CLOSE);
    assertThat(counted.matthews()).isCloseTo(parity.get("mcc").doubleValue(), CLOSE);
    for (Averaging averaging : List.of(Averaging.MACRO, Averaging.MICRO, Averaging.WEIGHTED)) {
      check(counted.average(averaging, 1), parity.get(averaging.name().toLowerCase(Locale.ROOT)));
    }
    for (int k = 0; k < counted.labels().size(); k++) {
      check(counted.of(counted.labels().get(k), 1), parity.get("per_class").get(k));
      for (int j = 0; j < counted.labels().size(); j++) {
        assertThat(counted.confusion()[k][j])
            .isEqualTo(parity.get("confusion").get(k).get(j).longValue());
      }
    }
    assertThat(counted.of("0", 1).specificity())
        .isCloseTo(parity.get("specificity_class0").doubleValue(), CLOSE);
    assertThat(
            Probabilities.logLoss(ints(parity.get("y_true")), matrix(parity.get("probabilities"))))
        // the probabilities in the file are rounded to six digits
        .isCloseTo(parity.get("log_loss").doubleValue(), within(1e-6));
    JsonNode binary = parity.get("binary");
    boolean[] truth = booleans(binary.get("y_true"));
    double[] scores = doubles(binary.get("score"));
    BinaryCurves curves = new BinaryCurves(truth, scores);
    assertThat(curves.rocArea()).isCloseTo(binary.get("roc_auc").doubleValue(), CLOSE);
    assertThat(curves.averagePrecision())
        .isCloseTo(binary.get("average_precision").doubleValue(), CLOSE);
    assertThat(Probabilities.brier(truth, scores))
        .isCloseTo(binary.get("brier").doubleValue(), CLOSE);
  }

  private static void check(ClassScores scores, JsonNode expected) {
    assertThat(scores.precision()).isCloseTo(expected.get("precision").doubleValue(), CLOSE);
    assertThat(scores.recall()).isCloseTo(expected.get("recall").doubleValue(), CLOSE);
    assertThat(scores.fscore()).isCloseTo(expected.get("f1").doubleValue(), CLOSE);
  }

  private static void checkList(ClassScores scores, JsonNode expected) {
    assertThat(scores.precision()).isCloseTo(expected.get(0).doubleValue(), CLOSE);
    assertThat(scores.recall()).isCloseTo(expected.get(1).doubleValue(), CLOSE);
    assertThat(scores.fscore()).isCloseTo(expected.get(2).doubleValue(), CLOSE);
  }

  private static void checkNumber(double value, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isCloseTo(expected.doubleValue(), CLOSE);
    }
  }

  @Test
  void oneLabelAnExample() {
    assertThat(cases.get("single")).isNotEmpty();
    for (JsonNode test : cases.get("single")) {
      Classification counted =
          Classification.of(labels(test.get("truth")), labels(test.get("predicted")));
      JsonNode expected = test.get("expected");
      double beta = test.get("beta").doubleValue();
      assertThat(counted.labels()).isEqualTo(labels(expected.get("labels")));
      checkNumber(counted.accuracy(), expected.get("accuracy"));
      checkNumber(counted.balancedAccuracy(), expected.get("balanced"));
      checkNumber(counted.matthews(), expected.get("mcc"));
      checkNumber(counted.kappa(), expected.get("kappa"));
      checkNumber(counted.kappa(1), expected.get("linear"));
      checkNumber(counted.kappa(2), expected.get("quadratic"));
      checkList(counted.average(Averaging.MACRO, beta), expected.get("macro"));
      checkList(counted.average(Averaging.MICRO, beta), expected.get("micro"));
      checkList(counted.average(Averaging.WEIGHTED, beta), expected.get("weighted"));
    }
  }

  @Test
  void severalLabelsAnExample() {
    assertThat(cases.get("multi")).isNotEmpty();
    for (JsonNode test : cases.get("multi")) {
      MultiLabel counted = new MultiLabel(sets(test.get("truth")), sets(test.get("predicted")));
      JsonNode expected = test.get("expected");
      double beta = test.get("beta").doubleValue();
      checkNumber(counted.subsetAccuracy(), expected.get("subset"));
      checkNumber(counted.hammingLoss(), expected.get("hamming"));
      checkList(counted.average(Averaging.MACRO, beta), expected.get("macro"));
      checkList(counted.average(Averaging.MICRO, beta), expected.get("micro"));
      checkList(counted.average(Averaging.WEIGHTED, beta), expected.get("weighted"));
      checkList(counted.average(Averaging.SAMPLES, beta), expected.get("samples"));
    }
  }

  private static List<Set<String>> sets(JsonNode array) {
    List<Set<String>> sets = new ArrayList<>();
    array.forEach(labels -> sets.add(new HashSet<>(labels(labels))));
    return sets;
  }

  @Test
  void curvesAndProbabilities() {
    for (JsonNode test : cases.get("curves")) {
      boolean[] truth = booleans(test.get("truth"));
      double[] scores = doubles(test.get("scores"));
      BinaryCurves curves = new BinaryCurves(truth, scores);
      checkNumber(curves.rocArea(), test.get("roc"));
      checkNumber(curves.averagePrecision(), test.get("ap"));
      checkNumber(Probabilities.brier(truth, scores), test.get("brier"));
    }
    for (JsonNode test : cases.get("probabilities")) {
      checkNumber(
          Probabilities.logLoss(ints(test.get("truth")), matrix(test.get("probabilities"))),
          test.get("log_loss"));
    }
  }

  @Test
  void correlations() {
    for (JsonNode test : cases.get("correlations")) {
      double[] x = doubles(test.get("x"));
      double[] y = doubles(test.get("y"));
      checkNumber(Correlation.pearson(x, y), test.get("pearson"));
      checkNumber(Correlation.spearman(x, y), test.get("spearman"));
      checkNumber(Correlation.kendall(x, y), test.get("kendall"));
    }
  }

  @Property(tries = 100)
  void microF1IsAccuracyAndOrderDoesNotMatter(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 4) Integer> truth, @ForAll long seed) {
    Random random = new Random(seed);
    List<String> actual = truth.stream().map(String::valueOf).toList();
    List<String> guessed = new ArrayList<>(actual);
    Collections.shuffle(guessed, random);
    Classification counted = Classification.of(actual, guessed);
    assertThat(counted.average(Averaging.MICRO, 1).fscore()).isCloseTo(counted.accuracy(), CLOSE);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    Classification other =
        Classification.of(
            order.stream().map(actual::get).toList(), order.stream().map(guessed::get).toList());
    assertThat(other.confusion()).isDeepEqualTo(counted.confusion());
    assertThat(counted.matthews()).isBetween(-1 - 1e-9, 1 + 1e-9);
  }

  @Property(tries = 100)
  void correlationsLieBetweenMinusOneAndOneAndAreSymmetric(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = -5, max = 5) Integer> values,
      @ForAll long seed) {
    double[] x = values.stream().mapToDouble(Integer::doubleValue).toArray();
    List<Integer> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));
    double[] y = shuffled.stream().mapToDouble(Integer::doubleValue).toArray();
    if (values.stream().distinct().count() == 1) {
      assertThat(Correlation.kendall(x, y)).isNaN();
      return;
    }
    assertThat(Correlation.pearson(x, y)).isBetween(-1.0, 1.0);
    assertThat(Correlation.kendall(x, y)).isCloseTo(Correlation.kendall(y, x), CLOSE);
    assertThat(Correlation.spearman(x, x)).isCloseTo(1, CLOSE);
    assertThat(Correlation.kendall(x, x)).isCloseTo(1, CLOSE);
  }

  @Test
  void aConstantListHasNoCorrelation() {
    double[] constant = {0.1, 0.1, 0.1}; // whose rounded mean is not 0.1
    assertThat(Correlation.pearson(constant, new double[] {1, 2, 4})).isNaN();
    assertThat(Correlation.spearman(new double[] {1, 2, 4}, constant)).isNaN();
  }

  @Test
  void classesAreInTheOrderOfTheirCodePoints() {
    List<String> labels = List.of("\ud83d\ude00", "a", "\ufb01", "ab"); // U+1F600, U+FB01
    List<String> ordered = List.of("a", "ab", "\ufb01", "\ud83d\ude00");
    assertThat(Classification.of(labels, labels).labels()).isEqualTo(ordered);
    List<Set<String>> sets = labels.stream().map(Set::of).toList();
    assertThat(new MultiLabel(sets, sets).labels()).isEqualTo(ordered);
  }

  @Test
  void aClassMayOccurNowhere() {
    Classification counted =
        Classification.of(List.of("a", "c"), List.of("a", "a"), List.of("a", "b", "c"));
    assertThat(counted.labels()).containsExactly("a", "b", "c");
    assertThat(counted.of("b", 1).support()).isZero();
    assertThatThrownBy(() -> Classification.of(List.of("a"), List.of("a"), List.of("a", "b", "a")))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("\"a\" twice");
  }

  @Test
  void calibration() {
    double[][] certain = {{1, 0}, {1, 0}, {0, 1}, {0, 1}};
    assertThat(Probabilities.calibrationError(new int[] {0, 0, 1, 1}, certain, 10)).isZero();
    assertThat(Probabilities.calibrationError(new int[] {0, 1, 1, 0}, certain, 10))
        .isCloseTo(0.5, CLOSE);
    double[][] mixed = {{0.7, 0.3}, {0.7, 0.3}, {0.6, 0.4}};
    // (0.6, 0.7]: confidence 1.4 against 1 right; (0.5, 0.6]: 0.6 against 1
    assertThat(Probabilities.calibrationError(new int[] {0, 1, 0}, mixed, 10))
        .isCloseTo((0.4 + 0.4) / 3, within(1e-9));
    assertThat(Probabilities.brier(new int[] {0, 1, 0}, mixed))
        .isCloseTo((0.18 + 0.98 + 0.32) / 3, CLOSE);
  }

  @Test
  void wrongInputIsNamed() {
    assertThatThrownBy(() -> Classification.of(List.of("a"), List.of("a", "b")))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("found 2 and 1");
    assertThatThrownBy(() -> Classification.of(List.of(), List.of()))
        .isInstanceOf(MetricException.class);
    assertThatThrownBy(
            () -> Classification.of(List.of("a", "b"), List.of("a", "c"), List.of("a", "b")))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("example 2")
        .hasMessageContaining("\"c\"");
    assertThatThrownBy(
            () -> new BinaryCurves(new boolean[] {true, false}, new double[] {1, Double.NaN}))
        .isInstanceOf(MetricException.class)
        .hasMessageContaining("example 2");
    assertThatThrownBy(() -> new BinaryCurves(new boolean[] {true, true}, new double[] {1, 2}))
        .hasMessageContaining("both classes");
    assertThatThrownBy(() -> Correlation.pearson(new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("found 2 and 1");
    assertThatThrownBy(() -> Correlation.kendall(new double[] {1, 2}, new double[] {1, Double.NaN}))
        .hasMessageContaining("line 2");
    assertThatThrownBy(
            () -> Probabilities.logLoss(new int[] {0}, new double[][] {{0.5, Double.NaN}}))
        .hasMessageContaining("example 1");
  }
}

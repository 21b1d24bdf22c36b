package dev.myna.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.classify.ClassifierSpec.KernelKind;
import dev.myna.text.features.FeatureSpec;
import dev.myna.text.features.SparseMatrix;
import dev.myna.text.features.Vectorizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agreement with scikit-learn 1.9.1, whose answers are in the resources. */
class ClassifierTest {
  private static final JsonNode FEATURES = resource("../features/reference.json").get("features");
  private static final JsonNode CASES = resource("classifiers.json");
  private static final List<String> DOCUMENTS = strings(FEATURES.get("documents"));
  private static final List<String> TEST = strings(FEATURES.get("test"));
  private static final int[] LABELS = ints(FEATURES.get("labels"));

  private static JsonNode resource(String name) {
    try (InputStream in = ClassifierTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asString()));
    return strings;
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private static Classifier fit(ClassifierSpec spec, boolean counts, boolean two) {
    int[] labels = two ? Arrays.stream(LABELS).map(k -> k == 2 ? 1 : 0).toArray() : LABELS;
    return spec.fit(
        Vectorizer.fitTransform(features(counts), DOCUMENTS).matrix(), labels, two ? 2 : 3);
  }

  private static FeatureSpec features(boolean counts) {
    return counts ? FeatureSpec.COUNTS : FeatureSpec.TFIDF;
  }

  private static SparseMatrix test(boolean counts) {
    return Vectorizer.fit(features(counts), DOCUMENTS).transform(TEST);
  }

  private static ClassifierSpec spec(String name, JsonNode o) {
    Weighting weighting = o.path("balanced").asBoolean(false) ? Weighting.BALANCED : Weighting.NONE;
    return switch (name) {
      case "multinomial" ->
          new ClassifierSpec.Multinomial(
              o.get("alpha").asDouble(), o.get("prior").asBoolean(), weighting);
      case "bernoulli" ->
          new ClassifierSpec.Bernoulli(
              o.get("alpha").asDouble(), o.get("prior").asBoolean(), weighting);
      case "complement" ->
          new ClassifierSpec.Complement(
              o.get("alpha").asDouble(), o.get("norm").asBoolean(), weighting);
      case "logistic" ->
          new ClassifierSpec.Logistic(o.get("c").asDouble(), true, 1e-8, 10000, weighting);
      case "svm" ->
          new ClassifierSpec.Svm(
              o.get("c").asDouble(), o.path("intercept").asBoolean(true), 1e-6, 100000, weighting);
      case "kernel" ->
          new ClassifierSpec.Kernel(
              switch (o.get("kernel").asString()) {
                case "rbf" -> KernelKind.RBF;
                case "poly" -> KernelKind.POLYNOMIAL;
                case "linear" -> KernelKind.LINEAR;
                default -> KernelKind.SIGMOID;
              },
              o.get("c").asDouble(),
              o.path("gamma").asDouble(0),
              o.get("degree").asInt(),
              o.get("coef0").asDouble(),
              1e-8,
              weighting);
      case "centroid" -> new ClassifierSpec.Centroid();
      case "neighbours" ->
          new ClassifierSpec.Neighbours(
              o.get("k").asInt(), o.get("cosine").asBoolean(), o.get("distance").asBoolean());
      case "calibration" ->
          new ClassifierSpec.Calibration(
              new ClassifierSpec.Logistic(1, true, 1e-10, 10000, Weighting.NONE),
              o.get("method").asString().equals("sigmoid")
                  ? CalibrationMethod.PLATT
                  : CalibrationMethod.ISOTONIC,
              o.get("folds").asInt());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double tolerance(String name) {
    return switch (name) {
      case "multinomial", "bernoulli", "complement", "neighbours" -> 1e-9;
      default -> 1e-5;
    };
  }

  @TestFactory
  Stream<DynamicTest> agreesOnEveryOption() {
    return CASES
        .get("cases")
        .valueStream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "%s %s two=%s"
                        .formatted(c.get("name").asString(), c.get("options"), c.get("two")),
                    () -> assertAgrees(c)));
  }

  private static void assertAgrees(JsonNode c) {
    String name = c.get("name").asString();
    boolean counts = c.get("counts").asBoolean();
    Classifier classifier = fit(spec(name, c.get("options")), counts, c.get("two").asBoolean());
    SparseMatrix rows = test(counts);
    for (int row = 0; row < rows.rows(); row++) {
      JsonNode expected = c.get("expected").get(row);
      switch (c.get("output").asString()) {
        case "predict" -> assertThat(classifier.predict(rows, row)).isEqualTo(expected.asInt());
        case "predict_proba" -> assertClose(classifier.probabilities(rows, row), expected, name);
        case "predict_log_proba" ->
            assertClose(
                Arrays.stream(classifier.probabilities(rows, row)).map(Math::log).toArray(),
                expected,
                name);
        default -> {
          double[] scores = classifier.scores(rows, row);
          if (expected.isNumber()) {
            assertThat(scores[1]).isCloseTo(expected.asDouble(), within(tolerance(name)));
          } else {
            assertClose(scores, expected, name);
          }
        }
      }
    }
  }

  private static void assertClose(double[] actual, JsonNode expected, String name) {
    assertThat(actual).hasSize(expected.size());
    for (int k = 0; k < actual.length; k++) {
      assertThat(actual[k]).isCloseTo(expected.get(k).asDouble(), within(tolerance(name)));
    }
  }

  /**
   * scikit-learn's CalibratedClassifierCV(ensemble=False, cv=3) over each classifier with TF-IDF of
   * words; the centroid's decision is minus the squared distance, of columns as they are.
   */
  @TestFactory
  Stream<DynamicTest> calibrationAgreesOverEveryClassifier() {
    return resource("calibrations.json")
        .get("cases")
        .valueStream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "%s %s two=%s"
                        .formatted(c.get("base").asString(), c.get("method"), c.get("two")),
                    () -> assertCalibrated(c)));
  }

  private static void assertCalibrated(JsonNode c) {
    ClassifierSpec base =
        switch (c.get("base").asString()) {
          case "multinomial" -> ClassifierSpec.MULTINOMIAL;
          case "bernoulli" -> ClassifierSpec.BERNOULLI;
          case "complement" -> ClassifierSpec.COMPLEMENT;
          case "centroid" -> new ClassifierSpec.Centroid();
          case "neighbours" -> new ClassifierSpec.Neighbours(3, true, true);
          case "svm" -> new ClassifierSpec.Svm(1, true, 1e-8, 100000, Weighting.NONE);
          default -> throw new IllegalArgumentException(c.get("base").asString());
        };
    CalibrationMethod method =
        c.get("method").asString().equals("sigmoid")
            ? CalibrationMethod.PLATT
            : CalibrationMethod.ISOTONIC;
    Classifier classifier =
        fit(new ClassifierSpec.Calibration(base, method, 3), false, c.get("two").asBoolean());
    SparseMatrix rows = test(false);
    for (int row = 0; row < rows.rows(); row++) {
      assertClose(classifier.probabilities(rows, row), c.get("expected").get(row), "calibration");
    }
  }

  /** Files of earlier versions have naive Bayes as SOFTMAX and the centroid as MARGIN. */
  @Test
  void calibrationGoesByTheLink() {
    SparseMatrix row = SparseMatrix.of(new double[][] {{2}});
    assertThat(evidence(LinearClassifier.Link.SOFTMAX, row)).containsExactly(2, 6);
    assertThat(evidence(LinearClassifier.Link.MARGIN, row)).containsExactly(2, 6);
    assertThat(evidence(LinearClassifier.Link.DISTANCE, row)).containsExactly(-4, 4);
    assertThat(evidence(LinearClassifier.Link.JOINT, row)[1])
        .isCloseTo(1 / (1 + Math.exp(-4)), within(1e-12));
  }

  private static double[] evidence(LinearClassifier.Link link, SparseMatrix row) {
    return new LinearClassifier(2, 1, link, false, new double[] {1, 3}, new double[2])
        .evidence(row, 0);
  }

  @Test
  void agreesWithTheReferenceAtDefaultOptions() {
    JsonNode expected = FEATURES.get("classifiers");
    assertReference(ClassifierSpec.MULTINOMIAL, true, expected.get("multinomial_nb"), 1e-9);
    assertReference(ClassifierSpec.BERNOULLI, false, expected.get("bernoulli_nb"), 1e-9);
    assertReference(ClassifierSpec.COMPLEMENT, true, expected.get("complement_nb"), 1e-9);
    assertReference(ClassifierSpec.LOGISTIC, false, expected.get("logistic_proba"), 1e-4);
    assertReference(ClassifierSpec.SVM, false, expected.get("linear_svc_decision"), 1e-3);
  }

  private static void assertReference(
      ClassifierSpec spec, boolean counts, JsonNode expected, double tolerance) {
    Classifier classifier = fit(spec, counts, false);
    SparseMatrix rows = test(counts);
    for (int row = 0; row < expected.size(); row++) {
      double[] actual =
          switch (spec) {
            case ClassifierSpec.Svm svm -> classifier.scores(rows, row);
            case ClassifierSpec.Logistic lr -> classifier.probabilities(rows, row);
            default -> Arrays.stream(classifier.probabilities(rows, row)).map(Math::log).toArray();
          };
      for (int k = 0; k < actual.length; k++) {
        assertThat(actual[k]).isCloseTo(expected.get(row).get(k).asDouble(), within(tolerance));
      }
    }
  }

  @Test
  void theLeastAlphaIsNotLostBesideLargeCounts() {
    int documents = 300; // of each class: the first have the first term, the others the second
    double[][] values = new double[2 * documents][2];
    int[] labels = new int[2 * documents];
    for (int row = 0; row < values.length; row++) {
      labels[row] = row / documents;
      values[row][labels[row]] = 1;
    }
    SparseMatrix rows = SparseMatrix.of(values);
    double alpha = 1e-10;

    double[] scores =
        new ClassifierSpec.Bernoulli(0, true, Weighting.NONE).fit(rows, labels, 2).scores(rows, 0);

    double never = Math.log(alpha) - Math.log(documents + 2 * alpha);
    assertThat(scores[0]).isCloseTo(Math.log(0.5), within(1e-9));
    assertThat(scores[1]).isCloseTo(Math.log(0.5) + 2 * never, within(1e-9));
  }

  /**
   * More columns than are worked on at a time, for numbers of classes that divide no power of 2.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 1500})
  void naiveBayesIsItsFormulasForAnyNumberOfColumnsAndClasses(int classes) {
    int columns = classes > 1000 ? 30 : 9_001;
    Random random = new Random(3);
    int[] labels = IntStream.range(0, 2 * classes).map(row -> row % classes).toArray();
    double[][] values = new double[labels.length][columns];
    for (double[] row : values) {
      Arrays.setAll(row, i -> random.nextInt(4) == 0 ? random.nextInt(1, 5) : 0);
    }
    SparseMatrix rows = SparseMatrix.of(values);
    double[][] sums = new double[classes][columns];
    double[][] present = new double[classes][columns];
    for (int row = 0; row < labels.length; row++) {
      for (int i = 0; i < columns; i++) {
        sums[labels[row]][i] += values[row][i];
        present[labels[row]][i] += Math.signum(values[row][i]);
      }
    }
    double[] column = new double[columns];
    Arrays.setAll(column, i -> Arrays.stream(sums).mapToDouble(sum -> sum[i]).sum());
    double everything = Arrays.stream(column).sum();

    double[] multinomial = ClassifierSpec.MULTINOMIAL.fit(rows, labels, classes).scores(rows, 0);
    double[] bernoulli = ClassifierSpec.BERNOULLI.fit(rows, labels, classes).scores(rows, 0);
    double[] complement = ClassifierSpec.COMPLEMENT.fit(rows, labels, classes).scores(rows, 0);

    for (int k = 0; k < classes; k++) {
      double own = Arrays.stream(sums[k]).sum();
      double wantedMultinomial = -Math.log(classes);
      double wantedBernoulli = -Math.log(classes);
      double wantedComplement = 0;
      for (int i = 0; i < columns; i++) {
        double x = values[0][i];
        wantedMultinomial += x * Math.log((sums[k][i] + 1) / (own + columns));
        double share = (present[k][i] + 1) / (2 + 2);
        wantedBernoulli += Math.log(x > 0 ? share : 1 - share);
        wantedComplement -=
            x * Math.log((column[i] - sums[k][i] + 1) / (everything - own + columns));
      }
      assertThat(multinomial[k]).isCloseTo(wantedMultinomial, withinPercentage(1e-7));
      assertThat(bernoulli[k]).isCloseTo(wantedBernoulli, withinPercentage(1e-7));
      assertThat(complement[k]).isCloseTo(wantedComplement, withinPercentage(1e-7));
    }
  }

  /** In a few texts of one class and in very many of the other, weighted and not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bernoulliIsItsFormulaForRareAndFrequentColumns(boolean balanced) {
    Weighting weighting = balanced ? Weighting.BALANCED : Weighting.NONE;
    int[] sizes = {1000, 200};
    int[] with = {900, 63};
    double[][] values = new double[sizes[0] + sizes[1]][1];
    int[] labels = new int[values.length];
    for (int row = 0; row < values.length; row++) {
      labels[row] = row < sizes[0] ? 0 : 1;
      values[row][0] = (row < sizes[0] ? row < with[0] : row - sizes[0] < with[1]) ? 1 : 0;
    }
    SparseMatrix rows = SparseMatrix.of(values);

    double[] scores =
        new ClassifierSpec.Bernoulli(0.5, false, weighting).fit(rows, labels, 2).scores(rows, 0);

    for (int k = 0; k < 2; k++) {
      double each = balanced ? 1200 / (2.0 * sizes[k]) : 1;
      double share = (each * with[k] + 0.5) / (each * sizes[k] + 1);
      assertThat(scores[k]).isCloseTo(Math.log(0.5) + Math.log(share), within(1e-12));
    }
  }

  @Test
  void foldsAreThoseOfScikitLearn() {
    List<int[]> folds = Folds.stratified(LABELS, 3, 4);
    for (int f = 0; f < 4; f++) {
      assertThat(folds.get(f)).containsExactly(ints(CASES.get("folds").get(f)));
    }
  }

  @Test
  void oneClassIsRefused() {
    SparseMatrix rows = SparseMatrix.of(new double[][] {{1, 0}, {0, 1}});
    for (ClassifierSpec spec :
        List.of(ClassifierSpec.LOGISTIC, ClassifierSpec.SVM, ClassifierSpec.MULTINOMIAL)) {
      assertThatThrownBy(() -> spec.fit(rows, new int[] {1, 1}, 2))
          .isInstanceOf(ClassifierException.class)
          .hasMessageContaining("two classes");
    }
    assertThatThrownBy(() -> ClassifierSpec.SVM.fit(rows, new int[] {1}, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ClassifierSpec.Neighbours(5, false, false).fit(rows, new int[] {0, 1}, 2))
        .isInstanceOf(ClassifierException.class);
    assertThatThrownBy(() -> Folds.stratified(new int[] {0, 1}, 2, 3))
        .isInstanceOf(ClassifierException.class);
  }

  @Test
  void negativeValuesAreRefusedByNaiveBayes() {
    SparseMatrix rows = SparseMatrix.of(new double[][] {{1, 0}, {0, -1}});
    assertThatThrownBy(() -> ClassifierSpec.MULTINOMIAL.fit(rows, new int[] {0, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not negative");
  }

  @Test
  void isotonicNeverFallsAndPlattRises() {
    double[] x = {1, 2, 3, 4, 5, 6};
    Isotonic isotonic = Isotonic.fit(x, new double[] {0, 1, 0, 1, 0, 1});
    assertThat(isotonic.at(-9)).isZero();
    assertThat(isotonic.at(2.5)).isEqualTo(0.5);
    assertThat(isotonic.at(9)).isEqualTo(1);
    Platt platt = Platt.fit(x, new boolean[] {false, false, true, false, true, true});
    assertThat(platt.at(6)).isGreaterThan(platt.at(1)).isLessThan(1);
  }

  @Test
  void aKernelMachineGoesByVotesAndThenByTheOrderOfClasses() {
    SparseMatrix rows = SparseMatrix.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    Classifier classifier = ClassifierSpec.RBF.fit(rows, new int[] {0, 1, 2}, 3);
    assertThat(classifier.predict(rows)).containsExactly(0, 1, 2);
    assertThat(classifier.answer(new double[] {0.9, 1.3, 1.2})).isEqualTo(0);
    assertThat(classifier.answer(new double[] {0.3, 0.7, 2.1})).isEqualTo(2);
  }
}

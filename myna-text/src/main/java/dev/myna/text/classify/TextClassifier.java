package dev.myna.text.classify;

import dev.myna.text.CodePoints;
import dev.myna.text.features.SparseMatrix;
import dev.myna.text.features.Vectorizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A fitted classifier of texts: the vectorizer, the classifier and the names of the classes.
 * Unchangeable, safe for threads.
 *
 * @param spec what it was fitted by
 * @param labels names of the classes, in the order of their code points
 */
public record TextClassifier(
    TrainSpec spec, List<String> labels, Vectorizer vectorizer, Classifier classifier) {

  public TextClassifier {
    labels = List.copyOf(labels);
    if (labels.size() != classifier.classes() || vectorizer.columns() != classifier.columns()) {
      throw new IllegalArgumentException(
          "%d labels and %d columns were given for a classifier of %d and %d."
              .formatted(
                  labels.size(), vectorizer.columns(), classifier.classes(), classifier.columns()));
    }
  }

  /**
   * An answer.
   *
   * @param label the most likely class
   * @param scores a number per class in the order of the labels: probabilities where the classifier
   *     gives them, else its scores
   */
  public record Prediction(String label, List<Double> scores) {}

  /** Fits on examples. */
  public static TextClassifier train(TrainSpec spec, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new ClassifierException("A classifier learns from examples, but there are none.");
    }
    List<String> labels =
        examples.stream().map(Example::label).distinct().sorted(CodePoints.ORDER).toList();
    Vectorizer.Fitted fitted =
        Vectorizer.fitTransform(spec.features(), examples.stream().map(Example::text).toList());
    int[] classes = classes(labels, examples);
    Classifier classifier = spec.classifier().fit(fitted.matrix(), classes, labels.size());
    return new TextClassifier(spec, labels, fitted.vectorizer(), classifier);
  }

  /** The numbers of the examples' labels; -1 for a label that is not among them. */
  static int[] classes(List<String> labels, List<Example> examples) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (String label : labels) {
      numbers.put(label, numbers.size());
    }
    return examples.stream().mapToInt(e -> numbers.getOrDefault(e.label(), -1)).toArray();
  }

  /** The label of the text. */
  public Prediction predict(String text) {
    return predict(vectorizer.transform(List.of(text)), 0);
  }

  /** The labels of the texts. */
  public List<Prediction> predict(List<String> texts) {
    SparseMatrix rows = vectorizer.transform(texts);
    List<Prediction> predictions = new ArrayList<>(texts.size());
    for (int row = 0; row < rows.rows(); row++) {
      predictions.add(predict(rows, row));
    }
    return predictions;
  }

  private Prediction predict(SparseMatrix rows, int row) {
    double[] scores =
        classifier.givesProbabilities()
            ? classifier.probabilities(rows, row)
            : classifier.scores(rows, row);
    return new Prediction(
        labels.get(classifier.answer(scores)), Arrays.stream(scores).boxed().toList());
  }

  /**
   * The share of the examples whose label is found, in [0, 1].
   *
   * @throws ClassifierException naming an example whose label was not learned
   */
  public double accuracy(List<Example> examples) {
    List<String> predicted = labelsOf(examples);
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      if (predicted.get(i).equals(examples.get(i).label())) {
        right++;
      }
    }
    return (double) right / examples.size();
  }

  /**
   * The labels found for the examples.
   *
   * @throws ClassifierException when there are none, or naming one whose label was not learned
   */
  public List<String> labelsOf(List<Example> examples) {
    if (examples.isEmpty()) {
      throw new ClassifierException("A classifier is judged by examples, but there are none.");
    }
    int[] classes = classes(labels, examples);
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0) {
        throw new ClassifierException(
            "The classifier knows the labels %s, but example %d has the label \"%s\"."
                .formatted(
                    labels.size() > 20 ? labels.subList(0, 20) + " …" : labels,
                    i + 1,
                    examples.get(i).label()));
      }
    }
    SparseMatrix rows = vectorizer.transform(examples.stream().map(Example::text).toList());
    return Arrays.stream(classifier.predict(rows)).mapToObj(labels::get).toList();
  }

  /** A term and how much it speaks for a class. */
  public record Telling(String term, double weight) {}

  /**
   * The terms that speak most for each class, the strongest first: those whose weight is furthest
   * above the mean weight for the other classes. For naive Bayes the difference counts by how
   * frequent the term is in the class, so that rare terms do not fill the list.
   *
   * @return by label, in their order; empty when the classifier is not linear
   */
  public Map<String, List<Telling>> telling(int count) {
    Classifier base = classifier instanceof Calibrated calibrated ? calibrated.base() : classifier;
    Map<String, List<Telling>> result = new LinkedHashMap<>();
    if (base instanceof LinearClassifier linear) {
      for (int k = 0; k < labels.size(); k++) {
        result.put(labels.get(k), telling(linear, k, count));
      }
    }
    return result;
  }

  private List<Telling> telling(LinearClassifier linear, int type, int count) {
    boolean frequencies = spec.classifier() instanceof ClassifierSpec.Multinomial;
    List<Telling> terms = new ArrayList<>();
    double[] strength = new double[linear.columns()];
    for (int column = 0; column < strength.length; column++) {
      double others = 0;
      for (int k = 0; k < labels.size(); k++) {
        others += k == type ? 0 : linear.weight(k, column);
      }
      double weight = linear.weight(type, column);
      strength[column] = weight - others / (labels.size() - 1);
      if (frequencies) {
        strength[column] *= Math.exp(weight);
      }
    }
    IntStream.range(0, strength.length)
        .filter(column -> strength[column] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer column) -> -strength[column]))
        .limit(count)
        .forEach(column -> terms.add(new Telling(vectorizer.name(column), strength[column])));
    return terms;
  }

  /**
   * Writes the classifier, replacing what is there in one step: a safetensors file whose metadata
   * holds the spec and the labels.
   */
  public void save(Path file) {
    ClassifierFile.write(this, file);
  }

  /**
   * Reads a classifier.
   *
   * @throws ClassifierException when the file is not one, or is cut short
   */
  public static TextClassifier load(Path file) {
    return ClassifierFile.read(file);
  }
}

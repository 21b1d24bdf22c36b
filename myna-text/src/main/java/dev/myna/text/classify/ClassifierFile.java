package dev.myna.text.classify;

import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.classify.LinearClassifier.Link;
import dev.myna.text.features.SparseMatrix;
import dev.myna.text.features.Vectorizer;
import dev.myna.text.features.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Classifiers in files. */
final class ClassifierFile {
  private static final String FORMAT = "myna-classifier-1";

  private ClassifierFile() {}

  static void write(TextClassifier classifier, Path file) {
    JsonMapper mapper = JsonMapper.shared();
    Map<String, String> texts = new TreeMap<>();
    Map<String, Object> arrays = new LinkedHashMap<>();
    texts.put("format", FORMAT);
    texts.put("spec", mapper.writeValueAsString(classifier.spec()));
    texts.put("labels", mapper.writeValueAsString(classifier.labels()));
    Vectorizer vectorizer = classifier.vectorizer();
    if (vectorizer.spec().hashed() == 0) {
      terms(vectorizer.vocabulary(), arrays);
    }
    arrays.put("idf", vectorizer.idf());
    parts(classifier.classifier(), texts, arrays);
    new TensorFile(texts, arrays).write(file);
  }

  private static void terms(Vocabulary vocabulary, Map<String, Object> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] lengths = new int[vocabulary.size()];
    for (int i = 0; i < lengths.length; i++) {
      byte[] term = vocabulary.term(i).getBytes(StandardCharsets.UTF_8);
      lengths[i] = term.length;
      bytes.writeBytes(term);
    }
    arrays.put("terms.lengths", lengths);
    arrays.put("terms", bytes.toByteArray());
  }

  private static void parts(
      Classifier classifier, Map<String, String> texts, Map<String, Object> arrays) {
    switch (classifier) {
      case LinearClassifier linear -> {
        texts.put("kind", "linear");
        texts.put("link", linear.link().name());
        texts.put("binary", Boolean.toString(linear.binary()));
        arrays.put("weights", linear.weights());
        arrays.put("intercepts", linear.intercepts());
      }
      case KernelSvm svm -> {
        texts.put("kind", "kernel");
        texts.put("gamma", Double.toString(svm.gamma()));
        arrays.put("order", svm.order());
        arrays.put("per_class", svm.perClass());
        arrays.put("coefficients", svm.coefficients());
        arrays.put("offsets", svm.offsets());
        matrix("vectors", svm.vectors(), arrays);
      }
      case NearestNeighbours neighbours -> {
        texts.put("kind", "neighbours");
        arrays.put("labels", neighbours.labels());
        matrix("examples", neighbours.examples(), arrays);
      }
      case Calibrated calibrated -> {
        parts(calibrated.base(), texts, arrays);
        texts.put("calibration", calibrated.method().name());
        for (int i = 0; i < calibrated.curves().size(); i++) {
          arrays.put("curve." + i, calibrated.curves().get(i));
        }
      }
    }
  }

  private static void matrix(String name, SparseMatrix matrix, Map<String, Object> arrays) {
    arrays.put(name + ".starts", matrix.starts());
    arrays.put(name + ".indices", matrix.indices());
    arrays.put(name + ".values", matrix.values());
  }

  static TextClassifier read(Path file) {
    TensorFile tensors = TensorFile.read(file);
    String format = tensors.texts().getOrDefault("format", "");
    if (!format.equals(FORMAT)) {
      throw TensorFile.bad(file, "is not of the format " + FORMAT, null);
    }
    try {
      JsonMapper mapper = JsonMapper.shared();
      TrainSpec spec = mapper.readValue(tensors.text(file, "spec"), TrainSpec.class);
      List<String> labels =
          mapper.readValue(tensors.text(file, "labels"), new TypeReference<List<String>>() {});
      boolean hashed = spec.features().hashed() > 0;
      Vectorizer vectorizer =
          Vectorizer.of(
              spec.features(), hashed ? null : terms(tensors, file), tensors.doubles(file, "idf"));
      ClassifierSpec base =
          spec.classifier() instanceof ClassifierSpec.Calibration c ? c.base() : spec.classifier();
      Classifier classifier = classifier(tensors, file, base, labels.size(), vectorizer.columns());
      if (tensors.texts().containsKey("calibration")) {
        List<double[]> curves = new ArrayList<>();
        for (int i = 0; tensors.arrays().containsKey("curve." + i); i++) {
          curves.add(tensors.doubles(file, "curve." + i));
        }
        classifier =
            new Calibrated(
                classifier, CalibrationMethod.valueOf(tensors.text(file, "calibration")), curves);
      }
      return new TextClassifier(spec, labels, vectorizer, classifier);
    } catch (JacksonException | IllegalArgumentException e) {
      throw TensorFile.bad(file, "has parts that do not fit: " + e.getMessage(), e);
    }
  }

  private static Vocabulary terms(TensorFile tensors, Path file) {
    int[] lengths = tensors.ints(file, "terms.lengths");
    byte[] bytes = tensors.bytes(file, "terms");
    List<String> terms = new ArrayList<>(lengths.length);
    int at = 0;
    for (int length : lengths) {
      if (length < 0 || length > bytes.length - at) {
        throw TensorFile.bad(file, "has terms that are longer than their letters", null);
      }
      terms.add(new String(bytes, at, length, StandardCharsets.UTF_8));
      at += length;
    }
    return Vocabulary.of(terms);
  }

  private static Classifier classifier(
      TensorFile tensors, Path file, ClassifierSpec spec, int classes, int columns) {
    String kind = tensors.text(file, "kind");
    if (kind.equals("linear")) {
      return new LinearClassifier(
          classes,
          columns,
          Link.valueOf(tensors.text(file, "link")),
          Boolean.parseBoolean(tensors.text(file, "binary")),
          tensors.doubles(file, "weights"),
          tensors.doubles(file, "intercepts"));
    }
    if (kind.equals("kernel") && spec instanceof ClassifierSpec.Kernel kernel) {
      return new KernelSvm(
          kernel,
          Double.parseDouble(tensors.text(file, "gamma")),
          classes,
          tensors.ints(file, "order"),
          matrix("vectors", tensors, file, columns),
          tensors.ints(file, "per_class"),
          tensors.doubles(file, "coefficients"),
          tensors.doubles(file, "offsets"));
    }
    if (kind.equals("neighbours") && spec instanceof ClassifierSpec.Neighbours neighbours) {
      return new NearestNeighbours(
          neighbours,
          matrix("examples", tensors, file, columns),
          tensors.ints(file, "labels"),
          classes);
    }
    throw TensorFile.bad(file, "holds a classifier of the unknown kind " + kind, null);
  }

  private static SparseMatrix matrix(String name, TensorFile tensors, Path file, int columns) {
    int[] starts = tensors.ints(file, name + ".starts");
    return new SparseMatrix(
        Math.max(0, starts.length - 1),
        columns,
        starts,
        tensors.ints(file, name + ".indices"),
        tensors.doubles(file, name + ".values"));
  }
}

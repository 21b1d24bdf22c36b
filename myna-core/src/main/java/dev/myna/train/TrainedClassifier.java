package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.task.Classifier;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A neural classifier that a folder holds, ready to label texts: one that a recipe trained, whose
 * texts become ids as they did in training, or one of Hugging Face's ({@code
 * …ForSequenceClassification}), whose tokenizer adds what begins and ends a text.
 */
public final class TrainedClassifier implements AutoCloseable {
  private final Classifier classifier;
  private final TextRows rows;

  private TrainedClassifier(Classifier classifier, TextRows rows) {
    this.classifier = classifier;
    this.rows = rows;
  }

  /**
   * Loads the best model of a run, or a Hugging Face folder.
   *
   * @throws MynaException if it holds no classifier
   */
  public static TrainedClassifier load(Path run, Device device) {
    Path folder = Checkpoints.model(run);
    Tokenizer tokenizer = Tokenizer.load(folder);
    Marks marks = new Marks(tokenizer);
    Classifier classifier = Classifier.load(folder, tokenizer, marks.padding());
    classifier.module().moveTo(device);
    classifier.module().training(false);
    boolean one = classifier.labels().size() == 1;
    return new TrainedClassifier(
        classifier,
        new TextRows(
            TextRows.reading(
                folder, marks, text -> classifier.ids(tokenizer, text), classifier.context()),
            texts -> {
              Tensor scores = classifier.scores(texts, device).to(DType.FLOAT32); // (B, L)
              return one ? scores : scores.softmax(-1);
            }));
  }

  /** Names of the classes. */
  public List<String> labels() {
    return classifier.labels();
  }

  /** Whether it says a number and no class: then it has one label, and that is its score. */
  public boolean saysNumbers() {
    return labels().size() == 1;
  }

  /**
   * Probabilities of the classes, for each text; the number itself of a model that says numbers.
   *
   * @return as many rows as texts, each of as many elements as labels
   */
  public List<double[]> probabilities(List<String> texts, Progress progress) {
    return rows.of(texts, "labelling texts", progress).stream()
        .map(row -> IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray())
        .toList();
  }

  @Override
  public void close() {
    classifier.module().free();
  }
}

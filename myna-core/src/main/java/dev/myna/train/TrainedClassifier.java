package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.model.SequenceModel;
import dev.myna.task.Classifier;
import dev.myna.task.Padded;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A neural classifier that a folder holds, ready to label texts: one that a recipe trained, whose
 * texts become ids as they did in training, or one of Hugging Face's ({@code
 * …ForSequenceClassification}), whose tokenizer adds what begins and ends a text.
 */
public final class TrainedClassifier implements AutoCloseable {
  private static final int ROWS = 32;

  private final Classifier classifier;
  private final List<String> labels;
  private final Function<String, int[]> reading;
  private final Device device;

  private TrainedClassifier(
      Classifier classifier, List<String> labels, Function<String, int[]> reading, Device device) {
    this.classifier = classifier;
    this.labels = labels;
    this.reading = reading;
    this.device = device;
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
    Function<String, int[]> reading =
        Checkpoints.recipe(folder)
            .<Function<String, int[]>>map(
                recipe -> text -> ClassificationJob.ids(classifier, marks, recipe.model(), text))
            .orElseGet(() -> text -> marks.asSaved(text, context(classifier)));
    classifier.module().moveTo(device);
    classifier.module().training(false);
    return new TrainedClassifier(classifier, labels(classifier), reading, device);
  }

  private static int context(Classifier classifier) {
    return classifier instanceof Classifier.OfTransformer(var pretrained, int _)
        ? pretrained.model().spec().context()
        : Integer.MAX_VALUE;
  }

  private static List<String> labels(Classifier classifier) {
    return switch (classifier) {
      case Classifier.OfTransformer(Pretrained pretrained, int _) -> pretrained.labels();
      case Classifier.OfSequence(SequenceModel stored) -> stored.labels();
      case Classifier.OfElmo(SequenceModel stored, var _) -> stored.labels();
    };
  }

  /** Names of the classes. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Probabilities of the classes, for each text.
   *
   * @return as many rows as texts, each of as many elements as labels
   */
  public List<double[]> probabilities(List<String> texts, Progress progress) {
    List<int[]> ids = texts.stream().map(reading).toList();
    List<Integer> order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> ids.get(i).length))
            .toList();
    List<double[]> found = new ArrayList<>(Collections.nCopies(ids.size(), new double[0]));
    for (int from = 0; from < order.size(); from += ROWS) {
      List<Integer> rows = order.subList(from, Math.min(from + ROWS, order.size()));
      try (Scope scope = Scope.open();
          Gradients off = Gradients.off()) {
        Padded padded = new Padded(rows.stream().map(ids::get).toList());
        Tensor scores = classifier.scores(padded, device).to(DType.FLOAT32); // (B, L)
        float[] shares = scores.softmax(-1).to(Device.CPU).toFloats();
        for (int row = 0; row < rows.size(); row++) {
          int at = row * labels.size();
          found.set(
              rows.get(row),
              IntStream.range(0, labels.size()).mapToDouble(k -> shares[at + k]).toArray());
        }
      }
      progress.at("labelling texts", from + rows.size(), order.size());
    }
    return found;
  }

  @Override
  public void close() {
    classifier.module().free();
  }
}

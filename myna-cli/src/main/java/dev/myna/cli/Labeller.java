package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.tensor.Device;
import dev.myna.text.CodePoints;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.TextClassifier;
import dev.myna.text.vectors.FastTextConfig;
import dev.myna.text.vectors.LabelledText;
import dev.myna.text.vectors.Prediction;
import dev.myna.text.vectors.TrainingSettings;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.train.TrainedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Whatever gives texts their labels: a classifier of features, a fastText model, a network. */
sealed interface Labeller {
  /** The labels that it knows, in the order of a prediction's scores. */
  List<String> labels();

  TextClassifier.Prediction predict(String text);

  /** The same of many texts. */
  default List<TextClassifier.Prediction> predict(List<String> texts, Progress progress) {
    return texts.stream().map(this::predict).toList();
  }

  /** Reads any kind, told apart by the contents; a network lies in a folder. */
  static Labeller load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return new OfNetwork(TrainedClassifier.load(file, Device.of("auto")));
    }
    return WordVectorFile.isFastText(file)
        ? new OfWords(LabelledText.load(file))
        : new OfFeatures(TextClassifier.load(file));
  }

  /** The labels found for the examples, whose own labels must be known. */
  default List<String> labelsOf(List<Example> examples) {
    requireKnown(labels(), examples);
    List<String> texts = examples.stream().map(Example::text).toList();
    return predict(texts, Progress.NONE).stream().map(TextClassifier.Prediction::label).toList();
  }

  static void requireKnown(List<String> labels, List<Example> examples) {
    if (examples.isEmpty()) {
      throw new MynaException("examples to judge by were wanted, and there are none");
    }
    for (int i = 0; i < examples.size(); i++) {
      if (!labels.contains(examples.get(i).label())) {
        throw new MynaException(
            "labels among the learned %s were wanted, and example %,d has \"%s\"; give both files the same labels"
                .formatted(labels, i + 1, examples.get(i).label()));
      }
    }
  }

  /** The share of the examples whose label is found. */
  default double accuracy(List<Example> examples) {
    List<String> found = labelsOf(examples);
    long right = 0;
    for (int i = 0; i < found.size(); i++) {
      right += found.get(i).equals(examples.get(i).label()) ? 1 : 0;
    }
    return (double) right / found.size();
  }

  /** One that learned a moment ago and lies in no file yet. */
  sealed interface Learned extends Labeller {
    void save(Path file) throws IOException;
  }

  /** A network that a recipe trained, or one of Hugging Face's. */
  record OfNetwork(TrainedClassifier classifier) implements Labeller {
    @Override
    public List<String> labels() {
      return classifier.labels();
    }

    @Override
    public TextClassifier.Prediction predict(String text) {
      return predict(List.of(text), Progress.NONE).getFirst();
    }

    @Override
    public List<TextClassifier.Prediction> predict(List<String> texts, Progress progress) {
      return classifier.probabilities(texts, progress).stream()
          .map(
              shares -> {
                List<Double> scores = Arrays.stream(shares).boxed().toList();
                if (classifier.saysNumbers()) {
                  return new TextClassifier.Prediction(scores.getFirst().toString(), scores);
                }
                int best = scores.indexOf(Collections.max(scores));
                return new TextClassifier.Prediction(labels().get(best), scores);
              })
          .toList();
    }
  }

  /** A classifier of features. */
  record OfFeatures(TextClassifier classifier) implements Learned {
    @Override
    public List<String> labels() {
      return classifier.labels();
    }

    @Override
    public TextClassifier.Prediction predict(String text) {
      return classifier.predict(text);
    }

    @Override
    public List<String> labelsOf(List<Example> examples) {
      return classifier.labelsOf(examples);
    }

    @Override
    public void save(Path file) {
      classifier.save(file);
    }
  }

  /** A fastText model: trained here, of words in lower case and of pairs of them. */
  record OfWords(LabelledText model) implements Learned {
    /** Settings for some thousands of texts: fastText's own are for millions. */
    static OfWords train(List<Example> examples, Progress progress) throws IOException {
      if (examples.stream().map(Example::label).distinct().count() < 2) {
        throw new MynaException(
            "texts of two classes and more were wanted, and %,d examples have no more than one class; add some of another"
                .formatted(examples.size()));
      }
      FastTextConfig config =
          FastTextConfig.supervised()
              .withDimension(50)
              .withNGrams(new FastTextConfig.NGrams(0, 0, 2, 200_000))
              .withTraining(TrainingSettings.of(25, 0.5));
      List<String> texts = examples.stream().map(Example::text).toList();
      List<String> labels = examples.stream().map(Example::label).toList();
      return new OfWords(LabelledText.trainOnPlainWords(texts, labels, config, progress));
    }

    @Override
    public List<String> labels() {
      return model.labels().stream().sorted(CodePoints.ORDER).toList();
    }

    @Override
    public TextClassifier.Prediction predict(String text) {
      List<String> labels = labels();
      List<Prediction> found = model.predict(text, labels.size());
      Double[] scores = new Double[labels.size()];
      Arrays.fill(scores, 0.0);
      for (Prediction prediction : found) {
        scores[labels.indexOf(prediction.label())] = (double) prediction.probability();
      }
      String best = found.isEmpty() ? model.labels().getFirst() : LabelledText.answer(found);
      return new TextClassifier.Prediction(best, List.of(scores));
    }

    @Override
    public void save(Path file) throws IOException {
      model.save(file);
    }
  }
}

package dev.myna.text.classify;

import dev.myna.Progress;
import dev.myna.text.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges specs by examples that they were not fitted on, and chooses among them. */
public final class Validation {
  private Validation() {}

  /**
   * What cross-validation found.
   *
   * @param folds accuracy on each fold, in [0, 1]
   * @param training mean accuracy on the examples fitted on
   */
  public record Scores(List<Double> folds, double training) {
    /** Mean accuracy on the folds. */
    public double mean() {
      return folds.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Standard deviation of the accuracy between the folds. */
    public double deviation() {
      double mean = mean();
      return Math.sqrt(
          folds.stream().mapToDouble(f -> (f - mean) * (f - mean)).average().orElse(0));
    }
  }

  /** Fits on all folds but one, features included, and judges by that one, for each fold. */
  public static Scores crossValidate(
      TrainSpec spec, List<Example> examples, int folds, Progress progress) {
    List<String> labels =
        examples.stream().map(Example::label).distinct().sorted(CodePoints.ORDER).toList();
    int[] classes = TextClassifier.classes(labels, examples);
    List<Double> accuracies = new ArrayList<>();
    double training = 0;
    List<int[]> divided = Folds.stratified(classes, labels.size(), folds);
    for (int[] fold : divided) {
      List<Example> train = select(examples, Folds.others(classes.length, fold));
      List<Example> test = select(examples, fold);
      TextClassifier classifier = TextClassifier.train(spec, train);
      accuracies.add(share(classifier, test));
      training += share(classifier, train);
      progress.at("folds", accuracies.size(), divided.size());
    }
    return new Scores(accuracies, training / divided.size());
  }

  /** Accuracy where a label that the fold did not have counts as wrong. */
  private static double share(TextClassifier classifier, List<Example> examples) {
    int[] classes = TextClassifier.classes(classifier.labels(), examples);
    int[] predicted =
        classifier
            .classifier()
            .predict(
                classifier.vectorizer().transform(examples.stream().map(Example::text).toList()));
    return (double)
            IntStream.range(0, classes.length).filter(i -> classes[i] == predicted[i]).count()
        / classes.length;
  }

  private static List<Example> select(List<Example> examples, int[] numbers) {
    return Arrays.stream(numbers).mapToObj(examples::get).toList();
  }

  /** A spec and its scores. */
  public record Choice(TrainSpec spec, Scores scores) {}

  /** Judges every spec by cross-validation: the best first, of equals the earlier. */
  public static List<Choice> gridSearch(
      List<TrainSpec> specs, List<Example> examples, int folds, Progress progress) {
    List<Choice> choices = new ArrayList<>();
    for (TrainSpec spec : specs) {
      choices.add(new Choice(spec, crossValidate(spec, examples, folds, Progress.NONE)));
      progress.at("settings", choices.size(), specs.size());
    }
    choices.sort(Comparator.comparingDouble(choice -> -choice.scores().mean()));
    return choices;
  }

  /** Accuracy on the examples fitted on and on others, for a number of examples fitted on. */
  public record CurvePoint(int examples, double training, double validation) {}

  /** How accuracy grows with the examples: fits on growing parts of them in random order. */
  public static List<CurvePoint> learningCurve(
      TrainSpec spec,
      List<Example> examples,
      List<Example> validation,
      int points,
      long seed,
      Progress progress) {
    int[] order = Folds.shuffled(examples.size(), seed);
    List<CurvePoint> curve = new ArrayList<>();
    for (int p = 1; p <= points; p++) {
      int size = Math.max(2, (int) ((long) examples.size() * p / points));
      List<Example> part = select(examples, Arrays.copyOf(order, Math.min(size, order.length)));
      if (part.stream().map(Example::label).distinct().count() > 1) {
        TextClassifier classifier = TextClassifier.train(spec, part);
        curve.add(
            new CurvePoint(part.size(), share(classifier, part), share(classifier, validation)));
      }
      progress.at("parts", p, points);
    }
    return curve;
  }

  /**
   * A warning when a classifier knows its examples much better than others: by more than ten
   * points, and by more than chance would explain.
   *
   * @param training accuracy on the examples fitted on
   * @param validation accuracy on others
   * @param examples how many others
   */
  public static Optional<String> overfitting(double training, double validation, int examples) {
    double gap = training - validation;
    double error = Math.sqrt(Math.max(validation * (1 - validation), 1e-9) / examples);
    if (gap <= 0.1 || gap <= 3 * error) {
      return Optional.empty();
    }
    return Optional.of(
        "Overfitting: %.1f %% on the examples learned from, %.1f %% on others; regularise more (a smaller C, a larger alpha), leave out rare terms, or add examples."
            .formatted(100 * training, 100 * validation));
  }
}

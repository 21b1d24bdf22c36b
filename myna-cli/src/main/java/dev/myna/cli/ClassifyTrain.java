package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import dev.myna.text.classify.ClassifierSpec;
import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.TextClassifier;
import dev.myna.text.classify.TrainSpec;
import dev.myna.text.classify.Validation;
import dev.myna.text.classify.Weighting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a classifier of texts. */
@Command(
    name = "train",
    description = "Train a classifier of texts.",
    footer = {
      "  myna classify train train.tsv --dev dev.tsv --classifier svm --out model",
      "  myna classify train reviews.csv --folds 5 --grid 0.1,1,10"
    })
final class ClassifyTrain extends Work {
  @Parameters(
      paramLabel = "FILE",
      description = "Labelled texts: .tsv, .csv, .jsonl, fastText's, or label and text a line.")
  Path file = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels, a line each, when FILE has texts only.")
  @Nullable Path labels;

  @Option(names = "--dev", paramLabel = "FILE", description = "Labelled texts to be judged by.")
  @Nullable Path dev;

  @Option(names = "--dev-labels", paramLabel = "FILE", description = "The labels of those.")
  @Nullable Path devLabels;

  @Option(
      names = "--classifier",
      description = "What is trained: ${COMPLETION-CANDIDATES} (default: LOGISTIC).")
  ClassifierKind kind = ClassifierKind.LOGISTIC;

  @Option(names = "--c", description = "How little is regularised (default: ${DEFAULT-VALUE}).")
  double c = 1;

  @Option(names = "--alpha", description = "Smoothing of naive Bayes (default: ${DEFAULT-VALUE}).")
  double alpha = 1;

  @Option(names = "--k", description = "Number of neighbours (default: ${DEFAULT-VALUE}).")
  int k = 5;

  @Option(names = "--balanced", description = "Every class counts the same, however rare.")
  boolean balanced;

  @Option(
      names = "--calibrate",
      paramLabel = "METHOD",
      description = "Give probabilities by ${COMPLETION-CANDIDATES}.")
  @Nullable CalibrationMethod calibrate;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "Judge by cross-validation with N folds.")
  int folds;

  @Option(
      names = "--grid",
      paramLabel = "VALUE",
      split = ",",
      description =
          "Choose C, alpha or k, as the classifier has it, among these by cross-validation.")
  List<Double> grid = List.of();

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description = "Draw the learning curve on this page (needs --dev).")
  @Nullable Path curve;

  @Option(names = "--telling", paramLabel = "N", description = "Most telling terms a class shown.")
  int telling = 8;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the classifier is written.")
  @Nullable Path out;

  @Mixin ExampleOptions reading = new ExampleOptions();

  @Mixin FeatureOptions features = new FeatureOptions();

  @Spec @Nullable CommandSpec command;

  @Override
  int run(Output output, Figures figures) throws IOException {
    checkOptions();
    List<Example> examples = reading.read(file, labels);
    List<Example> others =
        dev == null
            ? List.of()
            : reading.read(
                dev, devLabels, examples.stream().map(Example::label).distinct().toList());
    if (kind == ClassifierKind.FASTTEXT) {
      return fastText(examples, others, output, figures);
    }
    TrainSpec spec = spec(c, alpha, k);
    if (!grid.isEmpty()) {
      spec = chosen(examples, output, figures);
    }
    if (folds > 0) {
      Validation.Scores scores = Validation.crossValidate(spec, examples, folds, output.progress());
      output.line(
          "cross-validation  %.2f %% ± %.2f (%d folds)",
          100 * scores.mean(), 100 * scores.deviation(), folds);
      figures.put("folds", scores.folds());
      figures.put("cross_validation_accuracy", scores.mean());
    }
    long start = System.nanoTime();
    TextClassifier classifier = TextClassifier.train(spec, examples);
    double seconds = (System.nanoTime() - start) / 1e9;
    int columns = classifier.vectorizer().columns();
    figures.put("features", columns);
    Labeller.Learned labeller = new Labeller.OfFeatures(classifier);
    report(labeller, "%,d features".formatted(columns), seconds, examples, output, figures);
    judge(labeller, examples, others, output, figures);
    if (curve != null) {
      draw(spec, examples, others, curve, output);
    }
    tell(classifier, output, figures);
    save(labeller, output);
    return Myna.DONE;
  }

  /** Refuses what would be dropped in silence. */
  private void checkOptions() {
    if (given("--folds") && folds < 2) {
      throw new MynaException(
          "--folds wants 2 parts or more, and got %d; leave it out or give 5".formatted(folds));
    }
    if (curve != null && dev == null) {
      throw new MynaException(
          "--curve draws how well texts of --dev are labelled, and there are none; give --dev");
    }
    if (devLabels != null && dev == null) {
      throw new MynaException(
          "--dev-labels are the labels of the texts of --dev, and there are none; give --dev");
    }
    for (String setting : List.of("--c", "--alpha", "--k", "--balanced")) {
      refuse(setting, !kind.settings().contains(setting));
    }
    refuse("--grid", kind.settings().isEmpty());
    if (kind == ClassifierKind.FASTTEXT) {
      List.of("--folds", "--calibrate", "--curve", "--telling").forEach(o -> refuse(o, true));
      ofFeatures().forEach(option -> refuse(option, true));
    }
  }

  private void refuse(String option, boolean unknown) {
    if (unknown && given(option)) {
      throw new MynaException(
          "%s is no option of the classifier %s; leave it out or choose another classifier"
              .formatted(option, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  private List<String> ofFeatures() {
    CommandSpec mixin = command == null ? null : command.mixins().get("features");
    return mixin == null
        ? List.of()
        : mixin.options().stream().map(option -> option.longestName()).toList();
  }

  private boolean given(String option) {
    return command != null && command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private int fastText(List<Example> examples, List<Example> others, Output output, Figures figures)
      throws IOException {
    long start = System.nanoTime();
    Labeller.OfWords labeller = Labeller.OfWords.train(examples, output.progress());
    double seconds = (System.nanoTime() - start) / 1e9;
    int words = labeller.model().model().words().size();
    figures.put("words", words);
    report(labeller, "%,d words".formatted(words), seconds, examples, output, figures);
    judge(labeller, examples, others, output, figures);
    save(labeller, output);
    return Myna.DONE;
  }

  private void report(
      Labeller.Learned labeller,
      String size,
      double seconds,
      List<Example> examples,
      Output output,
      Figures figures) {
    output.line(
        "%s: %d examples, %d classes, %s, %.2f s",
        kind.title(), examples.size(), labeller.labels().size(), size, seconds);
    figures.put("examples", examples.size());
    figures.put("classes", labeller.labels().size());
    figures.put("train_seconds", seconds);
  }

  private void save(Labeller.Learned labeller, Output output) throws IOException {
    if (out != null) {
      labeller.save(out);
      output.line("written to %s", out);
    }
  }

  private TrainSpec spec(double strength, double smoothing, int neighbours) {
    ClassifierSpec spec =
        kind.spec(strength, smoothing, neighbours, balanced ? Weighting.BALANCED : Weighting.NONE);
    return new TrainSpec(
        features.spec(), calibrate == null ? spec : ClassifierKind.calibrated(spec, calibrate));
  }

  private TrainSpec chosen(List<Example> examples, Output output, Figures figures) {
    Map<TrainSpec, Double> values = new LinkedHashMap<>();
    for (double value : grid) {
      values.put(spec(value, value, neighbours(value)), value);
    }
    List<Validation.Choice> choices =
        Validation.gridSearch(
            List.copyOf(values.keySet()), examples, folds == 0 ? 3 : folds, output.progress());
    List<Map<String, Double>> list = new ArrayList<>();
    for (Validation.Choice choice : choices) {
      double value = values.getOrDefault(choice.spec(), Double.NaN);
      output.line("grid %-8s     %.2f %%", value, 100 * choice.scores().mean());
      list.add(Map.of("value", value, "accuracy", choice.scores().mean()));
    }
    figures.put("grid", list);
    return choices.getFirst().spec();
  }

  /**
   * The number of neighbours that a value of the grid stands for, where these are what it varies.
   */
  private int neighbours(double value) {
    if (kind != ClassifierKind.NEIGHBOURS) {
      return k;
    }
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      throw new MynaException(
          "--grid wants whole numbers of neighbours, and got %s; give 1,3,5, for instance"
              .formatted(value));
    }
    return (int) value;
  }

  private static void judge(
      Labeller.Learned labeller,
      List<Example> examples,
      List<Example> others,
      Output output,
      Figures figures) {
    double training = labeller.accuracy(examples);
    output.line("training          %.2f %%", 100 * training);
    figures.put("training_accuracy", training);
    if (!others.isEmpty()) {
      double accuracy = labeller.accuracy(others);
      output.line("validation        %.2f %% of %d", 100 * accuracy, others.size());
      figures.put("validation_accuracy", accuracy);
      Validation.overfitting(training, accuracy, others.size()).ifPresent(output::note);
    }
  }

  private static void draw(
      TrainSpec spec, List<Example> examples, List<Example> others, Path page, Output output) {
    List<Validation.CurvePoint> points =
        Validation.learningCurve(spec, examples, others, 8, 1, output.progress());
    double[] x = points.stream().mapToDouble(Validation.CurvePoint::examples).toArray();
    new ChartPage("Learning curve")
        .chart(
            new Chart.Lines(
                "Accuracy by examples learned from",
                Chart.Axis.linear("examples"),
                Chart.Axis.linear("accuracy"),
                List.of(
                    Chart.Series.of(
                        "training",
                        x,
                        points.stream().mapToDouble(Validation.CurvePoint::training).toArray()),
                    Chart.Series.of(
                        "validation",
                        x,
                        points.stream().mapToDouble(Validation.CurvePoint::validation).toArray()))))
        .write(page);
    output.line("drawn on %s", page);
  }

  private void tell(TextClassifier classifier, Output output, Figures figures) {
    Map<String, List<TextClassifier.Telling>> terms = classifier.telling(telling);
    if (terms.isEmpty() || telling == 0) {
      return;
    }
    List<Map<String, Object>> list = new ArrayList<>();
    terms.entrySet().stream()
        .limit(20)
        .forEach(
            entry -> {
              List<String> words =
                  entry.getValue().stream().map(TextClassifier.Telling::term).toList();
              output.line(
                  "%-16s  %s",
                  entry.getKey(),
                  words.stream()
                      .map(word -> word.replace(' ', '␣'))
                      .collect(Collectors.joining("  ")));
              list.add(Map.of("label", entry.getKey(), "terms", words));
            });
    figures.put("telling", list);
  }
}

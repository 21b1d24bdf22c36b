package dev.myna.cli;

import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import dev.myna.text.metrics.Averaging;
import dev.myna.text.metrics.BinaryCurves;
import dev.myna.text.metrics.ClassScores;
import dev.myna.text.metrics.Classification;
import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.MultiLabel;
import dev.myna.text.metrics.Probabilities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accuracy and its kin. */
@Command(
    name = "classification",
    description = "Accuracy, precision, recall, F-score, MCC, kappa, areas under curves.",
    footer = "  myna score classification --predictions out.txt --targets gold.txt")
final class ScoreClassification extends Work {
  @Mixin ScoreItems files = new ScoreItems();

  @Option(
      names = "--beta",
      paramLabel = "X",
      order = 3,
      description = "How much recall weighs in the F-score (default: ${DEFAULT-VALUE}).")
  double beta = 1;

  @Option(
      names = "--multilabel",
      order = 4,
      description = "Any number of labels an example, separated by commas.")
  boolean multilabel;

  @Option(
      names = "--probabilities",
      paramLabel = "FILE",
      order = 5,
      description =
          "Probabilities, one example a line, one column a class in the order of the labels.")
  @Nullable Path probabilities;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      order = 6,
      description = "Scores of the positive class, one a line, for areas under curves.")
  @Nullable Path scores;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      order = 7,
      description =
          "All classes, in the order of the columns (default: those of both files, in order).")
  List<String> labels = List.of();

  @Option(
      names = "--positive",
      paramLabel = "LABEL",
      order = 8,
      description = "The positive class (default: the last of the labels).")
  @Nullable String positive;

  @Option(
      names = "--curves",
      paramLabel = "FILE",
      order = 9,
      description = "Draw ROC and precision against recall of the --scores on this page.")
  @Nullable Path page;

  @Option(
      names = "--bins",
      paramLabel = "N",
      order = 10,
      description = "Bins of the calibration error (default: ${DEFAULT-VALUE}).")
  int bins = 10;

  @Override
  int run(Output out, Figures figures) {
    if (!(beta > 0)) {
      throw new IllegalArgumentException("--beta must be above 0: " + beta);
    }
    ScoreItems.Lines lines = files.read();
    List<String> truth = lines.targets();
    List<String> predicted = lines.predictions();
    if (multilabel) {
      if (!labels.isEmpty()) {
        throw new MetricException(
            "--labels are the classes of one label an example, and --multilabel takes any number;"
                + " leave one of them out");
      }
      showMultiLabel(new MultiLabel(sets(truth), sets(predicted)), out, figures);
      return Myna.DONE;
    }
    requireKnown(truth, files.targets);
    requireKnown(predicted, files.predictions);
    Classification counted =
        labels.isEmpty()
            ? Classification.of(truth, predicted)
            : Classification.of(truth, predicted, labels);
    Map<String, Double> more = new LinkedHashMap<>();
    if (probabilities != null) {
      addProbabilities(counted.labels(), truth, probabilities, more);
    }
    if (scores != null) {
      addCurves(counted.labels(), truth, scores, more);
    }
    show(counted, out, figures);
    more.forEach(
        (name, value) -> {
          figures.put(name, value);
          out.line("%-17s  %.5f", name.replace('_', ' '), value);
        });
    return Myna.DONE;
  }

  private void requireKnown(List<String> found, Path file) {
    for (int i = 0; !labels.isEmpty() && i < found.size(); i++) {
      if (!labels.contains(found.get(i))) {
        throw new MetricException(
            "labels among those of --labels, %s, are wanted, found \"%s\" in line %,d of %s; name it too"
                .formatted(String.join(", ", labels), found.get(i), i + 1, file));
      }
    }
  }

  private void show(Classification counted, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Object> perClass = new LinkedHashMap<>();
    for (String label : counted.labels()) {
      ClassScores scores = counted.of(label, beta);
      rows.add(row(label, scores));
      perClass.put(label, map(scores));
    }
    figures.put("accuracy", counted.accuracy());
    figures.put("balanced_accuracy", counted.balancedAccuracy());
    figures.put("mcc", counted.matthews());
    figures.put("kappa", counted.kappa());
    figures.put("labels", counted.labels());
    figures.put(
        "confusion",
        Arrays.stream(counted.confusion())
            .map(line -> Arrays.stream(line).boxed().toList())
            .toList());
    figures.put("per_class", perClass);
    for (Averaging averaging : List.of(Averaging.MACRO, Averaging.MICRO, Averaging.WEIGHTED)) {
      String name = averaging.name().toLowerCase(Locale.ROOT);
      ClassScores average = counted.average(averaging, beta);
      rows.add(row(name, average));
      figures.put(name, map(average));
    }
    figures.put("examples", counted.examples());
    out.table(List.of("", "precision", "recall", "fscore", "specificity", "support"), rows);
    out.line("accuracy           %.5f", counted.accuracy());
    out.line("balanced accuracy  %.5f", counted.balancedAccuracy());
    out.line("MCC                %.5f", counted.matthews());
    out.line("kappa              %.5f", counted.kappa());
  }

  private void showMultiLabel(MultiLabel counted, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (Averaging averaging : Averaging.values()) {
      String name = averaging.name().toLowerCase(Locale.ROOT);
      ClassScores average = counted.average(averaging, beta);
      rows.add(row(name, average));
      figures.put(name, map(average));
    }
    figures.put("subset_accuracy", counted.subsetAccuracy());
    figures.put("hamming_loss", counted.hammingLoss());
    figures.put("labels", counted.labels());
    out.table(List.of("", "precision", "recall", "fscore", "specificity", "support"), rows);
    out.line("subset accuracy  %.5f", counted.subsetAccuracy());
    out.line("Hamming loss     %.5f", counted.hammingLoss());
  }

  private void addProbabilities(
      List<String> labels, List<String> truth, Path file, Map<String, Double> more) {
    double[][] rows = NumberFiles.probabilities(file, labels.size(), truth.size());
    int[] classes = truth.stream().mapToInt(labels::indexOf).toArray();
    more.put("log_loss", Probabilities.logLoss(classes, rows));
    double brier = Probabilities.brier(classes, rows);
    more.put("brier", labels.size() == 2 ? brier / 2 : brier); // that of the positive class alone
    more.put("calibration_error", Probabilities.calibrationError(classes, rows, bins));
  }

  private void addCurves(
      List<String> labels, List<String> truth, Path file, Map<String, Double> more) {
    String wanted = positive == null ? labels.getLast() : positive;
    if (!labels.contains(wanted)) {
      throw new MetricException(
          "--positive %s is none of the labels %s".formatted(wanted, String.join(", ", labels)));
    }
    boolean[] isPositive = new boolean[truth.size()];
    for (int i = 0; i < isPositive.length; i++) {
      isPositive[i] = truth.get(i).equals(wanted);
    }
    double[] column = NumberFiles.column(file, truth.size());
    BinaryCurves curves = new BinaryCurves(isPositive, column);
    more.put("roc_auc", curves.rocArea());
    more.put("average_precision", curves.averagePrecision());
    if (Arrays.stream(column).allMatch(p -> p >= 0 && p <= 1)) {
      double brier = Probabilities.brier(isPositive, column);
      more.putIfAbsent("brier", brier);
    }
    if (page != null) {
      draw(curves, wanted).write(page);
    }
  }

  private static ChartPage draw(BinaryCurves curves, String positive) {
    return new ChartPage("Curves of the class " + positive)
        .chart(
            curve(
                "Receiver operating characteristic",
                "false positive rate",
                "true positive rate",
                curves.roc()))
        .chart(curve("Precision against recall", "recall", "precision", curves.precisionRecall()));
  }

  private static Chart curve(String title, String x, String y, List<BinaryCurves.Point> points) {
    return new Chart.Lines(
        title,
        Chart.Axis.linear(x),
        Chart.Axis.linear(y),
        List.of(
            Chart.Series.of(
                y,
                points.stream().mapToDouble(BinaryCurves.Point::x).toArray(),
                points.stream().mapToDouble(BinaryCurves.Point::y).toArray())));
  }

  private static List<Set<String>> sets(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                Arrays.stream(line.split(",", -1))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toUnmodifiableSet()))
        .toList();
  }

  private static List<String> row(String name, ClassScores scores) {
    return List.of(
        name,
        figure(scores.precision()),
        figure(scores.recall()),
        figure(scores.fscore()),
        figure(scores.specificity()),
        String.valueOf(scores.support()));
  }

  private Map<String, Object> map(ClassScores scores) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("precision", scores.precision());
    map.put("recall", scores.recall());
    map.put(beta == 1 ? "f1" : "fbeta", scores.fscore());
    map.put("specificity", scores.specificity());
    map.put("support", scores.support());
    return map;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }
}

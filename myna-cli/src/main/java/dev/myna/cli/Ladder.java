package dev.myna.cli;

import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.Folds;
import dev.myna.text.classify.TextClassifier;
import dev.myna.text.classify.TrainSpec;
import dev.myna.text.classify.Weighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The same examples through one kind of classifier after the other. */
@Command(name = "ladder", footer = "  myna ladder train.tsv --test test.tsv --page ladder.html")
final class Ladder extends Work {
  @Parameters(paramLabel = "FILE", description = "Labelled texts to learn from.")
  Path file = Path.of("");

  @Option(names = "--labels", paramLabel = "FILE", description = "Their labels, a line each.")
  @Nullable Path labels;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Labelled texts to be judged by (default: a tenth of FILE).")
  @Nullable Path test;

  @Option(names = "--test-labels", paramLabel = "FILE", description = "Their labels.")
  @Nullable Path testLabels;

  @Option(
      names = "--rungs",
      split = ",",
      paramLabel = "KIND",
      description = "Which classifiers: ${COMPLETION-CANDIDATES}.")
  List<ClassifierKind> rungs =
      List.of(
          ClassifierKind.MULTINOMIAL,
          ClassifierKind.COMPLEMENT,
          ClassifierKind.CENTROID,
          ClassifierKind.NEIGHBOURS,
          ClassifierKind.LOGISTIC,
          ClassifierKind.SVM);

  @Option(names = "--page", paramLabel = "FILE", description = "Draw the ladder on this page.")
  @Nullable Path page;

  @Mixin ExampleOptions reading = new ExampleOptions();

  @Mixin FeatureOptions features = new FeatureOptions();

  private record Rung(
      String name, double accuracy, double trainSeconds, double microseconds, double megabytes) {}

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<Example> train = reading.read(file, labels);
    List<Example> judged;
    if (test == null) {
      int[] order = Folds.shuffled(train.size(), 1);
      int tenth = Math.max(1, train.size() / 10);
      List<Example> all = train;
      judged = Arrays.stream(order).limit(tenth).mapToObj(all::get).toList();
      train = Arrays.stream(order).skip(tenth).mapToObj(all::get).toList();
    } else {
      judged = reading.read(test, testLabels);
    }
    List<Rung> climbed = new ArrayList<>();
    for (ClassifierKind kind : rungs) {
      out.status("climbing: " + kind.title());
      climbed.add(climb(kind, train, judged));
    }
    List<String> head = List.of("classifier", "accuracy %", "training s", "µs a prediction", "MB");
    List<List<String>> rows = climbed.stream().map(Ladder::row).toList();
    out.table(head, rows);
    figures.put("train_examples", train.size());
    figures.put("test_examples", judged.size());
    figures.put("rungs", climbed.stream().map(Ladder::map).toList());
    if (page != null) {
      draw(climbed, head, rows, train.size(), judged.size(), page);
      out.line("drawn on %s", page);
    }
    return Myna.DONE;
  }

  private Rung climb(ClassifierKind kind, List<Example> train, List<Example> judged)
      throws IOException {
    TrainSpec spec =
        new TrainSpec(
            features.spec(),
            kind.spec(1, kind == ClassifierKind.MULTINOMIAL ? 0.3 : 1, 15, Weighting.NONE));
    long start = System.nanoTime();
    TextClassifier classifier = TextClassifier.train(spec, train);
    double seconds = (System.nanoTime() - start) / 1e9;
    double accuracy = classifier.accuracy(judged);
    start = System.nanoTime();
    for (Example example : judged) {
      var unused = classifier.predict(example.text());
    }
    double microseconds = (System.nanoTime() - start) / 1e3 / judged.size();
    Path saved = Files.createTempFile("ladder", ".safetensors");
    classifier.save(saved);
    double megabytes = Files.size(saved) / 1e6;
    Files.delete(saved);
    return new Rung(kind.title(), accuracy, seconds, microseconds, megabytes);
  }

  private static List<String> row(Rung rung) {
    return List.of(
        rung.name(),
        format("%.2f", 100 * rung.accuracy()),
        format("%.2f", rung.trainSeconds()),
        format("%.0f", rung.microseconds()),
        format("%.1f", rung.megabytes()));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  private static Map<String, Object> map(Rung rung) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", rung.name());
    map.put("accuracy", rung.accuracy());
    map.put("train_seconds", rung.trainSeconds());
    map.put("microseconds_per_prediction", rung.microseconds());
    map.put("megabytes", rung.megabytes());
    return map;
  }

  private void draw(
      List<Rung> climbed,
      List<String> head,
      List<List<String>> rows,
      int train,
      int judged,
      Path to) {
    List<String> names = climbed.stream().map(Rung::name).toList();
    new ChartPage("Ladder of classifiers: " + file.getFileName())
        .text("%d examples to learn from, %d to be judged by.".formatted(train, judged))
        .table(head, rows)
        .chart(
            new Chart.Bars(
                "Accuracy",
                Chart.Axis.linear("%"),
                names,
                List.of(
                    new Chart.Group(
                        "accuracy", climbed.stream().map(r -> 100 * r.accuracy()).toList()))))
        .chart(
            new Chart.Bars(
                "Training time",
                Chart.Axis.logarithmic("seconds"),
                names,
                List.of(
                    new Chart.Group(
                        "training", climbed.stream().map(Rung::trainSeconds).toList()))))
        .chart(
            new Chart.Scatter(
                "Accuracy against the time of a prediction",
                Chart.Axis.logarithmic("microseconds a prediction"),
                Chart.Axis.linear("accuracy, %"),
                climbed.stream()
                    .map(
                        r ->
                            new Chart.Series(
                                r.name(),
                                List.of(
                                    new Chart.Point(
                                        r.microseconds(), 100 * r.accuracy(), r.name()))))
                    .toList()))
        .chart(
            new Chart.Bars(
                "Size",
                Chart.Axis.logarithmic("megabytes"),
                names,
                List.of(new Chart.Group("file", climbed.stream().map(Rung::megabytes).toList()))))
        .write(to);
  }
}

package dev.myna.cli;

import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.Folds;
import java.io.IOException;
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
  private static final List<String> HEAD =
      List.of("classifier", "accuracy %", "training s", "µs a prediction", "MB");

  private static final List<ClassifierKind> CLASSICAL =
      List.of(
          ClassifierKind.MULTINOMIAL,
          ClassifierKind.COMPLEMENT,
          ClassifierKind.CENTROID,
          ClassifierKind.NEIGHBOURS,
          ClassifierKind.LOGISTIC,
          ClassifierKind.SVM,
          ClassifierKind.FASTTEXT);

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
      description = "Which classifiers of features and words: ${COMPLETION-CANDIDATES}.")
  @Nullable List<ClassifierKind> rungs;

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "KIND",
      description =
          "Which networks: ${COMPLETION-CANDIDATES}; fnn, textcnn and lstm if neither these nor"
              + " --rungs are given. Some thousand texts take them a minute or two.")
  @Nullable List<LadderNetwork> networks;

  @Option(
      names = "--tune",
      paramLabel = "FOLDER",
      description =
          "Fine-tune this encoder, a Hugging Face folder such as BERT's, as the top rung.")
  List<Path> tuned = List.of();

  @Option(names = "--page", paramLabel = "FILE", description = "Draw the ladder on this page.")
  @Nullable Path page;

  @Mixin ExampleOptions reading = new ExampleOptions();

  @Mixin FeatureOptions features = new FeatureOptions();

  @Override
  int run(Output out, Figures figures) throws IOException {
    tuned.forEach(LadderNetwork::requireTunable);
    List<Example> train = reading.read(file, labels);
    List<Example> judged;
    if (test == null) {
      int[] order = Folds.shuffled(train.size(), 1);
      int tenth = Math.max(1, train.size() / 10);
      List<Example> all = train;
      judged = Arrays.stream(order).limit(tenth).mapToObj(all::get).toList();
      train = Arrays.stream(order).skip(tenth).mapToObj(all::get).toList();
    } else {
      judged =
          reading.read(test, testLabels, train.stream().map(Example::label).distinct().toList());
    }
    Labeller.requireKnown(train.stream().map(Example::label).distinct().toList(), judged);
    LadderRung.warmUp(features.spec(), train);
    List<LadderRung> climbed = new ArrayList<>();
    for (ClassifierKind kind : rungs()) {
      if (out.terminal().err()) {
        out.status("climbing: " + kind.title());
      }
      climbed.add(LadderRung.climb(kind, features.spec(), train, judged, out.progress()));
    }
    for (LadderNetwork network : networks()) {
      climbed.add(network.climb(train, judged, out.progress()));
    }
    for (Path folder : tuned) {
      climbed.add(LadderNetwork.tune(folder, train, judged, out.progress()));
    }
    List<List<String>> rows = climbed.stream().map(Ladder::row).toList();
    out.table(HEAD, rows);
    figures.put("train_examples", train.size());
    figures.put("test_examples", judged.size());
    figures.put("rungs", climbed.stream().map(Ladder::map).toList());
    if (page != null) {
      draw(climbed, rows, train.size(), judged.size()).write(page);
      out.line("drawn on %s", page);
    }
    return Myna.DONE;
  }

  private List<ClassifierKind> rungs() {
    if (rungs != null) {
      return rungs;
    }
    return networks == null ? CLASSICAL : List.of();
  }

  private List<LadderNetwork> networks() {
    if (networks != null) {
      return networks;
    }
    return rungs == null
        ? List.of(LadderNetwork.FNN, LadderNetwork.TEXTCNN, LadderNetwork.LSTM)
        : List.of();
  }

  private static List<String> row(LadderRung rung) {
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

  private static Map<String, Object> map(LadderRung rung) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", rung.name());
    map.put("accuracy", rung.accuracy());
    map.put("train_seconds", rung.trainSeconds());
    map.put("microseconds_per_prediction", rung.microseconds());
    map.put("megabytes", rung.megabytes());
    return map;
  }

  private ChartPage draw(List<LadderRung> climbed, List<List<String>> rows, int train, int judged) {
    List<String> names = climbed.stream().map(LadderRung::name).toList();
    List<Double> accuracies = climbed.stream().map(r -> 100 * r.accuracy()).toList();
    List<Double> seconds = climbed.stream().map(LadderRung::trainSeconds).toList();
    List<Double> megabytes = climbed.stream().map(LadderRung::megabytes).toList();
    return new ChartPage("Ladder of classifiers: " + file.getFileName())
        .text("%d examples to learn from, %d to be judged by.".formatted(train, judged))
        .table(HEAD, rows)
        .chart(bars("Accuracy", Chart.Axis.linear("%"), names, "accuracy", accuracies))
        .chart(bars("Training time", Chart.Axis.logarithmic("seconds"), names, "training", seconds))
        .chart(
            new Chart.Scatter(
                "Accuracy against the time of a prediction",
                Chart.Axis.logarithmic("microseconds a prediction"),
                Chart.Axis.linear("accuracy, %"),
                climbed.stream().map(Ladder::dot).toList()))
        .chart(bars("Size", Chart.Axis.logarithmic("megabytes"), names, "file", megabytes));
  }

  private static Chart bars(
      String title, Chart.Axis axis, List<String> names, String what, List<Double> heights) {
    return new Chart.Bars(title, axis, names, List.of(new Chart.Group(what, heights)));
  }

  private static Chart.Series dot(LadderRung rung) {
    var point = new Chart.Point(rung.microseconds(), 100 * rung.accuracy(), rung.name());
    return new Chart.Series(rung.name(), List.of(point));
  }
}

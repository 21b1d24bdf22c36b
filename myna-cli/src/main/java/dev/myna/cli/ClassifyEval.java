package dev.myna.cli;

import dev.myna.text.classify.Example;
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

/** Judges a classifier by labelled texts. */
@Command(
    name = "eval",
    description = "Judge a classifier by labelled texts.",
    footer = "  myna classify eval --model model.safetensors test.tsv --json")
final class ClassifyEval extends Work {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "A classifier that myna classify train wrote, a fastText model, or a run.")
  Path model = Path.of("");

  @Parameters(paramLabel = "FILE", description = "Labelled texts.")
  Path file = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels, a line each, when FILE has texts only.")
  @Nullable Path labels;

  @Mixin ExampleOptions reading = new ExampleOptions();

  @Override
  int run(Output out, Figures figures) throws IOException {
    Labeller classifier = Labeller.load(model);
    List<Example> examples = reading.read(file, labels, classifier.labels());
    List<String> predicted = classifier.labelsOf(examples);
    int[][] confusion = confusion(classifier.labels(), examples, predicted);
    int right = 0;
    double f1Sum = 0;
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int k = 0; k < confusion.length; k++) {
      int hits = confusion[k][k];
      int support = 0;
      int found = 0;
      for (int j = 0; j < confusion.length; j++) {
        support += confusion[k][j];
        found += confusion[j][k];
      }
      double precision = found == 0 ? 0 : (double) hits / found;
      double recall = support == 0 ? 0 : (double) hits / support;
      double f1 = hits == 0 ? 0 : 2 * precision * recall / (precision + recall);
      right += hits;
      f1Sum += f1;
      String label = classifier.labels().get(k);
      rows.add(List.of(label, format(precision), format(recall), format(f1), "" + support));
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("label", label);
      map.put("precision", precision);
      map.put("recall", recall);
      map.put("f1", f1);
      map.put("support", support);
      classes.add(map);
    }
    double accuracy = (double) right / examples.size();
    out.table(List.of("label", "precision", "recall", "F1", "support"), rows);
    out.line("accuracy  %.2f %% of %d", 100 * accuracy, examples.size());
    out.line("macro F1  %.4f", f1Sum / confusion.length);
    figures.put("accuracy", accuracy);
    figures.put("macro_f1", f1Sum / confusion.length);
    figures.put("examples", examples.size());
    figures.put("labels", classifier.labels());
    figures.put("classes", classes);
    figures.put(
        "confusion", Arrays.stream(confusion).map(r -> Arrays.stream(r).boxed().toList()).toList());
    return Myna.DONE;
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Counts (K, K): true classes down, predicted ones across. */
  private static int[][] confusion(
      List<String> labels, List<Example> examples, List<String> predicted) {
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < predicted.size(); i++) {
      counts[labels.indexOf(examples.get(i).label())][labels.indexOf(predicted.get(i))]++;
    }
    return counts;
  }
}

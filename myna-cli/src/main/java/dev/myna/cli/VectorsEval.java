package dev.myna.cli;

import dev.myna.text.vectors.Analogy;
import dev.myna.text.vectors.AnalogyQuestions;
import dev.myna.text.vectors.WordPairs;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well vectors rank judged pairs of words, and answer analogy questions. */
@Command(
    name = "eval",
    description = "Measure vectors on judged pairs of words and on analogy questions.",
    footer = "  myna vectors eval words.vec --pairs WordSim353.txt")
final class VectorsEval extends Work {
  @Parameters(paramLabel = "VECTORS", description = "word2vec, GloVe or fastText file.")
  Path file = Path.of("");

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      order = 1,
      description = "Two words and a score a line; may be given several times.")
  List<Path> pairs = new ArrayList<>();

  @Option(
      names = "--analogies",
      paramLabel = "FILE",
      order = 2,
      description = "Sections and four words a line, like questions-words.txt.")
  @Nullable Path analogies;

  @Option(
      names = "--among",
      paramLabel = "N",
      order = 3,
      description = "Ask and answer analogies among the first N words only (${DEFAULT-VALUE}).")
  int among = 30_000;

  @Option(
      names = "--multiply",
      order = 4,
      description = "Answer analogies by 3CosMul in place of 3CosAdd.")
  boolean multiply;

  @Spec @Nullable CommandSpec spec;

  @Override
  int run(Output out, Figures figures) throws IOException {
    if (pairs.isEmpty() && analogies == null && spec != null) {
      throw new ParameterException(
          spec.commandLine(), "something to measure on is missing: give --pairs or --analogies");
    }
    WordVectors vectors = WordVectorFile.read(file);
    if (!pairs.isEmpty()) {
      evaluatePairs(vectors, out, figures);
    }
    if (analogies != null) {
      evaluateAnalogies(AnalogyQuestions.read(analogies), vectors, out, figures);
    }
    return Myna.DONE;
  }

  private void evaluatePairs(WordVectors vectors, Output out, Figures figures) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Path file : pairs) {
      WordPairs.Result result = WordPairs.read(file).evaluate(vectors);
      rows.add(
          List.of(
              result.name(),
              number("%.4f", result.spearman()),
              number("%.4f", result.pearson()),
              String.valueOf(result.pairs()),
              String.valueOf(result.missing())));
      list.add(
          Map.of(
              "name", result.name(),
              "spearman", result.spearman(),
              "pearson", result.pearson(),
              "pairs", result.pairs(),
              "missing", result.missing()));
    }
    out.table(List.of("pairs", "Spearman", "Pearson", "found", "missing"), rows);
    figures.put("pairs", list);
  }

  private void evaluateAnalogies(
      AnalogyQuestions questions, WordVectors vectors, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>();
    Analogy method = multiply ? Analogy.MULTIPLY : Analogy.ADD;
    for (AnalogyQuestions.Result result : questions.evaluate(vectors, method, among)) {
      rows.add(
          List.of(
              result.section(),
              number("%.2f %%", 100 * result.accuracy()),
              String.valueOf(result.asked()),
              String.valueOf(result.missing())));
      list.add(
          Map.of(
              "section", result.section(),
              "accuracy", result.accuracy(),
              "asked", result.asked(),
              "missing", result.missing()));
    }
    out.table(List.of("analogies", "correct", "asked", "missing"), rows);
    figures.put("analogies", list);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}

package dev.myna.cli;

import dev.myna.text.metrics.PorterStemmer;
import dev.myna.text.metrics.Rouge;
import dev.myna.text.metrics.RougeKind;
import dev.myna.text.metrics.RougeScore;
import dev.myna.text.metrics.Significance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** ROUGE as the Python scorer and ROUGE-1.5.5 compute it. */
@Command(
    name = "rouge",
    description = "ROUGE-N, L, Lsum, W, S and SU of summaries.",
    footer = "  myna score rouge --predictions out.txt --targets gold.txt --stem")
final class ScoreRouge extends Work {
  @Mixin ScoreTexts files = new ScoreTexts();

  @Mixin ScoreSamples sampling = new ScoreSamples();

  @Option(
      names = {"--stem", "--use-stemmer"},
      order = 3,
      description = "Compare Porter stems instead of words.")
  boolean stem;

  @Option(
      names = "--types",
      paramLabel = "NAME",
      split = ",",
      order = 4,
      description =
          "Measures: rouge1, rouge2 …, rougeL, rougeLsum, rougeW-1.2, rougeS4, rougeSU4, rougeS*.")
  List<String> types = List.of();

  @Option(
      names = "--perl",
      order = 5,
      description = "The measures, stemmer and pooling of ROUGE-1.5.5.")
  boolean perl;

  @Option(
      names = "--combine",
      paramLabel = "HOW",
      order = 6,
      description =
          "Several references: best-f, pooled, best-recall or jackknife (default: best-f; pooled"
              + " with --perl).")
  @Nullable String combine;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      order = 7,
      description = "What separates the sentences of a text, for rougeLsum and rougeW: <n>, say.")
  @Nullable String separator;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      order = 8,
      description = "How much precision weighs in the F-measure (default: ${DEFAULT-VALUE}).")
  double alpha = 0.5;

  @Option(names = "--segments", order = 11, description = "Give the figures of each text too.")
  boolean each;

  @Override
  int run(Output out, Figures figures) {
    List<Map<String, RougeScore>> segments =
        rouge()
            .segments(
                sentences(files.hypotheses()),
                files.references().stream().map(this::sentences).toList());
    Map<String, RougeScore> means = Rouge.mean(segments);
    List<List<String>> rows = new ArrayList<>();
    means.forEach(
        (label, score) -> {
          rows.add(
              List.of(
                  label,
                  percent(score.precision()),
                  percent(score.recall()),
                  percent(score.fmeasure())));
          // the field's own names, which are not in snake_case
          figures.values().put(label, map(score));
        });
    out.table(List.of("", "precision", "recall", "fmeasure"), rows);
    figures.put("segments", segments.size());
    figures.put("stemmed", stem);
    if (sampling.confidence != null) {
      showIntervals(segments, sampling.confidence, out, figures);
    }
    if (each) {
      figures.put("each", segments.stream().map(ScoreRouge::maps).toList());
      for (int i = 0; i < segments.size(); i++) {
        StringBuilder line = new StringBuilder().append(i + 1);
        segments
            .get(i)
            .values()
            .forEach(s -> line.append(String.format(Locale.ROOT, "\t%.5f", s.fmeasure())));
        out.line(line.toString());
      }
    }
    return Myna.DONE;
  }

  private Rouge rouge() {
    Rouge.References how = perl ? Rouge.References.POOLED : Rouge.References.BEST_F;
    if (combine != null) {
      how =
          switch (combine) {
            case "best-f" -> Rouge.References.BEST_F;
            case "pooled" -> Rouge.References.POOLED;
            case "best-recall" -> Rouge.References.BEST_RECALL;
            case "jackknife" -> Rouge.References.JACKKNIFE;
            default ->
                throw new IllegalArgumentException(
                    "unknown --combine \""
                        + combine
                        + "\"; choose best-f, pooled, best-recall or jackknife");
          };
    }
    List<String> labels = types;
    if (labels.isEmpty()) {
      labels =
          perl
              ? List.of(
                  "rouge1",
                  "rouge2",
                  "rouge3",
                  "rouge4",
                  "rougeLsum",
                  "rougeW-1.2",
                  "rougeS4",
                  "rougeSU4")
              : List.of("rouge1", "rouge2", "rougeL", "rougeLsum");
    }
    PorterStemmer stemmer = perl ? PorterStemmer.ROUGE : PorterStemmer.NLTK;
    return new Rouge(
        labels.stream().map(RougeKind::of).toList(), stem ? stemmer : null, how, alpha);
  }

  private List<String> sentences(List<String> lines) {
    String mark = separator;
    return mark == null ? lines : lines.stream().map(text -> text.replace(mark, "\n")).toList();
  }

  private void showIntervals(
      List<Map<String, RougeScore>> segments, double part, Output out, Figures figures) {
    Map<String, Object> intervals = new LinkedHashMap<>();
    for (String label : segments.getFirst().keySet()) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("precision", interval(segments, label, RougeScore::precision, part));
      own.put("recall", interval(segments, label, RougeScore::recall, part));
      own.put("fmeasure", interval(segments, label, RougeScore::fmeasure, part));
      intervals.put(label, own);
      out.line("%s, %.4g %% intervals: %s", label, 100 * part, own);
    }
    figures.put("confidence", intervals);
  }

  private Map<String, Double> interval(
      List<Map<String, RougeScore>> segments,
      String label,
      ToDoubleFunction<RougeScore> figure,
      double part) {
    double[] values =
        segments.stream()
            .mapToDouble(s -> figure.applyAsDouble(s.getOrDefault(label, RougeScore.ZERO)))
            .toArray();
    Significance.Interval interval =
        new Significance(Significance.MEAN, sampling.samples, sampling.seed)
            .interval(Significance.ofMeans(values), part);
    return ScoreSamples.map(interval);
  }

  private static Map<String, Object> maps(Map<String, RougeScore> scores) {
    Map<String, Object> maps = new LinkedHashMap<>();
    scores.forEach((label, score) -> maps.put(label, map(score)));
    return maps;
  }

  private static Map<String, Double> map(RougeScore score) {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("precision", score.precision());
    map.put("recall", score.recall());
    map.put("fmeasure", score.fmeasure());
    return map;
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.5f", part);
  }
}

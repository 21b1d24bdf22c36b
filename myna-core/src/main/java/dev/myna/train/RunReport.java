package dev.myna.train;

import dev.myna.chart.Chart;
import dev.myna.chart.Chart.Axis;
import dev.myna.chart.Chart.Point;
import dev.myna.chart.Chart.Series;
import dev.myna.chart.ChartPage;
import dev.myna.task.Evaluation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The page that a run leaves: its figures, its curves, a sample, and the recipe. */
final class RunReport {
  private RunReport() {}

  static void write(
      Path file, Recipe recipe, Path metrics, TrainingResult result, Job.Ending ending) {
    List<JsonNode> lines = MetricsFile.read(metrics);
    ChartPage page = new ChartPage(recipe.name());
    page.text(recipe.description().isBlank() ? "A training run of Myna." : recipe.description());
    page.figures(figures(result, ending));
    page.chart(
        new Chart.Lines(
            "Loss",
            Axis.linear("step"),
            Axis.linear("nats"),
            List.of(
                series("training", lines, "loss"), series("validation", lines, Evaluation.LOSS))));
    for (Evaluation.Figure figure : result.evaluation().figures()) {
      if (!figure.name().equals(Evaluation.LOSS)) {
        page.chart(lines("Held-out " + figure.title(), figure.title(), lines, figure.name()));
      }
    }
    if (!ending.sample().isEmpty()) {
      page.heading("What it writes").block(ending.sample());
    }
    page.heading("How it went");
    page.chart(lines("Learning rate", "rate", lines, "rate"));
    page.chart(lines("Gradient norm", "norm before clipping", lines, "gradient_norm"));
    page.chart(lines("Speed", "tokens per second", lines, "tokens_per_second"));
    page.heading("Recipe").block(recipe.toYaml());
    page.write(file);
  }

  private static Map<String, String> figures(TrainingResult result, Job.Ending ending) {
    Map<String, String> figures = new LinkedHashMap<>();
    result
        .evaluation()
        .figures()
        .forEach(figure -> figures.put(figure.title(), format("%.4f", figure.value())));
    ending.figures().forEach(figure -> figures.put(figure.title(), format("%.4f", figure.value())));
    figures.put("parameters", format("%,d", result.parameters()));
    figures.put("steps", format("%,d", result.steps()));
    figures.put("tokens per second", format("%,.0f", result.tokensPerSecond()));
    figures.put("seconds", format("%.1f", result.seconds()));
    return figures;
  }

  private static Chart lines(String title, String unit, List<JsonNode> lines, String field) {
    return new Chart.Lines(
        title, Axis.linear("step"), Axis.linear(unit), List.of(series(title, lines, field)));
  }

  private static Series series(String name, List<JsonNode> lines, String field) {
    return new Series(
        name,
        lines.stream()
            .filter(line -> line.has(field))
            .map(
                line ->
                    new Point(
                        line.path("step").asDouble(Double.NaN),
                        line.path(field).asDouble(Double.NaN)))
            .toList());
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}

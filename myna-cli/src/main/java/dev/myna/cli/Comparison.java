package dev.myna.cli;

import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Runs side by side: means over seeds, as a table and as a page. */
record Comparison(List<Compared> runs) {
  private String measure() {
    return runs.getFirst().measure().replace('_', ' ');
  }

  private Map<String, List<Compared>> byRecipe() {
    Map<String, List<Compared>> recipes = new LinkedHashMap<>();
    runs.forEach(run -> recipes.computeIfAbsent(run.name(), n -> new ArrayList<>()).add(run));
    return recipes;
  }

  private static double mean(List<Compared> runs, ToDoubleFunction<Compared> what) {
    return runs.stream().mapToDouble(what).average().orElse(Double.NaN);
  }

  /** How far the seeds are from their mean. */
  private static double deviation(List<Compared> runs) {
    double mean = mean(runs, Compared::quality);
    return Math.sqrt(mean(runs, run -> Math.pow(run.quality() - mean, 2)));
  }

  List<String> head() {
    return List.of(
        "recipe", "seeds", measure(), "±", "parameters", "tokens/s", "training s", "peak MB");
  }

  /** The best first. */
  List<List<String>> rows() {
    double sign = runs.getFirst().smallerIsBetter() ? 1 : -1;
    List<List<Compared>> recipes = new ArrayList<>(byRecipe().values());
    recipes.sort(
        (a, b) ->
            Double.compare(sign * mean(a, Compared::quality), sign * mean(b, Compared::quality)));
    return recipes.stream().map(Comparison::row).toList();
  }

  private static List<String> row(List<Compared> recipe) {
    return List.of(
        recipe.getFirst().name(),
        Integer.toString(recipe.size()),
        format("%.4f", mean(recipe, Compared::quality)),
        format("%.4f", deviation(recipe)),
        format("%,.0f", mean(recipe, run -> (double) run.parameters())),
        format("%,.0f", mean(recipe, Compared::tokensPerSecond)),
        format("%.1f", mean(recipe, Compared::seconds)),
        format("%.0f", mean(recipe, Compared::megabytes)));
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  /** The means, for a report. */
  List<Map<String, Object>> maps() {
    return byRecipe().values().stream().map(Comparison::map).toList();
  }

  private static Map<String, Object> map(List<Compared> recipe) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", recipe.getFirst().name());
    map.put("seeds", recipe.size());
    map.put(recipe.getFirst().measure(), mean(recipe, Compared::quality));
    map.put("deviation", deviation(recipe));
    map.put("parameters", mean(recipe, run -> (double) run.parameters()));
    map.put("tokens_per_second", mean(recipe, Compared::tokensPerSecond));
    map.put("seconds", mean(recipe, Compared::seconds));
    map.put("peak_megabytes", mean(recipe, Compared::megabytes));
    return map;
  }

  ChartPage page() {
    List<String> names = rows().stream().map(List::getFirst).toList();
    return new ChartPage("Recipes compared by " + measure())
        .text("Trained on the same data in the same order; a point is a run with one seed.")
        .table(head(), rows())
        .chart(
            new Chart.Bars(
                measure(),
                Chart.Axis.linear(measure()),
                names,
                List.of(
                    new Chart.Group(
                        "mean over seeds",
                        names.stream()
                            .map(
                                name ->
                                    mean(
                                        byRecipe().getOrDefault(name, List.of()),
                                        Compared::quality))
                            .toList()))))
        .chart(
            scatter(
                "parameters",
                Chart.Axis.logarithmic("parameters"),
                run -> (double) run.parameters()))
        .chart(
            scatter(
                "speed", Chart.Axis.logarithmic("tokens per second"), Compared::tokensPerSecond))
        .chart(scatter("memory", Chart.Axis.linear("peak megabytes"), Compared::megabytes));
  }

  private Chart scatter(String against, Chart.Axis axis, ToDoubleFunction<Compared> what) {
    return new Chart.Scatter(
        "%s against %s".formatted(measure(), against),
        axis,
        Chart.Axis.linear(measure()),
        byRecipe().entrySet().stream()
            .map(entry -> new Chart.Series(entry.getKey(), dots(entry.getValue(), what)))
            .toList());
  }

  private static List<Chart.Point> dots(List<Compared> recipe, ToDoubleFunction<Compared> what) {
    return recipe.stream()
        .map(
            run ->
                new Chart.Point(
                    what.applyAsDouble(run),
                    run.quality(),
                    "%s, seed %d".formatted(run.name(), run.seed())))
        .toList();
  }
}

package dev.myna.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.MynaException;
import dev.myna.chart.Chart.Axis;
import dev.myna.chart.Chart.Group;
import dev.myna.chart.Chart.Point;
import dev.myna.chart.Chart.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChartPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"charts\">(.*?)</script>");

  @Test
  void everythingStandsInTheOrderInWhichItWasAdded() {
    String html =
        new ChartPage("Title")
            .heading("First")
            .text("one\n\ntwo")
            .figures(Map.of("loss", "1.87"))
            .table(
                List.of("name", "value"), List.of(List.of("a", "1.5"), List.of("b", "12,000 MB")))
            .block("  kept\n spaces")
            .html();

    assertThat(html)
        .containsSubsequence(
            "<h1>Title</h1>",
            "<h2>First</h2>",
            "<p>one</p>",
            "<p>two</p>",
            "<dt>loss</dt><dd>1.87</dd>",
            "<th>name</th><th class=\"number\">value</th>",
            "<td>a</td><td class=\"number\">1.5</td>",
            "<td>b</td><td class=\"number\">12,000 MB</td>",
            "<pre>\n  kept\n spaces</pre>");
  }

  @Test
  void aPageWithoutChartsHasNoScript() {
    assertThat(new ChartPage("x").text("y").html()).doesNotContain("<script");
  }

  @Test
  void asksNothingOfTheNetwork() {
    assertThat(everyKind().html())
        .contains("default-src 'none'")
        .doesNotContain("sourceMappingURL")
        .doesNotContain("src=\"")
        .doesNotContain("href=\"");
  }

  @Test
  void dataReachesTheScript() {
    JsonNode charts = data(everyKind());

    assertThat(charts.get(0).get("kind").asString()).isEqualTo("line");
    assertThat(charts.get(0).get("series").get(0).get("y").toString()).isEqualTo("[4.5,null,2.5]");
    assertThat(charts.get(0).get("y").get("log").asBoolean()).isTrue();
    assertThat(charts.get(1).get("series").get(0).get("labels").toString())
        .isEqualTo("[\"</script>\",\"\"]");
    assertThat(charts.get(2).get("categories").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void aLogarithmicAxisLeavesOutZero() {
    Chart chart =
        new Chart.Lines(
            "",
            Axis.logarithmic("x"),
            Axis.logarithmic("y"),
            List.of(Series.of("s", new double[] {0, 1}, new double[] {1, -1})));

    JsonNode series = data(new ChartPage("t").chart(chart)).get(0).get("series").get(0);

    assertThat(series.get("x").toString()).isEqualTo("[null,1.0]");
    assertThat(series.get("y").toString()).isEqualTo("[1.0,null]");
  }

  @Property(tries = 200)
  void noTextBecomesMarkup(@ForAll String text) {
    String html =
        new ChartPage(text)
            .heading(text)
            .text(text)
            .block(text)
            .figures(Map.of(text, text))
            .table(List.of(text), List.of(List.of(text)))
            .html();

    assertThat(count(html, '<')).isEqualTo(count(new ChartPage("").html(), '<') + tags(text));
    assertThat(ChartPage.escape(text)).doesNotContainPattern("[<>\"']|[\\x00-\\x08]");
  }

  @Property(tries = 200)
  void anyNamesAndNumbersGiveReadableData(
      @ForAll String name, @ForAll List<Double> values, @ForAll boolean logarithmic) {
    List<Point> points = values.stream().map(v -> new Point(v, v, name)).toList();
    Axis axis = new Axis(name, logarithmic);
    String json =
        ChartJson.write(
            List.of(new Chart.Scatter(name, axis, axis, List.of(new Series(name, points)))));

    JsonNode series = JsonMapper.shared().readTree(json).get(0).get("series").get(0);

    assertThat(json).doesNotContain("<");
    assertThat(series.get("x").size()).isEqualTo(values.size());
    assertThat(series.get("name").asString()).isEqualTo(name);
  }

  @Test
  void unequalLengthsAreRefused() {
    assertThatThrownBy(() -> Series.of("s", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 3");
    assertThatThrownBy(
            () ->
                new Chart.Bars("", Axis.linear(""), List.of("a", "b"), List.of(Group.of("g", 1.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group g has 1");
    assertThatThrownBy(() -> new ChartPage("t").table(List.of("a"), List.of(List.of("1", "2"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row of 2 cells");
  }

  @Test
  void isWrittenWholeAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("deeper/report.html");
    everyKind().write(file);
    everyKind().write(file);

    assertThat(Files.readString(file)).isEqualTo(everyKind().html());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed(@TempDir Path folder) throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> everyKind().write(inTheWay.resolve("report.html")))
        .isInstanceOf(MynaException.class)
        .hasMessageContaining("report.html");
  }

  private static ChartPage everyKind() {
    return new ChartPage("Every kind")
        .chart(
            new Chart.Lines(
                "Loss",
                Axis.linear("step"),
                Axis.logarithmic("nats"),
                List.of(
                    Series.of("s", new double[] {0, 1, 2}, new double[] {4.5, Double.NaN, 2.5}))))
        .chart(
            new Chart.Scatter(
                "Words",
                Axis.linear(""),
                Axis.linear(""),
                List.of(new Series("s", List.of(new Point(1, 2, "</script>"), new Point(3, 4))))))
        .chart(
            new Chart.Bars(
                "Speed", Axis.linear("tokens/s"), List.of("a", "b"), List.of(Group.of("g", 1, 2))));
  }

  private static JsonNode data(ChartPage page) {
    var matcher = DATA.matcher(page.html());
    assertThat(matcher.find()).isTrue();
    return JsonMapper.shared().readTree(matcher.group(1));
  }

  private static long count(String text, char c) {
    return text.chars().filter(x -> x == c).count();
  }

  /** Tags that the page itself writes for one heading, text, block, list and table. */
  private static int tags(String text) {
    int paragraphs = text.strip().split("\\R\\s*\\R").length;
    return 2 + 2 * paragraphs + 2 + (2 + 6) + (2 + 2 + 3 * 4);
  }
}

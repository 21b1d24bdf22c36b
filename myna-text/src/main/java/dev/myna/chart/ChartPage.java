package dev.myna.chart;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A self-contained HTML page: a title, then headings, texts, tables and charts in the order in
 * which they were added. It asks nothing of the network, follows the reader's dark or light setting
 * and fits a phone. Everything added is shown as text, never read as HTML.
 *
 * <pre>{@code
 * new ChartPage("Training of shakespeare-char")
 *     .figures(Map.of("validation loss", "1.87"))
 *     .chart(new Chart.Lines("Loss", Axis.linear("step"), Axis.linear("nats per token"), curves))
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>Charts are drawn in the browser by Chart.js, whose script is written into the page.
 */
public final class ChartPage {
  private static final String SCRIPT =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  /** Signs, digits in groups, a power of ten, and a short unit. */
  private static final Pattern NUMBER =
      Pattern.compile("[+−±-]?\\d[\\d., ]*([eE][+-]?\\d+)?( ?[%×A-Za-zµ/]{1,3})?");

  private final String title;
  private final StringBuilder body = new StringBuilder();
  private final List<Chart> charts = new ArrayList<>();

  public ChartPage(String title) {
    this.title = title;
  }

  /** Adds a heading. */
  @CanIgnoreReturnValue
  public ChartPage heading(String text) {
    body.append("<h2>").append(escape(text)).append("</h2>\n");
    return this;
  }

  /** Adds a paragraph for each part of the text that an empty line ends. */
  @CanIgnoreReturnValue
  public ChartPage text(String text) {
    for (String paragraph : text.strip().split("\\R\\s*\\R")) {
      body.append("<p>").append(escape(paragraph)).append("</p>\n");
    }
    return this;
  }

  /** Adds a text whose line breaks and spaces are kept: a sample, a command. */
  @CanIgnoreReturnValue
  public ChartPage block(String text) {
    // HTML drops one line break after the opening tag.
    body.append("<pre>\n").append(escape(text)).append("</pre>\n");
    return this;
  }

  /** Adds the few figures that matter, large, side by side: name to value, in the map's order. */
  @CanIgnoreReturnValue
  public ChartPage figures(Map<String, String> figures) {
    body.append("<dl class=\"figures\">\n");
    figures.forEach(
        (name, value) ->
            body.append(
                "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escape(name), escape(value))));
    body.append("</dl>\n");
    return this;
  }

  /**
   * Adds a table. A column of numbers stands to the right.
   *
   * @param head names of the columns
   * @param rows as many cells each as there are columns
   */
  @CanIgnoreReturnValue
  public ChartPage table(List<String> head, List<? extends List<String>> rows) {
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            "a table of %d columns got a row of %d cells: %s"
                .formatted(head.size(), row.size(), row));
      }
    }
    boolean[] right = new boolean[head.size()];
    for (int i = 0; i < right.length; i++) {
      int column = i;
      right[i] = !rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(column)));
    }
    body.append("<div class=\"wide\"><table>\n<thead>");
    row("th", head, right);
    body.append("</thead>\n<tbody>\n");
    rows.forEach(row -> row("td", row, right));
    body.append("</tbody>\n</table></div>\n");
    return this;
  }

  /** Adds a chart. */
  @CanIgnoreReturnValue
  public ChartPage chart(Chart chart) {
    body.append("<figure>");
    if (!chart.title().isEmpty()) {
      body.append("<figcaption>").append(escape(chart.title())).append("</figcaption>");
    }
    body.append(
        "<div class=\"chart\"><canvas role=\"img\" aria-label=\"%s\" data-chart=\"%d\"></canvas></div></figure>\n"
            .formatted(escape(chart.title()), charts.size()));
    charts.add(chart);
    return this;
  }

  /** The page as it would be written. */
  public String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    page.append(" style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
    page.append("<title>").append(escape(title)).append("</title>\n");
    page.append("<style>\n").append(resource("page.css")).append("</style>\n</head>\n<body>\n");
    page.append("<main>\n<h1>").append(escape(title)).append("</h1>\n").append(body);
    page.append("</main>\n");
    if (!charts.isEmpty()) {
      page.append("<script type=\"application/json\" id=\"charts\">");
      page.append(ChartJson.write(charts)).append("</script>\n");
      page.append("<script>\n").append(library()).append("</script>\n");
      page.append("<script>\n").append(resource("page.js")).append("</script>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  /**
   * Writes the page, replacing what is there in one step; folders are made as needed.
   *
   * @throws dev.myna.MynaException if it can't be written
   */
  public void write(Path file) {
    WholeFile.text(file, html());
  }

  private void row(String tag, List<String> cells, boolean[] right) {
    body.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String kind = right[i] ? " class=\"number\"" : "";
      body.append("<%s%s>%s</%s>".formatted(tag, kind, escape(cells.get(i)), tag));
    }
    body.append("</tr>\n");
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("-") || NUMBER.matcher(cell).matches();
  }

  /** Text as it must stand in HTML, between tags or in a quoted attribute. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isForbidden(c) ? '\ufffd' : c);
      }
    }
    return out.toString();
  }

  /** Control characters have no place in HTML; a lone surrogate becomes ? when it is written. */
  private static boolean isForbidden(char c) {
    return c < ' ' && c != '\n' && c != '\t' && c != '\r';
  }

  private static String library() {
    // The last line names a source map, which a browser would try to fetch.
    return resource(SCRIPT).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) {
    try (InputStream in = ChartPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

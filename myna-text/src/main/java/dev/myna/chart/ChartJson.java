package dev.myna.chart;

import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The charts as the page's script reads them: {@code [{kind, x, y, series: [{name, x: […], y: […],
 * labels?: […]}]}]}, numbers that cannot be drawn as null.
 */
final class ChartJson {
  private ChartJson() {}

  static String write(List<Chart> charts) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      for (Chart chart : charts) {
        json.writeStartObject();
        switch (chart) {
          case Chart.Lines lines -> plane(json, "line", lines.x(), lines.y(), lines.series());
          case Chart.Scatter dots -> plane(json, "scatter", dots.x(), dots.y(), dots.series());
          case Chart.Bars bars -> bars(json, bars);
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    // Within a script element only "<" could end it.
    return out.toString().replace("<", "\\u003c");
  }

  private static void plane(
      JsonGenerator json, String kind, Chart.Axis x, Chart.Axis y, List<Chart.Series> series) {
    json.writeStringProperty("kind", kind);
    axis(json, "x", x);
    axis(json, "y", y);
    json.writeArrayPropertyStart("series");
    for (Chart.Series one : series) {
      json.writeStartObject();
      json.writeStringProperty("name", one.name());
      json.writeArrayPropertyStart("x");
      one.points().forEach(point -> number(json, point.x(), x));
      json.writeEndArray();
      json.writeArrayPropertyStart("y");
      one.points().forEach(point -> number(json, point.y(), y));
      json.writeEndArray();
      if (one.points().stream().anyMatch(point -> !point.label().isEmpty())) {
        json.writeArrayPropertyStart("labels");
        one.points().forEach(point -> json.writeString(point.label()));
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void bars(JsonGenerator json, Chart.Bars bars) {
    json.writeStringProperty("kind", "bar");
    axis(json, "y", bars.y());
    json.writeArrayPropertyStart("categories");
    bars.categories().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("series");
    for (Chart.Group group : bars.groups()) {
      json.writeStartObject();
      json.writeStringProperty("name", group.name());
      json.writeArrayPropertyStart("y");
      group.values().forEach(value -> number(json, value, bars.y()));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void axis(JsonGenerator json, String name, Chart.Axis axis) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("label", axis.label());
    json.writeBooleanProperty("log", axis.logarithmic());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, double value, Chart.Axis axis) {
    if (!Double.isFinite(value) || (axis.logarithmic() && value <= 0)) {
      json.writeNull();
    } else {
      // A float's digits are finer than any screen and make pages half the size.
      float near = (float) value;
      json.writeRawValue(Float.isFinite(near) ? Float.toString(near) : Double.toString(value));
    }
  }
}

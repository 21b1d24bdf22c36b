package dev.myna.cli;

import dev.myna.WholeFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command found, for {@code --report} and {@code --json}: names in snake_case to numbers,
 * texts, truth values, or lists and maps of these, in the order in which they came. Numbers that
 * are not finite are written as null.
 */
final class Figures {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private final Map<String, Object> values = new LinkedHashMap<>();

  void put(String name, double value) {
    set(name, value);
  }

  void put(String name, long value) {
    set(name, value);
  }

  void put(String name, String value) {
    set(name, value);
  }

  void put(String name, boolean value) {
    set(name, value);
  }

  /** A list of numbers, texts, or maps with names in snake_case. */
  void put(String name, List<?> values) {
    set(name, values);
  }

  /** Figures within figures. */
  void put(String name, Map<String, ?> values) {
    set(name, values);
  }

  void putIfAbsent(String name, double value) {
    if (!values.containsKey(name)) {
      set(name, value);
    }
  }

  void putIfAbsent(String name, long value) {
    if (!values.containsKey(name)) {
      set(name, value);
    }
  }

  Map<String, Object> values() {
    return values;
  }

  String json() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(finite(values));
  }

  /** Writes the file in one step, beside what is there. */
  void write(Path file) {
    WholeFile.text(file, json() + "\n");
  }

  private void set(String name, Object value) {
    if (!SNAKE_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException("a figure's name is in snake_case, not " + name);
    }
    values.put(name, value);
  }

  private static Object finite(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(key, finite(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(Figures::finite).toList();
      case Double number when !Double.isFinite(number) ->
          tools.jackson.databind.node.NullNode.instance;
      case Float number when !Float.isFinite(number) ->
          tools.jackson.databind.node.NullNode.instance;
      default -> value;
    };
  }
}

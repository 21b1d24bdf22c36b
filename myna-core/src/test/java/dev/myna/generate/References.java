package dev.myna.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the outputs of the reference implementation. */
final class References {
  private References() {}

  static Stream<JsonNode> cases(String file) {
    try (InputStream in = References.class.getResourceAsStream(file)) {
      JsonNode cases = JsonMapper.shared().readTree(in.readAllBytes()).get("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Options options(JsonNode options) {
    Map<String, Object> named = new LinkedHashMap<>();
    options
        .properties()
        .forEach(
            entry ->
                named.put(
                    entry.getKey(),
                    entry.getValue().isNumber()
                        ? entry.getValue().toString()
                        : entry.getValue().asString()));
    return Options.of(named);
  }

  static int[] ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  static DoubleStream numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble);
  }

  static List<List<Integer>> lists(JsonNode arrays) {
    List<List<Integer>> all = new ArrayList<>();
    arrays.forEach(
        array -> {
          List<Integer> one = new ArrayList<>();
          array.forEach(each -> one.add(each.asInt()));
          all.add(one);
        });
    return all;
  }
}

package dev.myna.task;

import dev.myna.spec.Pooling;
import dev.myna.tensor.CheckpointException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ways of pooling as sentence-transformers names them: by flags until version 5, by a list of names
 * since.
 */
final class PoolingModes {
  private static final String LIST = "pooling_mode";

  /** In the order in which flags put several ways side by side. */
  private static final Map<String, Pooling> WAYS = new LinkedHashMap<>();

  private static final Map<String, String> FLAGS = new LinkedHashMap<>();

  static {
    way("cls", "pooling_mode_cls_token", new Pooling.First());
    way("max", "pooling_mode_max_tokens", new Pooling.Max());
    way("mean", "pooling_mode_mean_tokens", new Pooling.Mean());
    way("mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens", new Pooling.MeanByRoot());
    way("weightedmean", "pooling_mode_weightedmean_tokens", new Pooling.WeightedMean());
    way("lasttoken", "pooling_mode_lasttoken", new Pooling.Last(OptionalInt.empty()));
  }

  private static void way(String name, String flag, Pooling way) {
    WAYS.put(name, way);
    FLAGS.put(flag, name);
  }

  private PoolingModes() {}

  /** All keys that say how to pool. */
  static Set<String> keys() {
    Set<String> keys = new HashSet<>(FLAGS.keySet());
    keys.add(LIST);
    return keys;
  }

  /** What settings choose: names before flags, and the mean where they choose nothing. */
  static List<Pooling> read(ModuleConfig config) {
    List<String> names = new ArrayList<>();
    if (config.has(LIST)) {
      JsonNode named = config.said().get(LIST);
      (named.isArray() ? named.valueStream().toList() : List.of(named))
          .forEach(name -> names.add(name.asString(name.toString())));
    } else {
      FLAGS.forEach(
          (flag, name) -> {
            if (config.flag(flag, false)) {
              names.add(name);
            }
          });
    }
    List<Pooling> ways = new ArrayList<>();
    for (String name : names.isEmpty() ? List.of("mean") : names) {
      Pooling way = WAYS.get(name);
      if (way == null) {
        throw new CheckpointException(
            "%s must choose pooling among %s, found %s"
                .formatted(config.file(), WAYS.keySet(), name));
      }
      ways.add(way);
    }
    return ways;
  }

  /** Says it by flags, which every version knows, unless the ways stand in another order. */
  static void write(List<Pooling> ways, ObjectNode settings) {
    List<String> names = ways.stream().map(PoolingModes::name).toList();
    if (WAYS.keySet().stream().filter(names::contains).toList().equals(names)) {
      FLAGS.forEach((flag, name) -> settings.put(flag, names.contains(name)));
      return;
    }
    ArrayNode list = settings.putArray(LIST);
    names.forEach(list::add);
  }

  private static String name(Pooling way) {
    return WAYS.entrySet().stream()
        .filter(known -> known.getValue().equals(way))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no pooling of sentence-transformers: " + way));
  }
}

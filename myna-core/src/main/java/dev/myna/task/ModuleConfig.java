package dev.myna.task;

import dev.myna.JsonReason;
import dev.myna.tensor.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of settings in a folder of sentence-transformers, read strictly: a setting of another kind
 * than is wanted is refused by name.
 */
record ModuleConfig(Path file, ObjectNode said) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The settings in a file; none where there is no such file. */
  static ModuleConfig read(Path file) {
    if (!Files.exists(file)) {
      return new ModuleConfig(file, JSON.createObjectNode());
    }
    if (tree(file) instanceof ObjectNode object) {
      return new ModuleConfig(file, object);
    }
    throw new CheckpointException(file + " must hold a JSON object");
  }

  /** What a file of JSON holds. */
  static JsonNode tree(Path file) {
    try {
      return JSON.readTree(file);
    } catch (JacksonException e) {
      throw new CheckpointException("%s is not JSON: %s".formatted(file, JsonReason.of(e)), e);
    }
  }

  /** Refuses settings of other names. */
  void knows(Set<String> known) {
    Set<String> unknown = new TreeSet<>(said.properties().stream().map(Map.Entry::getKey).toList());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CheckpointException(
          "%s sets %s, which is not followed; known are %s"
              .formatted(file, unknown, new TreeSet<>(known)));
    }
  }

  /** Refuses a setting with another value than the only one that is followed. */
  void only(String key, String value) {
    if (has(key) && !value.equals(said.get(key).asString(""))) {
      throw wrong(key, value);
    }
  }

  boolean has(String key) {
    return said.hasNonNull(key);
  }

  /** A number above 0, which must be there. */
  int integer(String key) {
    JsonNode value = said.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
      throw wrong(key, "a whole number above 0");
    }
    return value.asInt();
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    if (has(key) && !said.get(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return has(key) ? said.get(key).asBoolean() : otherwise;
  }

  List<Integer> integers(String key, List<Integer> otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode value = said.get(key);
    if (!value.isArray()
        || !value.valueStream().allMatch(n -> n.isIntegralNumber() && n.canConvertToInt())) {
      throw wrong(key, "a list of whole numbers");
    }
    return value.valueStream().map(JsonNode::asInt).toList();
  }

  CheckpointException wrong(String key, String wanted) {
    return new CheckpointException(
        "%s must set %s to %s, found %s"
            .formatted(file, key, wanted, has(key) ? said.get(key) : "nothing"));
  }
}

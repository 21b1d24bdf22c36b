package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads a {@code config.json}: typed, with defaults, and with errors that name the key. */
final class Settings {
  private final JsonNode node;

  Settings(JsonNode node) {
    this.node = node;
  }

  /** Whether a key is there and is not null. */
  boolean has(String key) {
    return node.hasNonNull(key);
  }

  int integer(String key) {
    return integer(key, Optional.empty());
  }

  int integer(String key, int otherwise) {
    return integer(key, Optional.of(otherwise));
  }

  private int integer(String key, Optional<Integer> otherwise) {
    if (!has(key)) {
      return otherwise.orElseThrow(() -> wrong(key, "a whole number", "nothing"));
    }
    JsonNode value = node.get(key);
    if (!value.isNumber() || !value.canConvertToInt() || value.asDouble() != value.asInt()) {
      throw wrong(key, "a whole number", value);
    }
    return value.asInt();
  }

  double number(String key, double otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.get(key).isNumber()) {
      throw wrong(key, "a number", node.get(key));
    }
    return node.get(key).asDouble();
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.get(key).isBoolean()) {
      throw wrong(key, "true or false", node.get(key));
    }
    return node.get(key).asBoolean();
  }

  String text(String key, String otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.get(key).isString()) {
      throw wrong(key, "a text", node.get(key));
    }
    return node.get(key).asString();
  }

  /** The object under a key; empty where there is none. */
  Settings object(String key) {
    if (has(key) && !node.get(key).isObject()) {
      throw wrong(key, "an object", node.get(key));
    }
    return new Settings(node.path(key));
  }

  /** Refuses a setting that changes what the model computes in a way that Myna does not follow. */
  void only(String key, boolean value) {
    if (flag(key, value) != value) {
      throw wrong(key, value, !value);
    }
  }

  CheckpointException wrong(String key, Object wanted, Object found) {
    return new CheckpointException(
        "config.json: %s must be %s, found %s".formatted(key, wanted, found));
  }

  CheckpointException unknown(String key, String found, Object... known) {
    return wrong(key, "one of " + Arrays.toString(known), found);
  }
}

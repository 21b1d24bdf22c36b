package dev.myna.text.json;

import dev.myna.text.TokenizerException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one JSON object and says which of them is wrong. */
final class Fields {
  private final JsonNode node;
  private final String where;

  Fields(@Nullable JsonNode node, String where) {
    if (node == null || !node.isObject()) {
      throw new TokenizerException(
          "%s must be an object, found %s"
              .formatted(where, node == null ? "nothing" : shown(node)));
    }
    this.node = node;
    this.where = where;
  }

  String where() {
    return where;
  }

  static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  boolean has(String name) {
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  @Nullable JsonNode get(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  JsonNode required(String name) {
    JsonNode value = get(name);
    if (value == null) {
      throw new TokenizerException("%s lacks the field \"%s\"".formatted(where, name));
    }
    return value;
  }

  TokenizerException wrong(String name, String wanted, JsonNode found) {
    return new TokenizerException(
        "%s.%s must be %s, found %s".formatted(where, name, wanted, shown(found)));
  }

  String string(String name) {
    JsonNode value = required(name);
    if (!value.isString()) {
      throw wrong(name, "a string", value);
    }
    return value.stringValue();
  }

  @Nullable String stringOrNull(String name) {
    return has(name) ? string(name) : null;
  }

  String string(String name, String otherwise) {
    return has(name) ? string(name) : otherwise;
  }

  /** A code point. */
  int character(String name, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    String value = string(name);
    if (value.isEmpty() || value.codePointCount(0, value.length()) != 1) {
      throw wrong(name, "one character", required(name));
    }
    return value.codePointAt(0);
  }

  boolean bool(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.booleanValue();
  }

  int integer(String name) {
    JsonNode value = required(name);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong(name, "a whole number", value);
    }
    return value.intValue();
  }

  int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  double number(String name) {
    JsonNode value = required(name);
    if (!value.isNumber()) {
      throw wrong(name, "a number", value);
    }
    return value.doubleValue();
  }

  JsonNode array(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw wrong(name, "a list", value);
    }
    return value;
  }

  Fields object(String name) {
    return new Fields(required(name), where + "." + name);
  }

  TokenizerException unknownType(String kind, String type, String known) {
    return new TokenizerException(
        "%s has the type \"%s\", which is no %s known here; known are %s"
            .formatted(where, type, kind, known));
  }
}

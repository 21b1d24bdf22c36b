package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads a {@code config.json}: typed, with defaults, and with errors that name the key. */
final class Settings {
  private static final Pattern KIND =
      Pattern.compile("(For[A-Z]\\w*|LMHeadModel|MTModel|DoubleHeadsModel|EncoderModel|Model)$");

  private final JsonNode node;
  private final boolean ownHead;
  private final String where;

  Settings(JsonNode node) {
    this(node, false, "config.json");
  }

  /** Those of a folder. */
  Settings(JsonNode node, Path folder) {
    this(node, folder, false);
  }

  /**
   * @param ownHead whether the checkpoint was found to hold a head that is not the table of
   *     embeddings, whatever the configuration says
   */
  Settings(JsonNode node, Path folder, boolean ownHead) {
    this(node, ownHead, "config.json of " + folder);
  }

  private Settings(JsonNode node, boolean ownHead, String where) {
    this.node = node;
    this.ownHead = ownHead;
    this.where = where;
  }

  /** What it is that says so, for errors. */
  String where() {
    return where;
  }

  /** Whether a key is there and is not null. */
  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether a key is there, be it null. */
  boolean present(String key) {
    return node.has(key);
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
    return new Settings(node.path(key), false, where);
  }

  /** The texts of a list under a key; empty where there is none. */
  List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (!node.get(key).isArray()) {
      throw wrong(key, "a list of texts", node.get(key));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node.get(key)) {
      if (!item.isString()) {
        throw wrong(key, "a list of texts", node.get(key));
      }
      texts.add(item.asString());
    }
    return texts;
  }

  /** An id of a token; empty where there is none. */
  OptionalInt token(String key) {
    return has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
  }

  /**
   * What kind of model of its family this is: the end of the first of its {@code architectures},
   * such as {@code ForCausalLM}.
   */
  String kind(String otherwise) {
    List<String> architectures = texts("architectures");
    if (architectures.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = KIND.matcher(architectures.getFirst());
    return matcher.find() ? matcher.group() : architectures.getFirst();
  }

  /** Number of labels of a classifier. */
  int labels(int otherwise) {
    int named = node.path("id2label").size();
    return named > 0 ? named : integer("num_labels", otherwise);
  }

  /** Whether the head is the table of token embeddings. */
  boolean tied(boolean otherwise) {
    return !ownHead && flag("tie_word_embeddings", otherwise);
  }

  /** Whether the checkpoint was found to hold a head of its own. */
  boolean ownHead() {
    return ownHead;
  }

  /** Refuses a setting that changes what the model computes in a way that Myna does not follow. */
  void only(String key, boolean value) {
    if (flag(key, value) != value) {
      throw wrong(key, value, !value);
    }
  }

  CheckpointException wrong(String key, Object wanted, Object found) {
    return new CheckpointException(
        "%s: %s must be %s, found %s".formatted(where, key, wanted, found));
  }

  CheckpointException unknown(String key, String found, Object... known) {
    return wrong(key, "one of " + Arrays.toString(known), found);
  }
}

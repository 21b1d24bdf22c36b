package dev.myna.bench.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes to a tree of JSON: it stays JSON, but says something else. */
final class JsonDamage {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TYPES =
      List.of(
          "BPE",
          "Unigram",
          "WordPiece",
          "WordLevel",
          "Sequence",
          "ByteLevel",
          "Metaspace",
          "Split",
          "NFKC",
          "Replace",
          "Precompiled",
          "Strip",
          "Prepend",
          "BertNormalizer",
          "Digits",
          "BertPreTokenizer",
          "Punctuation",
          "FixedLength",
          "UnicodeScripts",
          "TemplateProcessing",
          "BertProcessing",
          "RobertaProcessing",
          "WordPiece",
          "ByteFallback",
          "Fuse",
          "CTC");

  private final Random random;

  private JsonDamage(Random random) {
    this.random = random;
  }

  static byte[] of(byte[] content, Random random) {
    JsonNode root = JsonMapper.shared().readTree(content);
    JsonDamage damage = new JsonDamage(random);
    for (int i = random.nextInt(3); i >= 0; i--) {
      damage.once(root);
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Walks down at random, less often into the long lists, and changes what it comes to. */
  private void once(JsonNode root) {
    JsonNode at = root;
    while (true) {
      List<JsonNode> inner = new ArrayList<>();
      at.forEach(node -> inner.add(node));
      inner.removeIf(node -> !node.isContainer() || node.isEmpty());
      if (inner.isEmpty() || random.nextInt(4) == 0) {
        break;
      }
      at = inner.get(random.nextInt(inner.size()));
    }
    switch (at) {
      case ObjectNode object -> change(object, root);
      case ArrayNode array -> change(array, root);
      default -> {}
    }
  }

  private void change(ObjectNode object, JsonNode root) {
    List<String> names = List.copyOf(object.propertyNames());
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    String other = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name, object.get(other).deepCopy());
      case 2 -> object.set(name, near(object.get(name)));
      case 3 -> object.set(name + "x", object.get(name).deepCopy());
      default -> object.set(name, value(root));
    }
  }

  private void change(ArrayNode array, JsonNode root) {
    if (array.isEmpty()) {
      return;
    }
    int index = random.nextInt(array.size());
    int other = random.nextInt(array.size());
    switch (random.nextInt(5)) {
      case 0 -> array.remove(index);
      case 1 -> array.set(index, array.get(other).deepCopy());
      case 2 -> array.set(index, near(array.get(index)));
      case 3 -> array.insert(index, array.get(other).deepCopy());
      default -> array.set(index, value(root));
    }
  }

  /** Of the same kind, but another. */
  private JsonNode near(JsonNode node) {
    if (node.isNumber()) {
      return switch (random.nextInt(5)) {
        case 0 -> NODES.numberNode(node.asInt(0) + 1);
        case 1 -> NODES.numberNode(-1 - node.asInt(0));
        case 2 -> NODES.numberNode(Integer.MAX_VALUE);
        case 3 -> NODES.numberNode(1e300);
        default -> NODES.numberNode(random.nextInt(100_000_000));
      };
    }
    if (node.isString()) {
      String text = node.stringValue();
      return switch (random.nextInt(5)) {
        case 0 -> NODES.stringNode("");
        case 1 -> NODES.stringNode(text + text);
        case 2 -> NODES.stringNode(text + "(?<=a*)[");
        case 3 -> NODES.stringNode(TYPES.get(random.nextInt(TYPES.size())));
        default -> NODES.stringNode(text.isEmpty() ? "\uD800" : text.substring(1));
      };
    }
    return node.isBoolean() ? NODES.booleanNode(!node.booleanValue()) : node.deepCopy();
  }

  private JsonNode value(JsonNode root) {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.stringNode(TYPES.get(random.nextInt(TYPES.size())));
      case 4 -> NODES.objectNode().put("type", TYPES.get(random.nextInt(TYPES.size())));
      case 5 -> NODES.arrayNode();
      case 6 -> part(root);
      default -> nested(random.nextInt(200));
    };
  }

  private JsonNode part(JsonNode root) {
    List<JsonNode> parts = new ArrayList<>();
    root.forEach(node -> parts.add(node));
    return parts.isEmpty() ? root : parts.get(random.nextInt(parts.size())).deepCopy();
  }

  /** Sequences within sequences. */
  private static JsonNode nested(int depth) {
    ObjectNode node = NODES.objectNode().put("type", "Sequence");
    for (int i = 0; i < depth / 2; i++) {
      ObjectNode outer = NODES.objectNode().put("type", "Sequence");
      for (String name : List.of("normalizers", "pretokenizers", "processors", "decoders")) {
        outer.putArray(name);
      }
      String inside =
          List.of("normalizers", "pretokenizers", "processors", "decoders").get(depth % 4);
      outer.putArray(inside).add(node);
      node = outer;
    }
    return node;
  }
}

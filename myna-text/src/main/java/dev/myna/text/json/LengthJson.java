package dev.myna.text.json;

import dev.myna.text.Padding;
import dev.myna.text.Truncation;
import dev.myna.text.Truncation.Direction;
import dev.myna.text.Truncation.Strategy;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Truncation and padding. */
final class LengthJson {
  private static final int LONGEST = 1 << 24;

  private LengthJson() {}

  static Truncation truncation(Fields f) {
    Strategy strategy =
        switch (f.string("strategy", "LongestFirst")) {
          case "LongestFirst" -> Strategy.LONGEST_FIRST;
          case "OnlyFirst" -> Strategy.ONLY_FIRST;
          case "OnlySecond" -> Strategy.ONLY_SECOND;
          default ->
              throw f.wrong(
                  "strategy", "LongestFirst, OnlyFirst or OnlySecond", f.required("strategy"));
        };
    return new Truncation(f.integer("max_length"), strategy, f.integer("stride", 0), direction(f));
  }

  private static Direction direction(Fields f) {
    return switch (f.string("direction", "Right")) {
      case "Right" -> Direction.RIGHT;
      case "Left" -> Direction.LEFT;
      default -> throw f.wrong("direction", "Right or Left", f.required("direction"));
    };
  }

  static Padding padding(Fields f) {
    JsonNode strategy = f.required("strategy");
    OptionalInt length =
        strategy.isObject()
            ? OptionalInt.of(length(f.object("strategy"), "Fixed", 0))
            : OptionalInt.empty();
    return new Padding(
        length,
        direction(f),
        length(f, "pad_to_multiple_of", 0),
        f.integer("pad_id", 0),
        f.integer("pad_type_id", 0),
        f.string("pad_token", "[PAD]"));
  }

  /** Tokens to fill up to: a number that memory can hold. */
  private static int length(Fields f, String name, int otherwise) {
    int length = f.integer(name, otherwise);
    if (length < 0 || length > LONGEST) {
      throw f.wrong(name, "a length from 0 to " + LONGEST, f.required(name));
    }
    return length;
  }

  private static String name(Direction direction) {
    return switch (direction) {
      case LEFT -> "Left";
      case RIGHT -> "Right";
    };
  }

  static ObjectNode write(Truncation t) {
    String strategy =
        switch (t.strategy()) {
          case LONGEST_FIRST -> "LongestFirst";
          case ONLY_FIRST -> "OnlyFirst";
          case ONLY_SECOND -> "OnlySecond";
        };
    return JsonNodeFactory.instance
        .objectNode()
        .put("direction", name(t.direction()))
        .put("max_length", t.maxLength())
        .put("strategy", strategy)
        .put("stride", t.stride());
  }

  static ObjectNode write(Padding p) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (p.length().isPresent()) {
      node.putObject("strategy").put("Fixed", p.length().getAsInt());
    } else {
      node.put("strategy", "BatchLongest");
    }
    node.put("direction", name(p.direction()));
    if (p.multipleOf() > 0) {
      node.put("pad_to_multiple_of", p.multipleOf());
    } else {
      node.putNull("pad_to_multiple_of");
    }
    return node.put("pad_id", p.id()).put("pad_type_id", p.typeId()).put("pad_token", p.token());
  }
}

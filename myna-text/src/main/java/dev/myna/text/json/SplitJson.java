package dev.myna.text.json;

import dev.myna.text.split.Behavior;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.PatternSplit;
import dev.myna.text.split.PreTokenizer;
import dev.myna.text.split.SplitSequence;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pre-tokenizers by their type names. */
final class SplitJson {
  private SplitJson() {}

  static PreTokenizer read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    return switch (f.string("type")) {
      case "Sequence" -> {
        List<PreTokenizer> parts = new ArrayList<>();
        for (JsonNode part : f.array("pretokenizers")) {
          parts.add(read(part, where + ".pretokenizers[" + parts.size() + "]"));
        }
        yield new SplitSequence(parts);
      }
      case "ByteLevel" ->
          new ByteLevelSplit(
              f.bool("add_prefix_space", true),
              f.bool("trim_offsets", true),
              f.bool("use_regex", true));
      case "Split" -> readSplit(f);
      case String type -> throw f.unknownType("pre-tokenizer", type, "Sequence, ByteLevel, Split");
    };
  }

  private static PreTokenizer readSplit(Fields f) {
    Behavior behavior = behavior(f, f.string("behavior"));
    boolean invert = f.bool("invert", false);
    Fields pattern = f.object("pattern");
    return pattern.has("Regex")
        ? PatternSplit.regex(pattern.string("Regex"), behavior, invert)
        : PatternSplit.literal(pattern.string("String"), behavior, invert);
  }

  private static Behavior behavior(Fields f, String name) {
    return switch (name) {
      case "Removed" -> Behavior.REMOVED;
      case "Isolated" -> Behavior.ISOLATED;
      case "MergedWithPrevious" -> Behavior.MERGED_WITH_PREVIOUS;
      case "MergedWithNext" -> Behavior.MERGED_WITH_NEXT;
      case "Contiguous" -> Behavior.CONTIGUOUS;
      default ->
          throw f.wrong(
              "behavior",
              "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous",
              f.required("behavior"));
    };
  }

  private static String name(Behavior behavior) {
    return switch (behavior) {
      case REMOVED -> "Removed";
      case ISOLATED -> "Isolated";
      case MERGED_WITH_PREVIOUS -> "MergedWithPrevious";
      case MERGED_WITH_NEXT -> "MergedWithNext";
      case CONTIGUOUS -> "Contiguous";
    };
  }

  static ObjectNode write(PreTokenizer split) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (split) {
      case SplitSequence s -> {
        node.put("type", "Sequence");
        var parts = node.putArray("pretokenizers");
        s.splits().forEach(n -> parts.add(write(n)));
      }
      case ByteLevelSplit s ->
          node.put("type", "ByteLevel")
              .put("add_prefix_space", s.addPrefixSpace())
              .put("trim_offsets", s.trimOffsets())
              .put("use_regex", s.useRegex());
      case PatternSplit s -> {
        node.put("type", "Split");
        node.putObject("pattern").put(s.isRegex() ? "Regex" : "String", s.pattern());
        node.put("behavior", name(s.behavior())).put("invert", s.invert());
      }
    }
    return node;
  }
}

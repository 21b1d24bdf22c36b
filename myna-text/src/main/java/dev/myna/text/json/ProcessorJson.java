package dev.myna.text.json;

import dev.myna.text.process.ByteLevelProcessor;
import dev.myna.text.process.PostProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Post-processors by their type names. */
final class ProcessorJson {
  private ProcessorJson() {}

  static PostProcessor read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    return switch (f.string("type")) {
      case "ByteLevel" ->
          new ByteLevelProcessor(
              f.bool("add_prefix_space", true),
              f.bool("trim_offsets", true),
              f.bool("use_regex", true));
      case String type -> throw f.unknownType("post-processor", type, "ByteLevel");
    };
  }

  static ObjectNode write(PostProcessor processor) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (processor) {
      case ByteLevelProcessor p ->
          node.put("type", "ByteLevel")
              .put("add_prefix_space", p.addPrefixSpace())
              .put("trim_offsets", p.trimOffsets())
              .put("use_regex", p.useRegex());
    }
    return node;
  }
}

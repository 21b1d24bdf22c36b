package dev.myna.text.json;

import dev.myna.text.decode.ByteLevelDecoder;
import dev.myna.text.decode.Decoder;
import dev.myna.text.decode.DecoderSequence;
import dev.myna.text.decode.FuseDecoder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decoders by their type names. */
final class DecoderJson {
  private DecoderJson() {}

  static Decoder read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    return switch (f.string("type")) {
      case "Sequence" -> {
        List<Decoder> parts = new ArrayList<>();
        for (JsonNode part : f.array("decoders")) {
          parts.add(read(part, where + ".decoders[" + parts.size() + "]"));
        }
        yield new DecoderSequence(parts);
      }
      case "ByteLevel" ->
          new ByteLevelDecoder(
              f.bool("add_prefix_space", true),
              f.bool("trim_offsets", true),
              f.bool("use_regex", true));
      case "Fuse" -> new FuseDecoder();
      case String type -> throw f.unknownType("decoder", type, "Sequence, ByteLevel, Fuse");
    };
  }

  static ObjectNode write(Decoder decoder) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (decoder) {
      case DecoderSequence s -> {
        node.put("type", "Sequence");
        var parts = node.putArray("decoders");
        s.decoders().forEach(d -> parts.add(write(d)));
      }
      case ByteLevelDecoder d ->
          node.put("type", "ByteLevel")
              .put("add_prefix_space", d.addPrefixSpace())
              .put("trim_offsets", d.trimOffsets())
              .put("use_regex", d.useRegex());
      case FuseDecoder d -> node.put("type", "Fuse");
    }
    return node;
  }
}

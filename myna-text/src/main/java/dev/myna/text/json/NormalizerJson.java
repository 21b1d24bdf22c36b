package dev.myna.text.json;

import dev.myna.text.normalize.ByteLevelNormalizer;
import dev.myna.text.normalize.LowercaseNormalizer;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.normalize.NormalizerSequence;
import dev.myna.text.normalize.PrependNormalizer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Normalizers by their type names. */
final class NormalizerJson {
  private NormalizerJson() {}

  static Normalizer read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    return switch (f.string("type")) {
      case "Sequence" -> {
        List<Normalizer> parts = new ArrayList<>();
        for (JsonNode part : f.array("normalizers")) {
          parts.add(read(part, where + ".normalizers[" + parts.size() + "]"));
        }
        yield new NormalizerSequence(parts);
      }
      case "Lowercase" -> new LowercaseNormalizer();
      case "Prepend" -> new PrependNormalizer(f.string("prepend"));
      case "ByteLevel" -> new ByteLevelNormalizer();
      case String type ->
          throw f.unknownType("normalizer", type, "Sequence, Lowercase, Prepend, ByteLevel");
    };
  }

  static ObjectNode write(Normalizer normalizer) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (normalizer) {
      case NormalizerSequence s -> {
        node.put("type", "Sequence");
        var parts = node.putArray("normalizers");
        s.normalizers().forEach(n -> parts.add(write(n)));
      }
      case LowercaseNormalizer n -> node.put("type", "Lowercase");
      case PrependNormalizer n -> node.put("type", "Prepend").put("prepend", n.prefix());
      case ByteLevelNormalizer n -> node.put("type", "ByteLevel");
    }
    return node;
  }
}

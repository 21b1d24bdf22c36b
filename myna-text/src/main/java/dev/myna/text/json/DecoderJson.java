package dev.myna.text.json;

import dev.myna.text.decode.BpeDecoder;
import dev.myna.text.decode.ByteFallbackDecoder;
import dev.myna.text.decode.ByteLevelDecoder;
import dev.myna.text.decode.CtcDecoder;
import dev.myna.text.decode.Decoder;
import dev.myna.text.decode.DecoderSequence;
import dev.myna.text.decode.FuseDecoder;
import dev.myna.text.decode.MetaspaceDecoder;
import dev.myna.text.decode.ReplaceDecoder;
import dev.myna.text.decode.StripDecoder;
import dev.myna.text.decode.WordPieceDecoder;
import dev.myna.text.normalize.ReplaceNormalizer;
import dev.myna.text.split.MetaspaceSplit;
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
      case "WordPiece" -> new WordPieceDecoder(f.string("prefix", "##"), f.bool("cleanup", true));
      case "Metaspace" -> {
        MetaspaceSplit.Prepend prepend = SplitJson.prepend(f);
        yield new MetaspaceDecoder(
            f.character("replacement", '▁'),
            prepend != MetaspaceSplit.Prepend.NEVER,
            f.bool("split", true),
            prepend == MetaspaceSplit.Prepend.ALWAYS);
      }
      case "BPEDecoder" -> new BpeDecoder(f.string("suffix", "</w>"));
      case "ByteFallback" -> new ByteFallbackDecoder();
      case "Replace" -> {
        Fields pattern = f.object("pattern");
        yield new ReplaceDecoder(
            pattern.has("Regex")
                ? ReplaceNormalizer.regex(pattern.string("Regex"), f.string("content"))
                : ReplaceNormalizer.literal(pattern.string("String"), f.string("content")));
      }
      case "Strip" ->
          new StripDecoder(
              f.character("content", ' '), f.integer("start", 0), f.integer("stop", 0));
      case "CTC" ->
          new CtcDecoder(
              f.string("pad_token", "<pad>"),
              f.string("word_delimiter_token", "|"),
              f.bool("cleanup", true));
      case String type ->
          throw f.unknownType(
              "decoder",
              type,
              "Sequence, ByteLevel, WordPiece, Metaspace, BPEDecoder, ByteFallback, Fuse, Replace,"
                  + " Strip, CTC");
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
      case WordPieceDecoder d ->
          node.put("type", "WordPiece").put("prefix", d.prefix()).put("cleanup", d.cleanup());
      case MetaspaceDecoder d ->
          node.put("type", "Metaspace")
              .put("replacement", Character.toString(d.replacement()))
              .put("prepend_scheme", d.dropFirst() ? d.always() ? "always" : "first" : "never")
              .put("split", d.split());
      case BpeDecoder d -> node.put("type", "BPEDecoder").put("suffix", d.suffix());
      case ByteFallbackDecoder d -> node.put("type", "ByteFallback");
      case ReplaceDecoder d -> {
        ReplaceNormalizer r = d.replacement();
        node.put("type", "Replace");
        node.putObject("pattern").put(r.isRegex() ? "Regex" : "String", r.pattern());
        node.put("content", r.content());
      }
      case StripDecoder d ->
          node.put("type", "Strip")
              .put("content", Character.toString(d.content()))
              .put("start", d.start())
              .put("stop", d.stop());
      case CtcDecoder d ->
          node.put("type", "CTC")
              .put("pad_token", d.pad())
              .put("word_delimiter_token", d.wordDelimiter())
              .put("cleanup", d.cleanup());
    }
    return node;
  }
}

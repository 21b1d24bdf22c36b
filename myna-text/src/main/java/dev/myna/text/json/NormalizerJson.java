package dev.myna.text.json;

import dev.myna.text.TokenizerException;
import dev.myna.text.normalize.BertNormalizer;
import dev.myna.text.normalize.ByteLevelNormalizer;
import dev.myna.text.normalize.LowercaseNormalizer;
import dev.myna.text.normalize.NmtNormalizer;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.normalize.NormalizerSequence;
import dev.myna.text.normalize.PrecompiledNormalizer;
import dev.myna.text.normalize.PrependNormalizer;
import dev.myna.text.normalize.ReplaceNormalizer;
import dev.myna.text.normalize.StripAccentsNormalizer;
import dev.myna.text.normalize.StripNormalizer;
import dev.myna.text.normalize.UnicodeNormalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Base64;
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
      case "NFC" -> new UnicodeNormalizer(Form.NFC);
      case "NFD" -> new UnicodeNormalizer(Form.NFD);
      case "NFKC" -> new UnicodeNormalizer(Form.NFKC);
      case "NFKD" -> new UnicodeNormalizer(Form.NFKD);
      case "StripAccents" -> new StripAccentsNormalizer();
      case "Strip" -> new StripNormalizer(f.bool("strip_left", true), f.bool("strip_right", true));
      case "Nmt" -> new NmtNormalizer();
      case "BertNormalizer" ->
          new BertNormalizer(
              f.bool("clean_text", true),
              f.bool("handle_chinese_chars", true),
              f.has("strip_accents") ? f.bool("strip_accents", false) : null,
              f.bool("lowercase", true));
      case "Replace" -> {
        Fields pattern = f.object("pattern");
        yield pattern.has("Regex")
            ? ReplaceNormalizer.regex(pattern.string("Regex"), f.string("content"))
            : ReplaceNormalizer.literal(pattern.string("String"), f.string("content"));
      }
      case "Precompiled" -> precompiled(f);
      case String type ->
          throw f.unknownType(
              "normalizer",
              type,
              "Sequence, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, BertNormalizer, Replace,"
                  + " Prepend, Strip, Nmt, Precompiled, ByteLevel");
    };
  }

  private static Normalizer precompiled(Fields f) {
    String map = f.string("precompiled_charsmap");
    try {
      return new PrecompiledNormalizer(Base64.getDecoder().decode(map));
    } catch (IllegalArgumentException e) {
      throw new TokenizerException(
          "%s.precompiled_charsmap must be base64: %s".formatted(f.where(), e.getMessage()), e);
    }
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
      case UnicodeNormalizer n -> node.put("type", n.form().name());
      case StripAccentsNormalizer n -> node.put("type", "StripAccents");
      case StripNormalizer n ->
          node.put("type", "Strip").put("strip_left", n.left()).put("strip_right", n.right());
      case NmtNormalizer n -> node.put("type", "Nmt");
      case BertNormalizer n ->
          node.put("type", "BertNormalizer")
              .put("clean_text", n.cleanText())
              .put("handle_chinese_chars", n.handleChineseChars())
              .put("strip_accents", n.stripAccents())
              .put("lowercase", n.lowercase());
      case ReplaceNormalizer n -> {
        node.put("type", "Replace");
        node.putObject("pattern").put(n.isRegex() ? "Regex" : "String", n.pattern());
        node.put("content", n.content());
      }
      case PrecompiledNormalizer n ->
          node.put("type", "Precompiled")
              .put("precompiled_charsmap", Base64.getEncoder().encodeToString(n.map()));
    }
    return node;
  }
}

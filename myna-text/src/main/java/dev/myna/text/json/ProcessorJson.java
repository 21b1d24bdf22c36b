package dev.myna.text.json;

import dev.myna.text.process.BertProcessor;
import dev.myna.text.process.ByteLevelProcessor;
import dev.myna.text.process.PostProcessor;
import dev.myna.text.process.ProcessorSequence;
import dev.myna.text.process.RobertaProcessor;
import dev.myna.text.process.SpecialToken;
import dev.myna.text.process.TemplateProcessor;
import dev.myna.text.process.TemplateProcessor.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
      case "BertProcessing" -> new BertProcessor(special(f, "sep"), special(f, "cls"));
      case "RobertaProcessing" ->
          new RobertaProcessor(
              special(f, "sep"),
              special(f, "cls"),
              f.bool("trim_offsets", true),
              f.bool("add_prefix_space", true));
      case "Sequence" -> {
        List<PostProcessor> parts = new ArrayList<>();
        for (JsonNode part : f.array("processors")) {
          parts.add(read(part, where + ".processors[" + parts.size() + "]"));
        }
        yield new ProcessorSequence(parts);
      }
      case "TemplateProcessing" -> template(f);
      case String type ->
          throw f.unknownType(
              "post-processor",
              type,
              "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence");
    };
  }

  private static SpecialToken special(Fields f, String name) {
    JsonNode node = f.array(name);
    if (node.size() != 2 || !node.get(0).isString() || !node.get(1).canConvertToInt()) {
      throw f.wrong(name, "a token and its id", node);
    }
    return new SpecialToken(node.get(0).stringValue(), node.get(1).intValue());
  }

  private static PostProcessor template(Fields f) {
    Map<String, List<SpecialToken>> tokens = new LinkedHashMap<>();
    JsonNode named = f.get("special_tokens");
    if (named != null) {
      for (Map.Entry<String, JsonNode> entry : named.properties()) {
        Fields t = new Fields(entry.getValue(), f.where() + ".special_tokens." + entry.getKey());
        JsonNode ids = t.array("ids");
        JsonNode texts = t.array("tokens");
        if (ids.size() != texts.size()) {
          throw t.wrong("ids", texts.size() + " ids, one for each token", ids);
        }
        List<SpecialToken> list = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          list.add(new SpecialToken(texts.get(i).asString(), ids.get(i).asInt()));
        }
        tokens.put(entry.getKey(), list);
      }
    }
    return new TemplateProcessor(
        pieces(f.array("single"), f.where() + ".single"),
        pieces(f.array("pair"), f.where() + ".pair"),
        tokens);
  }

  private static List<Piece> pieces(JsonNode list, String where) {
    List<Piece> pieces = new ArrayList<>();
    for (JsonNode node : list) {
      Fields f = new Fields(node, where + "[" + pieces.size() + "]");
      if (f.has("SpecialToken")) {
        Fields t = f.object("SpecialToken");
        pieces.add(new Piece.Special(t.string("id"), t.integer("type_id", 0)));
      } else {
        Fields t = f.object("Sequence");
        pieces.add(new Piece.Sequence(t.string("id").equals("B"), t.integer("type_id", 0)));
      }
    }
    return pieces;
  }

  private static void writePieces(List<Piece> pieces, ArrayNode list) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Sequence s ->
            list.addObject()
                .putObject("Sequence")
                .put("id", s.second() ? "B" : "A")
                .put("type_id", s.typeId());
        case Piece.Special s ->
            list.addObject()
                .putObject("SpecialToken")
                .put("id", s.name())
                .put("type_id", s.typeId());
      }
    }
  }

  private static void writeTemplate(TemplateProcessor p, ObjectNode node) {
    node.put("type", "TemplateProcessing");
    writePieces(p.single(), node.putArray("single"));
    writePieces(p.pair(), node.putArray("pair"));
    ObjectNode named = node.putObject("special_tokens");
    p.specialTokens()
        .forEach(
            (name, tokens) -> {
              ObjectNode entry = named.putObject(name).put("id", name);
              ArrayNode ids = entry.putArray("ids");
              ArrayNode texts = entry.putArray("tokens");
              for (SpecialToken token : tokens) {
                ids.add(token.id());
                texts.add(token.token());
              }
            });
  }

  private static void write(SpecialToken token, String name, ObjectNode node) {
    node.putArray(name).add(token.token()).add(token.id());
  }

  static ObjectNode write(PostProcessor processor) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (processor) {
      case TemplateProcessor p -> writeTemplate(p, node);
      case BertProcessor p -> {
        node.put("type", "BertProcessing");
        write(p.separator(), "sep", node);
        write(p.classifier(), "cls", node);
      }
      case RobertaProcessor p -> {
        node.put("type", "RobertaProcessing");
        write(p.separator(), "sep", node);
        write(p.classifier(), "cls", node);
        node.put("trim_offsets", p.trimOffsets()).put("add_prefix_space", p.addPrefixSpace());
      }
      case ProcessorSequence p -> {
        node.put("type", "Sequence");
        ArrayNode parts = node.putArray("processors");
        p.processors().forEach(part -> parts.add(write(part)));
      }
      case ByteLevelProcessor p ->
          node.put("type", "ByteLevel")
              .put("add_prefix_space", p.addPrefixSpace())
              .put("trim_offsets", p.trimOffsets())
              .put("use_regex", p.useRegex());
    }
    return node;
  }
}

package dev.myna.text.json;

import dev.myna.text.TokenizerException;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.BpeOptions;
import dev.myna.text.model.Merge;
import dev.myna.text.model.Model;
import dev.myna.text.model.Unigram;
import dev.myna.text.model.Vocabulary;
import dev.myna.text.model.WordLevel;
import dev.myna.text.model.WordPiece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Models by their type names. */
final class ModelJson {
  private ModelJson() {}

  static Model read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    String type = f.has("type") ? f.string("type") : guess(f);
    return switch (type) {
      case "BPE" -> readBpe(f);
      case "WordPiece" ->
          new WordPiece(
              vocabulary(f),
              f.string("unk_token", "[UNK]"),
              f.string("continuing_subword_prefix", "##"),
              f.integer("max_input_chars_per_word", 100));
      case "WordLevel" -> new WordLevel(vocabulary(f), f.string("unk_token", "<unk>"));
      case "Unigram" -> readUnigram(f);
      default -> throw f.unknownType("model", type, "BPE, WordPiece, WordLevel, Unigram");
    };
  }

  /** Files of older libraries leave the type out; the fields tell. */
  private static String guess(Fields f) {
    if (f.has("merges")) {
      return "BPE";
    }
    return f.has("unk_id")
        ? "Unigram"
        : f.has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
  }

  private static Vocabulary vocabulary(Fields f) {
    JsonNode vocab = f.required("vocab");
    if (!vocab.isObject()) {
      throw f.wrong("vocab", "an object of tokens with ids", vocab);
    }
    Map<String, Integer> ids = HashMap.newHashMap(vocab.size());
    for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
      JsonNode id = entry.getValue();
      if (!id.isIntegralNumber() || !id.canConvertToInt()) {
        throw new TokenizerException(
            "%s.vocab[\"%s\"] must be a whole number, found %s"
                .formatted(f.where(), entry.getKey(), Fields.shown(id)));
      }
      ids.put(entry.getKey(), id.intValue());
    }
    return Vocabulary.of(ids);
  }

  private static Bpe readBpe(Fields f) {
    List<Merge> merges = new ArrayList<>();
    for (JsonNode merge : f.array("merges")) {
      merges.add(merge(merge, f.where() + ".merges[" + merges.size() + "]"));
    }
    BpeOptions options =
        new BpeOptions(
            f.has("dropout") ? (float) f.number("dropout") : null,
            f.stringOrNull("unk_token"),
            f.stringOrNull("continuing_subword_prefix"),
            f.stringOrNull("end_of_word_suffix"),
            f.bool("fuse_unk", false),
            f.bool("byte_fallback", false),
            f.bool("ignore_merges", false));
    return new Bpe(vocabulary(f), merges, options);
  }

  private static Merge merge(JsonNode node, String where) {
    if (node.isArray() && node.size() == 2 && node.get(0).isString() && node.get(1).isString()) {
      return new Merge(node.get(0).stringValue(), node.get(1).stringValue());
    }
    if (node.isString()) {
      String text = node.stringValue();
      int space = text.indexOf(' ');
      if (space > 0 && space == text.lastIndexOf(' ') && space + 1 < text.length()) {
        return new Merge(text.substring(0, space), text.substring(space + 1));
      }
    }
    throw new TokenizerException(
        "%s must be two tokens, found %s".formatted(where, Fields.shown(node)));
  }

  private static Unigram readUnigram(Fields f) {
    JsonNode vocab = f.array("vocab");
    List<String> tokens = new ArrayList<>(vocab.size());
    double[] scores = new double[vocab.size()];
    for (JsonNode entry : vocab) {
      if (!entry.isArray()
          || entry.size() != 2
          || !entry.get(0).isString()
          || !entry.get(1).isNumber()) {
        throw new TokenizerException(
            "%s.vocab[%d] must be a token and a score, found %s"
                .formatted(f.where(), tokens.size(), Fields.shown(entry)));
      }
      scores[tokens.size()] = entry.get(1).doubleValue();
      tokens.add(entry.get(0).stringValue());
    }
    return new Unigram(
        Vocabulary.ofRepeating(tokens),
        scores,
        f.integer("unk_id", -1),
        f.bool("byte_fallback", false));
  }

  static ObjectNode write(Model model) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (model) {
      case Bpe bpe -> writeBpe(bpe, node);
      case Unigram unigram -> writeUnigram(unigram, node);
      case WordLevel words -> {
        node.put("type", "WordLevel");
        writeVocabulary(words.vocabulary(), node);
        node.put("unk_token", words.unknown());
      }
      case WordPiece pieces -> {
        node.put("type", "WordPiece")
            .put("unk_token", pieces.unknown())
            .put("continuing_subword_prefix", pieces.prefix())
            .put("max_input_chars_per_word", pieces.longestWord());
        writeVocabulary(pieces.vocabulary(), node);
      }
    }
    return node;
  }

  private static void writeUnigram(Unigram unigram, ObjectNode node) {
    node.put("type", "Unigram");
    if (unigram.unknown() < 0) {
      node.putNull("unk_id");
    } else {
      node.put("unk_id", unigram.unknown());
    }
    ArrayNode vocab = node.putArray("vocab");
    unigram.vocabulary().forEach((token, id) -> vocab.addArray().add(token).add(unigram.score(id)));
    node.put("byte_fallback", unigram.byteFallback());
  }

  private static void writeVocabulary(Vocabulary vocabulary, ObjectNode node) {
    ObjectNode vocab = node.putObject("vocab");
    vocabulary.forEach(vocab::put);
  }

  private static void writeBpe(Bpe bpe, ObjectNode node) {
    BpeOptions o = bpe.options();
    node.put("type", "BPE")
        .put("dropout", o.dropout())
        .put("unk_token", o.unknown())
        .put("continuing_subword_prefix", o.continuingSubwordPrefix())
        .put("end_of_word_suffix", o.endOfWordSuffix())
        .put("fuse_unk", o.fuseUnknown())
        .put("byte_fallback", o.byteFallback())
        .put("ignore_merges", o.ignoreMerges());
    writeVocabulary(bpe.vocabulary(), node);
    ArrayNode merges = node.putArray("merges");
    for (Merge merge : bpe.merges()) {
      merges.addArray().add(merge.left()).add(merge.right());
    }
  }
}

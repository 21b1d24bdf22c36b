package dev.myna.text.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tokenizer.json} in the making: the form that every other vocabulary is translated into,
 * as the converters of Hugging Face Transformers do.
 */
final class Draft {
  private final ObjectNode root = JsonMapper.shared().createObjectNode();
  private final ArrayNode added;

  Draft() {
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    added = root.putArray("added_tokens");
    for (String stage : List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
      root.putNull(stage);
    }
  }

  ObjectNode json() {
    return root;
  }

  /** Adds a token that is found in texts as it stands. */
  void add(String content, int id, boolean special) {
    added
        .addObject()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
  }

  /** An object of this type. */
  static ObjectNode type(String type) {
    return JsonMapper.shared().createObjectNode().put("type", type);
  }

  /** One after the other. */
  static ObjectNode sequence(String items, List<ObjectNode> stages) {
    ObjectNode sequence = type("Sequence");
    sequence.putArray(items).addAll(stages);
    return sequence;
  }

  static ObjectNode byteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) {
    return type("ByteLevel")
        .put("add_prefix_space", addPrefixSpace)
        .put("trim_offsets", trimOffsets)
        .put("use_regex", useRegex);
  }

  /** Cuts at an expression, or replaces a text. */
  static ObjectNode pattern(ObjectNode stage, boolean regex, String pattern) {
    stage.putObject("pattern").put(regex ? "Regex" : "String", pattern);
    return stage;
  }

  static ObjectNode replace(boolean regex, String pattern, String content) {
    return pattern(type("Replace"), regex, pattern).put("content", content);
  }

  void normalizer(ObjectNode stage) {
    root.set("normalizer", stage);
  }

  void preTokenizer(ObjectNode stage) {
    root.set("pre_tokenizer", stage);
  }

  void decoder(ObjectNode stage) {
    root.set("decoder", stage);
  }

  void postProcessor(ObjectNode stage) {
    root.set("post_processor", stage);
  }

  /** Cuts by expressions one after the other and writes pieces in the byte alphabet. */
  void byteLevelStages(List<String> patterns) {
    if (patterns.equals(List.of(Patterns.GPT2))) {
      preTokenizer(byteLevel(false, true, true));
    } else {
      List<ObjectNode> splits = new ArrayList<>();
      for (String pattern : patterns) {
        splits.add(
            pattern(type("Split"), true, pattern).put("behavior", "Isolated").put("invert", false));
      }
      splits.add(byteLevel(false, true, false));
      preTokenizer(sequence("pretokenizers", splits));
    }
    postProcessor(byteLevel(true, false, true));
    decoder(byteLevel(true, true, true));
  }

  /** A BPE model; vocabulary and merges are filled by the caller. */
  ObjectNode bpe() {
    ObjectNode model = type("BPE");
    model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    model.putObject("vocab");
    model.putArray("merges");
    root.set("model", model);
    return model;
  }

  ObjectNode model(ObjectNode model) {
    root.set("model", model);
    return model;
  }

  static void vocabulary(ObjectNode model, Map<String, Integer> ids) {
    ObjectNode vocab = model.putObject("vocab");
    ids.forEach(vocab::put);
  }

  static void merge(ObjectNode model, String left, String right) {
    model.withArray("merges").addArray().add(left).add(right);
  }

  /** Puts special tokens before and after each text. */
  void template(List<String> before, List<String> after, Map<String, Integer> ids) {
    ObjectNode processor = type("TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    sequence(single, before, "A", after, 0);
    ArrayNode pair = processor.putArray("pair");
    sequence(pair, before, "A", after, 0);
    sequence(pair, after.isEmpty() ? before : List.of(), "B", after, 1);
    ObjectNode tokens = processor.putObject("special_tokens");
    for (List<String> list : List.of(before, after)) {
      for (String token : list) {
        ObjectNode entry = tokens.putObject(token).put("id", token);
        entry.putArray("ids").add(ids.getOrDefault(token, 0));
        entry.putArray("tokens").add(token);
      }
    }
    postProcessor(processor);
  }

  private static void sequence(
      ArrayNode list, List<String> before, String text, List<String> after, int type) {
    before.forEach(token -> special(list, token, type));
    list.addObject().putObject("Sequence").put("id", text).put("type_id", type);
    after.forEach(token -> special(list, token, type));
  }

  private static void special(ArrayNode list, String token, int type) {
    list.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
  }
}

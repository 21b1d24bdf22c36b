package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** BERT's {@code vocab.txt}: WordPiece, one token a line, its id the line's number from 0. */
final class BertFile {
  private BertFile() {}

  /**
   * Reads the file. Text is made lower-case as {@code do_lower_case} in a {@code
   * tokenizer_config.json} beside it says, or where no token has a capital letter.
   */
  static ObjectNode read(Path file) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<String> lines = TextFiles.lines(file);
    for (int id = 0; id < lines.size(); id++) {
      Integer before = ids.put(lines.get(id), id);
      if (before != null) {
        throw new TokenizerException(
            "%s has \"%s\" twice, in lines %d and %d"
                .formatted(file, lines.get(id), before + 1, id + 1));
      }
    }
    Path config = file.resolveSibling("tokenizer_config.json");
    JsonNode lower = Files.exists(config) ? TextFiles.json(config).path("do_lower_case") : null;
    boolean lowercase =
        lower != null && lower.isBoolean()
            ? lower.asBoolean()
            : ids.keySet().stream().noneMatch(BertFile::hasCapital);
    return json(file.toString(), ids, lowercase);
  }

  private static boolean hasCapital(String token) {
    return !isSpecial(token) && token.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean isSpecial(String token) {
    return token.startsWith("[") && token.endsWith("]");
  }

  static ObjectNode json(String source, Map<String, Integer> ids, boolean lowercase) {
    if (!ids.containsKey("[UNK]")) {
      throw new TokenizerException(
          source + " has no [UNK]; BERT's vocab.txt with one token a line was wanted");
    }
    Draft draft = new Draft();
    ObjectNode model =
        draft.model(
            Draft.type("WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100));
    Draft.vocabulary(model, ids);
    draft.normalizer(normalizer(lowercase));
    draft.preTokenizer(Draft.type("BertPreTokenizer"));
    draft.decoder(Draft.type("WordPiece").put("prefix", "##").put("cleanup", true));
    for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
      Integer id = ids.get(token);
      if (id != null) {
        draft.add(token, id, true);
      }
    }
    if (ids.containsKey("[CLS]") && ids.containsKey("[SEP]")) {
      draft.template(List.of("[CLS]"), List.of("[SEP]"), ids);
    }
    return draft.json();
  }

  static ObjectNode normalizer(boolean lowercase) {
    return Draft.type("BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", lowercase);
  }
}

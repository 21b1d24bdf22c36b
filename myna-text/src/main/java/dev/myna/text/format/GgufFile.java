package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import dev.myna.text.format.SentencePieceModel.Algorithm;
import dev.myna.text.format.SentencePieceModel.Kind;
import dev.myna.text.format.SentencePieceModel.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The vocabulary of a GGUF file: {@code gpt2}, {@code llama}, {@code t5} or {@code bert}. */
final class GgufFile {
  private static final String PREFIX = "tokenizer.ggml.";

  private final GgufMetadata keys;

  private GgufFile(GgufMetadata keys) {
    this.keys = keys;
  }

  static ObjectNode read(Path file) {
    return new GgufFile(GgufMetadata.read(file)).json();
  }

  private ObjectNode json() {
    String model =
        keys.text(PREFIX + "model")
            .orElseThrow(() -> new TokenizerException(keys.source() + " has no vocabulary in it"));
    List<String> tokens =
        keys.list(PREFIX + "tokens", String.class)
            .orElseThrow(
                () -> new TokenizerException(keys.source() + " has no " + PREFIX + "tokens"));
    return switch (model) {
      case "gpt2" -> bpe(tokens);
      case "llama" -> pieces(tokens, Algorithm.BPE);
      case "t5" -> pieces(tokens, Algorithm.UNIGRAM);
      case "bert" -> bert(tokens);
      default ->
          throw new TokenizerException(
              "%s has a vocabulary of the kind \"%s\"; gpt2, llama, t5 and bert can be read"
                  .formatted(keys.source(), model));
    };
  }

  private Kind kind(List<Long> types, int id) {
    long type = types.isEmpty() ? 1 : types.get(id);
    if (type < 1 || type > Kind.values().length) {
      throw new TokenizerException(
          "%s: token %d has the unknown type %d".formatted(keys.source(), id, type));
    }
    return Kind.values()[(int) type - 1];
  }

  private List<Long> types(List<String> tokens) {
    List<Long> types = keys.list(PREFIX + "token_type", Long.class).orElse(List.of());
    if (!types.isEmpty() && types.size() != tokens.size()) {
      throw new TokenizerException(
          "%s has %d tokens, but types for %d"
              .formatted(keys.source(), tokens.size(), types.size()));
    }
    return types;
  }

  private Map<String, Integer> ids(List<String> tokens) {
    Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(tokens.size());
    for (String token : tokens) {
      Integer before = ids.put(token, ids.size());
      if (before != null) {
        throw new TokenizerException(
            "%s has the token \"%s\" twice, with ids %d and %d"
                .formatted(keys.source(), token, before, ids.size()));
      }
    }
    return ids;
  }

  private ObjectNode bpe(List<String> tokens) {
    String pre = keys.text(PREFIX + "pre").orElse("default");
    List<String> patterns = Patterns.ofGguf(pre);
    Draft draft = new Draft();
    draft.byteLevelStages(patterns);
    ObjectNode model = draft.bpe().put("ignore_merges", patterns.equals(List.of(Patterns.CL100K)));
    Draft.vocabulary(model, ids(tokens));
    List<String> merges = keys.list(PREFIX + "merges", String.class).orElse(List.of());
    for (int i = 0; i < merges.size(); i++) {
      int space = merges.get(i).indexOf(' ', 1);
      if (space < 0) {
        throw new TokenizerException(
            "%s: merge %d must be two tokens, but is \"%s\""
                .formatted(keys.source(), i, merges.get(i)));
      }
      Draft.merge(model, merges.get(i).substring(0, space), merges.get(i).substring(space + 1));
    }
    List<Long> types = types(tokens);
    for (int id = 0; id < tokens.size(); id++) {
      Kind kind = kind(types, id);
      if (kind == Kind.CONTROL || kind == Kind.USER_DEFINED) {
        draft.add(tokens.get(id), id, kind == Kind.CONTROL);
      }
    }
    frame(draft, tokens, false);
    return draft.json();
  }

  private ObjectNode pieces(List<String> tokens, Algorithm algorithm) {
    List<Long> types = types(tokens);
    List<Double> scores = keys.list(PREFIX + "scores", Double.class).orElse(List.of());
    if (scores.size() != tokens.size()) {
      throw new TokenizerException(
          "%s has %d tokens, but scores for %d"
              .formatted(keys.source(), tokens.size(), scores.size()));
    }
    List<Piece> pieces = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      pieces.add(new Piece(tokens.get(id), scores.get(id).floatValue(), kind(types, id)));
    }
    boolean bytes = pieces.stream().anyMatch(p -> p.kind() == Kind.BYTE);
    SentencePieceModel model =
        new SentencePieceModel(
            keys.source(),
            pieces,
            algorithm,
            bytes,
            false,
            charsMap(),
            keys.flag(PREFIX + "add_space_prefix").orElse(true),
            keys.flag(PREFIX + "remove_extra_whitespaces").orElse(false),
            true);
    ObjectNode json = SentencePieceFile.json(model);
    Draft draft = new Draft();
    frame(draft, tokens, algorithm == Algorithm.BPE);
    json.set("post_processor", draft.json().get("post_processor"));
    return json;
  }

  private byte[] charsMap() {
    List<Long> values = keys.list(PREFIX + "precompiled_charsmap", Long.class).orElse(List.of());
    byte[] bytes = new byte[values.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i).byteValue();
    }
    return bytes;
  }

  private ObjectNode bert(List<String> tokens) {
    List<String> words = new ArrayList<>();
    for (String token : tokens) {
      boolean special = token.startsWith("[") && token.endsWith("]");
      boolean begins = token.startsWith("▁");
      words.add(special ? token : begins ? token.substring(1) : "##" + token);
    }
    return BertFile.json(keys.source(), ids(words), true);
  }

  /** Puts the tokens of begin and end around texts where the file says so. */
  private void frame(Draft draft, List<String> tokens, boolean beginByDefault) {
    List<String> before = framed("add_bos_token", beginByDefault, "bos_token_id", tokens);
    List<String> after = framed("add_eos_token", false, "eos_token_id", tokens);
    if (!before.isEmpty() || !after.isEmpty()) {
      Map<String, Integer> ids = new LinkedHashMap<>();
      before.forEach(token -> ids.put(token, tokens.indexOf(token)));
      after.forEach(token -> ids.put(token, tokens.indexOf(token)));
      draft.template(before, after, ids);
    }
  }

  private List<String> framed(String flag, boolean otherwise, String id, List<String> tokens) {
    if (!keys.flag(PREFIX + flag).orElse(otherwise)) {
      return List.of();
    }
    long token = keys.number(PREFIX + id).orElse(-1L);
    if (token < 0 || token >= tokens.size()) {
      throw new TokenizerException(
          "%s: %s is set, but %s is %d of %d tokens"
              .formatted(keys.source(), flag, id, token, tokens.size()));
    }
    return List.of(tokens.get((int) token));
  }
}

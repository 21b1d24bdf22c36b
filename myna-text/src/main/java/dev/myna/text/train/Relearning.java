package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.json.TokenizerJson;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a new tokenizer with the stages, the kind of model and the special tokens of an old one
 * ({@code train_new_from_iterator} of Hugging Face Transformers).
 */
public final class Relearning {
  private Relearning() {}

  /**
   * Learns from texts.
   *
   * @param options the old tokenizer's special tokens are put before those given here
   * @throws TokenizerException where models of the old one's kind cannot be learned
   */
  public static Tokenizer like(
      Tokenizer old,
      Iterable<String> texts,
      VocabularyOptions options,
      int threads,
      Progress progress) {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(TokenizerJson.canonical(old));
    List<String> special =
        old.addedTokens().stream()
            .filter(AddedToken::special)
            .sorted(Comparator.comparingInt(AddedToken::id))
            .map(AddedToken::content)
            .toList();
    List<String> all =
        Stream.concat(special.stream(), options.specialTokens().stream()).distinct().toList();
    VocabularyOptions wanted = options.withSpecialTokens(all);
    if (json.toString().contains("\"ByteLevel\"")) {
      wanted = wanted.withInitialAlphabet(TokenizerSpec.byteAlphabet());
    }
    TokenizerSpec spec =
        new TokenizerSpec(
            old.normalizer().orElse(null),
            old.preTokenizer().orElse(null),
            null,
            null,
            trainer(json.get("model"), wanted),
            false);
    Tokenizer learned = spec.learn(texts, threads, progress);
    JsonNode fresh = JsonMapper.shared().readTree(TokenizerJson.canonical(learned));
    ObjectNode model = (ObjectNode) fresh.get("model");
    for (String kept : List.of("dropout", "fuse_unk", "ignore_merges")) {
      if (model.has(kept) && json.at("/model/" + kept) instanceof JsonNode value) {
        model.set(kept, value);
      }
    }
    json.set("model", model);
    addedTokens(json, fresh, learned);
    postProcessor(json.get("post_processor"), learned);
    return TokenizerJson.read(json);
  }

  private static TokenizerTrainer trainer(JsonNode model, VocabularyOptions options) {
    String type = model.path("type").asString("");
    return switch (type) {
      case "BPE" ->
          new BpeTrainer(
              options,
              text(model, "unk_token"),
              text(model, "continuing_subword_prefix"),
              text(model, "end_of_word_suffix"),
              model.path("byte_fallback").asBoolean(false),
              TieBreak.LOWEST_IDS);
      case "WordPiece" ->
          new WordPieceTrainer(
              options,
              model.path("unk_token").asString("[UNK]"),
              model.path("continuing_subword_prefix").asString("##"));
      case "WordLevel" -> new WordLevelTrainer(options, model.path("unk_token").asString("<unk>"));
      case "Unigram" ->
          UnigramTrainer.of(
              options,
              model.path("vocab").path(model.path("unk_id").asInt(0)).path(0).asString("<unk>"));
      default -> throw new TokenizerException("models of the type " + type + " cannot be learned");
    };
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.asString() : null;
  }

  /** The old special tokens with all that was set on them, under their new ids. */
  private static void addedTokens(ObjectNode json, JsonNode fresh, Tokenizer learned) {
    ArrayNode tokens = JsonMapper.shared().createArrayNode();
    for (JsonNode token : fresh.get("added_tokens")) {
      JsonNode before =
          json.get("added_tokens")
              .valueStream()
              .filter(t -> t.get("content").equals(token.get("content")))
              .findFirst()
              .orElse(token);
      ObjectNode kept = ((ObjectNode) before).deepCopy();
      kept.put("id", learned.id(token.get("content").asString()).orElseThrow());
      tokens.add(kept);
    }
    json.set("added_tokens", tokens);
  }

  /** Writes the new ids of special tokens into the post-processor and those within it. */
  private static void postProcessor(@Nullable JsonNode node, Tokenizer learned) {
    if (!(node instanceof ObjectNode processor)) {
      return;
    }
    processor.path("processors").forEach(inner -> postProcessor(inner, learned));
    for (String name : List.of("sep", "cls")) {
      if (processor.get(name) instanceof ArrayNode pair && pair.size() == 2) {
        pair.set(1, learned.id(pair.get(0).asString()).orElseThrow());
      }
    }
    for (JsonNode special : processor.path("special_tokens")) {
      ArrayNode ids = ((ObjectNode) special).putArray("ids");
      special.get("tokens").forEach(t -> ids.add(learned.id(t.asString()).orElseThrow()));
    }
  }
}

package dev.myna.text.json;

import dev.myna.JsonReason;
import dev.myna.WholeFile;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.Unigram;
import dev.myna.text.model.WordLevel;
import dev.myna.text.model.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code tokenizer_config.json}, which Hugging Face Transformers reads beside {@code
 * tokenizer.json}: the parts that special tokens play, and the chat template. What a file said is
 * kept; a tokenizer that came without one gets what its tokens tell.
 */
public final class SettingsJson {
  private static final String FILE = "tokenizer_config.json";
  private static final long LARGEST = 64L << 20; // bytes

  /** The part that a special token plays, by the names that it has in published tokenizers. */
  private static final Map<String, List<String>> ROLES =
      Map.of(
          "bos_token", List.of("<s>", "<bos>", "<|begin_of_text|>", "<|endoftext|>"),
          "eos_token", List.of("</s>", "<eos>", "<|end_of_text|>", "<|endoftext|>"),
          "pad_token", List.of("<pad>", "[PAD]", "<|pad|>"),
          "mask_token", List.of("<mask>", "[MASK]"),
          "cls_token", List.of("[CLS]"),
          "sep_token", List.of("[SEP]"));

  private SettingsJson() {}

  /**
   * Reads the settings of a tokenizer's folder; a {@code chat_template.jinja} goes in as {@code
   * chat_template}.
   *
   * @return an object in JSON, or null where the folder has neither file
   */
  public static @Nullable String read(Path folder) {
    Path file = folder.resolve(FILE);
    Path template = folder.resolve("chat_template.jinja");
    if (!Files.isRegularFile(file) && !Files.isRegularFile(template)) {
      return null;
    }
    ObjectNode settings =
        Files.isRegularFile(file) ? object(file) : JsonMapper.shared().createObjectNode();
    if (Files.isRegularFile(template)) {
      settings.put("chat_template", text(template));
    }
    return settings.toString();
  }

  private static ObjectNode object(Path file) {
    try {
      if (JsonMapper.shared().readTree(text(file)) instanceof ObjectNode settings) {
        return settings;
      }
    } catch (JacksonException e) {
      throw new TokenizerException(
          "%s is not a readable JSON file: %s".formatted(file, JsonReason.of(e)), e);
    }
    throw new TokenizerException(file + " must hold an object, {\"name\": value, ...}");
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new TokenizerException(
            "%s must have at most %d bytes, but has %d".formatted(file, LARGEST, Files.size(file)));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new TokenizerException(
          "cannot read %s as UTF-8: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Writes the settings of a tokenizer into its folder.
   *
   * @param kept what {@link #read} gave for the tokenizer, or null
   */
  public static void write(Tokenizer tokenizer, @Nullable String kept, Path folder) {
    ObjectNode settings =
        kept == null ? fresh(tokenizer) : (ObjectNode) JsonMapper.shared().readTree(kept);
    ObjectNode added = settings.putObject("added_tokens_decoder");
    for (AddedToken token : tokenizer.addedTokens()) {
      added
          .putObject(Integer.toString(token.id()))
          .put("content", token.content())
          .put("lstrip", token.lstrip())
          .put("normalized", token.normalized())
          .put("rstrip", token.rstrip())
          .put("single_word", token.singleWord())
          .put("special", token.special());
    }
    WholeFile.text(
        folder.resolve(FILE),
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(settings));
  }

  private static ObjectNode fresh(Tokenizer tokenizer) {
    ObjectNode settings = JsonMapper.shared().createObjectNode();
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    settings.put("clean_up_tokenization_spaces", false);
    var names = settings.putArray("model_input_names").add("input_ids");
    if (tokenizer.id("[SEP]").isPresent()) {
      names.add("token_type_ids");
    }
    names.add("attention_mask");
    String unknown = unknown(tokenizer);
    if (unknown != null) {
      settings.put("unk_token", unknown);
    }
    ROLES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            role ->
                role.getValue().stream()
                    .filter(content -> isSpecial(tokenizer, content))
                    .findFirst()
                    .ifPresent(content -> settings.put(role.getKey(), content)));
    return settings;
  }

  private static boolean isSpecial(Tokenizer tokenizer, String content) {
    return tokenizer.addedTokens().stream()
        .anyMatch(token -> token.special() && token.content().equals(content));
  }

  private static @Nullable String unknown(Tokenizer tokenizer) {
    return switch (tokenizer.model()) {
      case Bpe bpe -> bpe.options().unknown();
      case WordPiece pieces -> pieces.unknown();
      case WordLevel words -> words.unknown();
      case Unigram unigram -> unigram.unknown() < 0 ? null : tokenizer.token(unigram.unknown());
    };
  }
}

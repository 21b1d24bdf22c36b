package dev.myna.generate;

import dev.myna.JsonReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model says about its own generation: special tokens and default options, as {@code
 * generation_config.json} of a Hugging Face folder holds them.
 *
 * @param endTokens tokens that end a text; empty for none
 * @param startToken begins an empty prompt, null where the model has none
 * @param padToken fills up shorter rows of a result, null where the model has none
 * @param decoderStart begins what the decoder of an encoder-decoder says, null elsewhere
 * @param forcedStart the first token after a prompt of one token, null for no such rule
 * @param forcedEnd the last token where the length limit ends a text; empty for no such rule
 * @param suppressed tokens never said
 * @param suppressedAtStart tokens not said first
 * @param badWords sequences of tokens never said
 * @param minLength no end token before prompt and continuation have so many tokens
 * @param renormalize log-probabilities of beams are normalised again after penalties and bans
 * @param defaults options that hold where the user gives no other
 * @param unheeded keys that would change the text and that Myna does not follow
 */
public record GenerationConfig(
    List<Integer> endTokens,
    @Nullable Integer startToken,
    @Nullable Integer padToken,
    @Nullable Integer decoderStart,
    @Nullable Integer forcedStart,
    List<Integer> forcedEnd,
    List<Integer> suppressed,
    List<Integer> suppressedAtStart,
    List<List<Integer>> badWords,
    int minLength,
    boolean renormalize,
    Options defaults,
    Set<String> unheeded) {

  private static final String FILE = "generation_config.json";

  /** Keys that change the text, with the value at which they do nothing. */
  private static final Map<String, String> UNHEEDED =
      Map.ofEntries(
          Map.entry("encoder_no_repeat_ngram_size", "0"),
          Map.entry("encoder_repetition_penalty", "1.0"),
          Map.entry("epsilon_cutoff", "0.0"),
          Map.entry("eta_cutoff", "0.0"),
          Map.entry("exponential_decay_length_penalty", ""),
          Map.entry("sequence_bias", ""),
          Map.entry("guidance_scale", "1"),
          Map.entry("top_h", ""),
          Map.entry("penalty_alpha", ""),
          Map.entry("dola_layers", ""),
          Map.entry("diversity_penalty", "0.0"),
          Map.entry("num_beam_groups", "1"),
          Map.entry("constraints", ""),
          Map.entry("force_words_ids", ""),
          Map.entry("watermarking_config", ""),
          Map.entry("token_healing", "false"),
          Map.entry("max_time", ""));

  /** A model that says nothing about itself. */
  public static final GenerationConfig EMPTY =
      new GenerationConfig(
          List.of(),
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          0,
          false,
          Options.NONE,
          Set.of());

  public GenerationConfig {
    endTokens = List.copyOf(endTokens);
    forcedEnd = List.copyOf(forcedEnd);
    suppressed = List.copyOf(suppressed);
    suppressedAtStart = List.copyOf(suppressedAtStart);
    badWords = badWords.stream().map(List::copyOf).toList();
    unheeded = Set.copyOf(unheeded);
  }

  /** The same with other end tokens. */
  public GenerationConfig withEndTokens(Integer... tokens) {
    return new GenerationConfig(
        List.of(tokens),
        startToken,
        padToken,
        decoderStart,
        forcedStart,
        forcedEnd,
        suppressed,
        suppressedAtStart,
        badWords,
        minLength,
        renormalize,
        defaults,
        unheeded);
  }

  /** The same with another start token. */
  public GenerationConfig withStartToken(@Nullable Integer token) {
    return new GenerationConfig(
        endTokens,
        token,
        padToken,
        decoderStart,
        forcedStart,
        forcedEnd,
        suppressed,
        suppressedAtStart,
        badWords,
        minLength,
        renormalize,
        defaults,
        unheeded);
  }

  /** The same with other defaults. */
  public GenerationConfig withDefaults(Options options) {
    return new GenerationConfig(
        endTokens,
        startToken,
        padToken,
        decoderStart,
        forcedStart,
        forcedEnd,
        suppressed,
        suppressedAtStart,
        badWords,
        minLength,
        renormalize,
        options,
        unheeded);
  }

  /**
   * Reads a model's folder: {@code generation_config.json}, or where there is none the keys of
   * older models in {@code config.json}; {@link #EMPTY} where there is neither.
   *
   * @throws GenerationException if the file cannot be read, naming file and key
   */
  public static GenerationConfig read(Path folder) {
    for (String name : List.of(FILE, "config.json")) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        return readFile(file);
      }
    }
    return EMPTY;
  }

  private static GenerationConfig readFile(Path file) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new GenerationException(file + " cannot be read: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new GenerationException("%s is not JSON: %s".formatted(file, JsonReason.of(e)), e);
    }
    if (!root.isObject()) {
      throw new GenerationException(file + " must hold a JSON object: found " + root.getNodeType());
    }
    try {
      return of(new Keys(root));
    } catch (GenerationException e) {
      throw new GenerationException(file + ": " + e.getMessage(), e);
    }
  }

  private static GenerationConfig of(Keys keys) {
    Options defaults = Options.NONE;
    for (Option option : Option.values()) {
      JsonNode value = keys.get(option.label());
      boolean off = option == Option.TOP_K && value != null && value.asString().equals("0");
      if (value != null && !off) {
        defaults = defaults.with(option, plain(value));
      }
    }
    return new GenerationConfig(
        keys.tokens("eos_token_id"),
        keys.token("bos_token_id"),
        keys.token("pad_token_id"),
        keys.token("decoder_start_token_id"),
        keys.token("forced_bos_token_id"),
        keys.tokens("forced_eos_token_id"),
        keys.tokens("suppress_tokens"),
        keys.tokens("begin_suppress_tokens"),
        keys.words("bad_words_ids"),
        keys.count("min_length"),
        keys.flag("renormalize_logits"),
        defaults,
        keys.unheeded());
  }

  private static Object plain(JsonNode value) {
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(each -> texts.add(each.asString()));
      return texts;
    }
    return value.isContainer() ? value.toString() : value.asString();
  }

  /** The keys of one JSON object; null is as good as absent. */
  private record Keys(JsonNode root) {
    @Nullable JsonNode get(String key) {
      JsonNode value = root.get(key);
      return value == null || value.isNull() ? null : value;
    }

    boolean flag(String key) {
      JsonNode value = get(key);
      if (value != null && !value.isBoolean()) {
        throw wrong(key, "true or false", value);
      }
      return value != null && value.asBoolean();
    }

    int count(String key) {
      JsonNode value = get(key);
      if (value != null && !value.isInt()) {
        throw wrong(key, "a whole number", value);
      }
      return value == null ? 0 : value.asInt();
    }

    /** A token, or null where there is none; below 0 stands for none in some models. */
    @Nullable Integer token(String key) {
      List<Integer> tokens = tokens(key);
      return tokens.isEmpty() ? null : tokens.getFirst();
    }

    /** One token or a list. */
    List<Integer> tokens(String key) {
      JsonNode value = get(key);
      return value == null ? List.of() : tokens(key, value);
    }

    private static List<Integer> tokens(String key, JsonNode value) {
      List<Integer> tokens = new ArrayList<>();
      for (JsonNode each : value.isArray() ? value : List.of(value)) {
        if (!each.isInt()) {
          throw wrong(key, "a token id or a list of them", value);
        }
        if (each.asInt() >= 0) {
          tokens.add(each.asInt());
        }
      }
      return tokens;
    }

    List<List<Integer>> words(String key) {
      JsonNode value = get(key);
      List<List<Integer>> words = new ArrayList<>();
      if (value != null && !value.isArray()) {
        throw wrong(key, "a list of lists of token ids", value);
      }
      for (JsonNode word : value == null ? List.<JsonNode>of() : value) {
        List<Integer> tokens = tokens(key, word);
        if (!tokens.isEmpty()) {
          words.add(tokens);
        }
      }
      return words;
    }

    Set<String> unheeded() {
      Set<String> found = new TreeSet<>();
      UNHEEDED.forEach(
          (key, idle) -> {
            JsonNode value = get(key);
            if (value != null && !plain(value).toString().equals(idle)) {
              found.add(key);
            }
          });
      return found;
    }

    private static GenerationException wrong(String key, String wanted, JsonNode found) {
      String text = found.toString();
      return new GenerationException(
          "%s must be %s: found %s"
              .formatted(key, wanted, text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
  }
}

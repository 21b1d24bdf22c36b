package dev.myna.task;

import dev.myna.tensor.CheckpointException;
import dev.myna.text.Tokenizer;
import dev.myna.text.normalize.LowercaseNormalizer;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.normalize.NormalizerSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How a folder of sentence-transformers wants texts to be read; any other folder wants nothing.
 *
 * @param folder of the tokenizer
 * @param longest text, in tokens with those that are put around it
 * @param lowercase whether texts are put into lower case before all else
 * @param prompt what stands before each text, if not empty: the one that the folder names as
 *     default. Other prompts that it lists are for whoever asks for them by name, and are not put
 *     before anything.
 */
public record SentenceReading(Path folder, int longest, boolean lowercase, String prompt) {
  /** Names that the file of limits had over the years. */
  private static final List<String> LIMITS =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /** Settings of the encoder that change nothing here, or are checked. */
  private static final Set<String> KNOWN =
      Set.of(
          "max_seq_length",
          "do_lower_case",
          "transformer_task",
          "module_output_name",
          "modality_config",
          "unpad_inputs",
          "processing_kwargs",
          "model_args",
          "model_kwargs",
          "tokenizer_args",
          "processor_kwargs",
          "config_args",
          "config_kwargs");

  /**
   * What a folder says.
   *
   * @throws CheckpointException if it asks for something that is not followed
   */
  public static SentenceReading of(Path folder) {
    if (!SentenceTransformersFiles.areIn(folder)) {
      return new SentenceReading(folder, Integer.MAX_VALUE, false, "");
    }
    Path encoder = SentenceTransformersFiles.encoder(folder);
    ModuleConfig limits =
        ModuleConfig.read(
            LIMITS.stream()
                .map(encoder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(encoder.resolve(LIMITS.getFirst())));
    limits.knows(KNOWN);
    limits.only("transformer_task", "feature-extraction");
    limits.only("module_output_name", "token_embeddings");
    for (String key : KNOWN) {
      if (limits.said().path(key).isObject()
          && !key.equals("modality_config")
          && !limits.said().path(key).isEmpty()) {
        throw limits.wrong(key, "nothing");
      }
    }
    return new SentenceReading(
        encoder,
        limits.has("max_seq_length") ? limits.integer("max_seq_length") : saved(encoder),
        limits.flag("do_lower_case", false),
        prompt(ModuleConfig.read(folder.resolve("config_sentence_transformers.json"))));
  }

  /** The limit that a tokenizer was saved with; numbers beyond all bounds stand for none. */
  private static int saved(Path encoder) {
    JsonNode said =
        ModuleConfig.read(encoder.resolve("tokenizer_config.json")).said().path("model_max_length");
    return said.canConvertToInt() && said.asInt() > 0 ? said.asInt() : Integer.MAX_VALUE;
  }

  private static String prompt(ModuleConfig config) {
    config.only("model_type", "SentenceTransformer");
    if (config.has("truncate_dim")) {
      throw config.wrong("truncate_dim", "nothing");
    }
    if (!config.has("default_prompt_name")) {
      return "";
    }
    String name = config.said().get("default_prompt_name").asString("");
    JsonNode prompts = config.said().path("prompts");
    if (!prompts.has(name) && !Set.of("query", "document").contains(name)) {
      throw config.wrong("default_prompt_name", "one of " + prompts.propertyNames());
    }
    return prompts.path(name).asString("");
  }

  /** The tokenizer that texts are read by. */
  public Tokenizer tokenizer() {
    Tokenizer saved = Tokenizer.load(folder);
    if (!lowercase) {
      return saved;
    }
    Normalizer lower = new LowercaseNormalizer();
    return saved.toBuilder()
        .normalizer(
            saved
                .normalizer()
                .<Normalizer>map(then -> NormalizerSequence.of(lower, then))
                .orElse(lower))
        .build();
  }

  /** A text with what stands before it. */
  public String text(String text) {
    return prompt + text;
  }
}

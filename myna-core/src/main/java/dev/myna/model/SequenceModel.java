package dev.myna.model;

import dev.myna.JsonReason;
import dev.myna.WholeFile;
import dev.myna.nn.Module;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model that is no Transformer, with what a folder says of it: {@code config.json} holds the kind
 * ({@code model_type}), its {@code spec} and the labels, {@code model.safetensors} the weights by
 * Myna's own paths.
 *
 * @param labels names of classes or tags; empty where it has none
 * @param tokens ids with a meaning, by their keys in {@code config.json}: {@code eos_token_id} …
 */
public record SequenceModel(
    SequenceSpec spec, Module model, List<String> labels, Map<String, Integer> tokens) {
  private static final long SHARD = 5_000_000_000L;
  private static final Map<String, Class<? extends SequenceSpec>> KINDS = new LinkedHashMap<>();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  static {
    KINDS.put("myna-recurrent", RecurrentModel.Spec.class);
    KINDS.put("myna-recurrent-tagger", RecurrentTagger.Spec.class);
    KINDS.put("myna-textcnn", TextCnn.Spec.class);
    KINDS.put("myna-average", AverageModel.Spec.class);
    KINDS.put("myna-seq2seq", RecurrentTranslator.Spec.class);
    KINDS.put("myna-elmo", Elmo.Spec.class);
    KINDS.put("myna-elmo-classifier", ElmoClassifier.Spec.class);
  }

  public SequenceModel {
    labels = List.copyOf(labels);
    tokens = Map.copyOf(tokens);
  }

  /** The same with ids of tokens. */
  public SequenceModel withTokens(Map<String, Integer> ids) {
    return new SequenceModel(spec, model, labels, ids);
  }

  /** Whether a folder holds such a model, by the kind that its {@code config.json} names. */
  public static boolean isIn(Path folder) {
    return KINDS.containsKey(Pretrained.config(folder).path("model_type").asString(""));
  }

  /** Whether it says the next word of a text. */
  public boolean goesOn() {
    return labels.isEmpty() && spec instanceof RecurrentModel.Spec says && says.saysWords();
  }

  /** A fresh model. */
  public static SequenceModel create(SequenceSpec spec, List<String> labels, long seed) {
    Module model = spec.make();
    Initialization.initialize(model, spec.embeddingRange(), Random.seeded(seed));
    return new SequenceModel(spec, model, labels, Map.of());
  }

  /**
   * Loads a folder that {@link #save} wrote.
   *
   * @throws CheckpointException that says all that is wrong with it
   */
  public static SequenceModel load(Path folder) {
    ObjectNode config = Pretrained.config(folder);
    String type = config.path("model_type").asString("");
    Class<? extends SequenceSpec> kind = KINDS.get(type);
    if (kind == null) {
      throw new CheckpointException(
          "config.json of %s: model_type must be one of %s, found %s"
              .formatted(folder, KINDS.keySet(), type));
    }
    SequenceSpec spec;
    try {
      spec = JSON.treeToValue(config.path("spec"), kind);
    } catch (JacksonException e) {
      throw new CheckpointException(
          "config.json of %s does not describe a %s: %s".formatted(folder, type, JsonReason.of(e)),
          e);
    }
    Module model = spec.make();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off();
        Weights weights = Weights.open(folder)) {
      weights.into(model.parameters(), folder.resolve("config.json"));
    }
    List<String> labels =
        config.path("id2label").valueStream().map(node -> node.asString("")).toList();
    Map<String, Integer> tokens = new LinkedHashMap<>();
    config
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().endsWith("_token_id")) {
                tokens.put(entry.getKey(), entry.getValue().asInt(0));
              }
            });
    return new SequenceModel(spec, model, labels, tokens);
  }

  /** Writes the folder, weights first. */
  public void save(Path folder) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      model.parameters().forEach((name, parameter) -> weights.put(name, parameter.detach()));
      Weights.write(folder, weights, SHARD);
    }
    ObjectNode config = JSON.createObjectNode();
    KINDS.forEach(
        (name, kind) -> {
          if (kind.isInstance(spec)) {
            config.put("model_type", name);
          }
        });
    config.set("spec", JSON.valueToTree(spec));
    tokens.forEach(config::put);
    ObjectNode names = config.putObject("id2label");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
    }
    WholeFile.text(
        folder.resolve("config.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
  }
}

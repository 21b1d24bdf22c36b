package dev.myna.task;

import dev.myna.JsonReason;
import dev.myna.WholeFile;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.Pooling;
import dev.myna.tensor.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes the folder of an encoder one of sentence-transformers: its modules, and how hidden
 * states become a vector.
 */
final class SentenceTransformersFiles {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> MODULES = Set.of("Transformer", "Pooling", "Normalize");

  /** Modes by the flags that they were until version 6. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "pooling_mode_mean_tokens", "mean",
          "pooling_mode_cls_token", "cls",
          "pooling_mode_max_tokens", "max",
          "pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens",
          "pooling_mode_weightedmean_tokens", "weightedmean",
          "pooling_mode_lasttoken", "lasttoken");

  private SentenceTransformersFiles() {}

  static void write(Path folder, ModelSpec spec, Pooling pooling) {
    ArrayNode modules = JSON.createArrayNode();
    modules
        .addObject()
        .put("idx", 0)
        .put("name", "0")
        .put("path", "")
        .put("type", "sentence_transformers.models.Transformer");
    modules
        .addObject()
        .put("idx", 1)
        .put("name", "1")
        .put("path", "1_Pooling")
        .put("type", "sentence_transformers.models.Pooling");
    ObjectNode how =
        JSON.createObjectNode()
            .put("word_embedding_dimension", spec.width())
            .put("pooling_mode_cls_token", pooling instanceof Pooling.First)
            .put("pooling_mode_mean_tokens", pooling instanceof Pooling.Mean)
            .put("pooling_mode_max_tokens", pooling instanceof Pooling.Max)
            .put("pooling_mode_mean_sqrt_len_tokens", false);
    ObjectNode limits =
        JSON.createObjectNode().put("max_seq_length", spec.context()).put("do_lower_case", false);
    try {
      Files.createDirectories(folder.resolve("1_Pooling"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make 1_Pooling in " + folder, e);
    }
    write(folder.resolve("1_Pooling/config.json"), how);
    write(folder.resolve("sentence_bert_config.json"), limits);
    write(folder.resolve("modules.json"), modules);
  }

  /**
   * How vectors are made in a folder of sentence-transformers; empty where it is none. Modules
   * after the pooling that change lengths only are let pass, others refused.
   */
  static Optional<Pooling> pooling(Path folder) {
    Path file = folder.resolve("1_Pooling/config.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path modules = folder.resolve("modules.json");
    if (Files.exists(modules)) {
      for (JsonNode module : read(modules)) {
        String type = module.path("type").asString("");
        if (!MODULES.contains(type.substring(type.lastIndexOf('.') + 1))) {
          throw new CheckpointException(
              "%s must consist of a Transformer and a pooling, found the module '%s'"
                  .formatted(modules, type));
        }
      }
    }
    JsonNode how = read(file);
    List<String> chosen = new ArrayList<>();
    JsonNode named = how.path("pooling_mode"); // since version 6
    if (named.isString()) {
      chosen.add(named.asString());
    }
    named.valueStream().map(mode -> mode.asString("")).forEach(chosen::add);
    FLAGS.forEach(
        (flag, mode) -> {
          if (how.path(flag).asBoolean(false)) {
            chosen.add(mode);
          }
        });
    return Optional.of(
        switch (String.join(" and ", chosen)) {
          case "mean" -> new Pooling.Mean();
          case "cls" -> new Pooling.First();
          case "max" -> new Pooling.Max();
          default ->
              throw new CheckpointException(
                  "%s must choose pooling by mean, cls or max, and by one of them, found %s"
                      .formatted(file, chosen));
        });
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file);
    } catch (JacksonException e) {
      throw new CheckpointException("%s is not JSON: %s".formatted(file, JsonReason.of(e)), e);
    }
  }

  private static void write(Path file, JsonNode node) {
    WholeFile.text(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }
}

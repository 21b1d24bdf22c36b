package dev.myna.task;

import dev.myna.WholeFile;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.Pooling;
import dev.myna.tensor.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  /** How vectors are made in a folder of sentence-transformers; empty where it is none. */
  static Optional<Pooling> pooling(Path folder) {
    Path file = folder.resolve("1_Pooling/config.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode how;
    try {
      how = JSON.readTree(file);
    } catch (JacksonException e) {
      throw new CheckpointException(
          "%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
    if (how.path("pooling_mode_mean_tokens").asBoolean(false)) {
      return Optional.of(new Pooling.Mean());
    }
    if (how.path("pooling_mode_cls_token").asBoolean(false)) {
      return Optional.of(new Pooling.First());
    }
    if (how.path("pooling_mode_max_tokens").asBoolean(false)) {
      return Optional.of(new Pooling.Max());
    }
    throw new CheckpointException(
        "%s must choose pooling by the mean, the first token or the largest elements"
            .formatted(file));
  }

  private static void write(Path file, JsonNode node) {
    WholeFile.text(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }
}

package dev.myna.model;

import dev.myna.JsonReason;
import dev.myna.WholeFile;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model with its Hugging Face configuration: what a checkpoint folder holds.
 *
 * @param config the {@code config.json}, with whatever else it says
 * @param model the model itself
 * @param ownHead whether the weights hold a head that is not the table of embeddings, though the
 *     configuration says otherwise (as Transformers does, the weights are believed)
 */
public record Pretrained(ObjectNode config, Transformer model, boolean ownHead) {
  /** Bytes of weights above which a folder gets several files. */
  private static final long SHARD = 5_000_000_000L;

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A fresh model of a shape. */
  public static Pretrained create(Shape shape, long seed) {
    ObjectNode config = Families.config(shape);
    Transformer model = new Transformer(Families.spec(config));
    Initialization.initialize(model, Random.seeded(seed));
    return new Pretrained(config, model, false);
  }

  /**
   * Loads a folder with {@code config.json} and {@code model.safetensors} (or its shards),
   * strictly: every tensor must be there and none left over.
   *
   * @throws CheckpointException that says all that is wrong with it
   */
  public static Pretrained load(Path folder) {
    ObjectNode config = config(folder);
    try (Scope scope = Scope.open();
        Weights weights = Weights.open(folder)) {
      Settings said = new Settings(config, folder);
      boolean ownHead = Families.names(said, Families.spec(said)).ownHead(weights);
      Settings settings = new Settings(config, folder, ownHead);
      Transformer model = new Transformer(Families.spec(settings));
      Families.names(settings, model.spec()).load(folder, weights, model.parameters());
      return new Pretrained(config, model, ownHead);
    }
  }

  /**
   * A model that starts from the weights of another.
   *
   * @param fresh names of the weights that the folder does not have
   * @param unused names of the weights that the model does not have
   */
  public record Start(Pretrained model, List<String> fresh, List<String> unused) {}

  /**
   * Takes the body of a checkpoint, and its head where that is the one wanted; what the checkpoint
   * does not have is fresh.
   *
   * @param head by the end of Hugging Face's class name ({@code ForSequenceClassification}); that
   *     of the checkpoint if empty
   * @param labels of the head; 0 where it has none
   * @param seed of fresh weights
   */
  public static Start start(Path folder, Optional<String> head, int labels, long seed) {
    ObjectNode config = config(folder);
    Settings said = new Settings(config, folder);
    String old = said.kind("");
    boolean same =
        (head.isEmpty() || old.equals(head.get())) && (labels == 0 || labels == said.labels(0));
    if (same) {
      return new Start(load(folder), List.of(), List.of());
    }
    head.ifPresent(wanted -> Families.putHead(config, old, wanted));
    if (labels > 0) {
      config.remove("num_labels");
      Families.putLabelNames(config, Families.numbered(labels));
    }
    try (Scope scope = Scope.open();
        Weights weights = Weights.open(folder)) {
      Settings settings = new Settings(config, folder);
      Transformer model = new Transformer(Families.spec(settings));
      Initialization.initialize(model, Random.seeded(seed));
      NameMap.Left left =
          Families.names(settings, model.spec()).loadSome(folder, weights, model.parameters());
      return new Start(new Pretrained(config, model, false), left.missing(), left.unexpected());
    }
  }

  /** Names of the labels of its head, by {@code id2label}. */
  public List<String> labels() {
    JsonNode names = config.path("id2label");
    return IntStream.range(0, new Settings(config).labels(0))
        .mapToObj(i -> names.path(Integer.toString(i)).asString("LABEL_" + i))
        .toList();
  }

  /** Names the labels of its head, as many as there are. */
  public void name(List<String> labels) {
    Families.putLabelNames(config, labels);
  }

  /** Reads the {@code config.json} of a folder. */
  public static ObjectNode config(Path folder) {
    Path file = folder.resolve("config.json");
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new CheckpointException(file + " must hold a JSON object, found " + node.getNodeType());
    } catch (IOException e) {
      throw new CheckpointException(
          "%s could not be read: is %s the folder of a model?".formatted(file, folder), e);
    } catch (JacksonException e) {
      throw new CheckpointException("%s is not JSON: %s".formatted(file, JsonReason.of(e)), e);
    }
  }

  /** Writes {@code config.json} and the weights, each whole or not at all, weights first. */
  public void save(Path folder) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Weights.write(
          folder,
          Families.names(new Settings(config, folder, ownHead), model.spec())
              .export(model.parameters()),
          SHARD);
    }
    ObjectNode written = config.deepCopy();
    written.put("dtype", "float32");
    WholeFile.text(
        folder.resolve("config.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
  }
}

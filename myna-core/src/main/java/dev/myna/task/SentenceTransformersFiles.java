package dev.myna.task;

import dev.myna.nn.Module;
import dev.myna.nn.SentenceLayers;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * What makes the folder of an encoder one of sentence-transformers: a list of modules, the encoder
 * first, each in a folder of its own.
 *
 * @param encoder the folder of the encoder and its tokenizer
 * @param modules those behind it
 */
record SentenceTransformersFiles(Path encoder, List<SentenceModules.Stored> modules) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LIST = "modules.json";
  private static final String PACKAGE = "sentence_transformers.";

  /** Whether a folder is one of sentence-transformers. */
  static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(LIST))
        || Files.exists(folder.resolve("1_Pooling/config.json"));
  }

  /**
   * Reads the list of modules and the settings of each.
   *
   * @throws CheckpointException if a module or a setting is not followed
   */
  static SentenceTransformersFiles read(Path folder) {
    boolean prompted = !SentenceReading.of(folder).prompt().isEmpty();
    Path list = folder.resolve(LIST);
    if (!Files.exists(list)) {
      return new SentenceTransformersFiles(
          folder, List.of(SentenceModules.read("Pooling", folder.resolve("1_Pooling"), prompted)));
    }
    List<SentenceModules.Stored> modules = new ArrayList<>();
    for (JsonNode module : behind(list)) {
      String type = module.path("type").asString("");
      String name = name(type);
      if (!type.startsWith(PACKAGE) || !SentenceModules.knows(name)) {
        throw new CheckpointException(
            "%s: behind the encoder there must be a CNN, Pooling, Dense or Normalize of sentence-transformers, found the module '%s'"
                .formatted(list, type));
      }
      modules.add(SentenceModules.read(name, place(folder, module), prompted));
    }
    return new SentenceTransformersFiles(encoder(folder), modules);
  }

  /** The folder of the encoder: a sub-folder in the layout of the first versions. */
  static Path encoder(Path folder) {
    Path list = folder.resolve(LIST);
    if (!Files.exists(list)) {
      return folder;
    }
    JsonNode first = ModuleConfig.tree(list).path(0);
    String type = first.path("type").asString("");
    if (!type.startsWith(PACKAGE) || !name(type).equals("Transformer")) {
      throw new CheckpointException(
          "%s: the first module must be a Transformer of sentence-transformers, found '%s'"
              .formatted(list, type));
    }
    return place(folder, first);
  }

  private static List<JsonNode> behind(Path list) {
    return ModuleConfig.tree(list).valueStream().skip(1).toList();
  }

  private static String name(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static Path place(Path folder, JsonNode module) {
    String path = module.path("path").asString("");
    Path place = folder.resolve(path).normalize();
    if (!place.startsWith(folder.normalize())) {
      throw new CheckpointException(
          "%s names %s, which is not within it".formatted(folder.resolve(LIST), path));
    }
    return path.isEmpty() ? folder : place;
  }

  /**
   * The layers, with their weights.
   *
   * @param width of what the encoder says
   * @throws CheckpointException if sizes or weights do not fit
   */
  SentenceLayers layers(int width) {
    int in = width;
    for (SentenceModules.Stored stored : modules) {
      if (stored.in().orElse(in) != in) {
        throw new CheckpointException(
            "%s is for vectors of %d numbers, but those before it have %d"
                .formatted(stored.settings(), stored.in().getAsInt(), in));
      }
      in = stored.layer().outOf(in);
    }
    SentenceLayers layers = new SentenceLayers(spec(), width);
    int number = 0;
    for (Module layer : layers.children().values()) {
      modules.get(number++).fill(layer);
    }
    return layers;
  }

  SentenceSpec spec() {
    try {
      return new SentenceSpec(modules.stream().map(SentenceModules.Stored::layer).toList());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: %s".formatted(encoder.resolve(LIST), e.getMessage()), e);
    }
  }

  /** Writes the modules behind the encoder that a folder holds, and the list of all, last. */
  static void write(Path folder, ModelSpec encoder, SentenceLayers layers) {
    ArrayNode list = JSON.createArrayNode();
    add(list, "", "Transformer");
    int in = encoder.width();
    List<Module> modules = List.copyOf(layers.children().values());
    for (int i = 0; i < modules.size(); i++) {
      SentenceSpec.Layer layer = layers.spec().layers().get(i);
      String type = SentenceModules.type(layer);
      String path = "%d_%s".formatted(i + 1, type);
      SentenceModules.write(folder.resolve(path), layer, modules.get(i), in);
      add(list, path, type);
      in = layer.outOf(in);
    }
    SentenceModules.write(
        folder.resolve("sentence_bert_config.json"),
        JSON.createObjectNode()
            .put("max_seq_length", encoder.context())
            .put("do_lower_case", false));
    SentenceModules.write(folder.resolve(LIST), list);
  }

  /** By the name of a class that every version knows. */
  private static void add(ArrayNode list, String path, String type) {
    int number = list.size();
    list.addObject()
        .put("idx", number)
        .put("name", Integer.toString(number))
        .put("path", path)
        .put("type", PACKAGE + "models." + type);
  }
}

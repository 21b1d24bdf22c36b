package dev.myna.task;

import dev.myna.WholeFile;
import dev.myna.nn.Module;
import dev.myna.spec.Activation;
import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The modules behind an encoder as sentence-transformers stores them: a folder each, with settings
 * and, where there are any, weights. Settings are read by the names of every version, and written
 * by those that every version reads.
 */
final class SentenceModules {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long SHARD = 5_000_000_000L;

  private static final Map<Activation, String> ACTIVATIONS =
      Map.of(
          Activation.LINEAR, "torch.nn.modules.linear.Identity",
          Activation.RELU, "torch.nn.modules.activation.ReLU",
          Activation.RELU6, "torch.nn.modules.activation.ReLU6",
          Activation.LEAKY_RELU, "torch.nn.modules.activation.LeakyReLU",
          Activation.GELU, "torch.nn.modules.activation.GELU",
          Activation.SILU, "torch.nn.modules.activation.SiLU",
          Activation.HARD_SILU, "torch.nn.modules.activation.Hardswish",
          Activation.MISH, "torch.nn.modules.activation.Mish",
          Activation.SIGMOID, "torch.nn.modules.activation.Sigmoid",
          Activation.TANH, "torch.nn.modules.activation.Tanh");

  private SentenceModules() {}

  /**
   * What a folder says of a module.
   *
   * @param in size of what it reads, where it says so
   * @param settings the file that says it
   */
  record Stored(SentenceSpec.Layer layer, OptionalInt in, Path settings) {
    /** Copies the weights beside the settings into the module. */
    void fill(Module module) {
      Map<String, Tensor> parameters = module.parameters();
      if (parameters.isEmpty()) {
        return;
      }
      try (Scope scope = Scope.open();
          Weights weights = Weights.open(settings.resolveSibling(""))) {
        weights.into(parameters, settings);
      }
    }
  }

  /**
   * Reads the settings of a module.
   *
   * @param type its class, without the package
   * @param prompted whether a prompt stands before each text
   */
  static Stored read(String type, Path folder, boolean prompted) {
    Path file = folder.resolve(file(type));
    if (!Files.exists(file) && !type.equals("Normalize")) {
      throw new CheckpointException(
          "the module %s must have its settings in %s, which is not there".formatted(type, file));
    }
    ModuleConfig config = ModuleConfig.read(file);
    try {
      return switch (type) {
        case "CNN" -> convolutions(config);
        case "Pooling" -> pooling(config, prompted);
        case "Dense" -> dense(config);
        default -> normalize(config);
      };
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Whether there is a layer for a class of modules. */
  static boolean knows(String type) {
    return Set.of("CNN", "Pooling", "Dense", "Normalize").contains(type);
  }

  private static String file(String type) {
    return type.equals("CNN") ? "cnn_config.json" : "config.json";
  }

  private static Stored convolutions(ModuleConfig config) {
    config.knows(
        Set.of(
            "in_embedding_dimension",
            "in_word_embedding_dimension",
            "out_channels",
            "kernel_sizes",
            "stride_sizes"));
    if (config.integers("stride_sizes", List.of()).stream().anyMatch(stride -> stride != 1)) {
      throw config.wrong("stride_sizes", "1 for each width, so that each token has an answer");
    }
    return new Stored(
        new SentenceSpec.Convolutions(
            config.integer("out_channels", 256), config.integers("kernel_sizes", List.of(1, 3, 5))),
        in(config, "in_embedding_dimension", "in_word_embedding_dimension"),
        config.file());
  }

  private static Stored pooling(ModuleConfig config, boolean prompted) {
    Set<String> known = new TreeSet<>(PoolingModes.keys());
    known.addAll(Set.of("embedding_dimension", "word_embedding_dimension", "include_prompt"));
    config.knows(known);
    if (prompted && !config.flag("include_prompt", true)) {
      throw new CheckpointException(
          "%s leaves prompts out of the pooling (include_prompt), which is not followed; without a default_prompt_name in config_sentence_transformers.json there is none"
              .formatted(config.file()));
    }
    return new Stored(
        new SentenceSpec.Pool(PoolingModes.read(config)),
        in(config, "embedding_dimension", "word_embedding_dimension"),
        config.file());
  }

  private static Stored dense(ModuleConfig config) {
    config.knows(
        Set.of(
            "in_features",
            "out_features",
            "bias",
            "activation_function",
            "module_input_name",
            "module_output_name",
            "use_residual"));
    ofVectors(config);
    if (config.flag("use_residual", false)) {
      throw config.wrong("use_residual", "false");
    }
    return new Stored(
        new SentenceSpec.Dense(
            config.integer("out_features"), config.flag("bias", true), activation(config)),
        in(config, "in_features", "in_features"),
        config.file());
  }

  private static Stored normalize(ModuleConfig config) {
    config.knows(Set.of("module_input_name", "module_output_name"));
    ofVectors(config);
    return new Stored(new SentenceSpec.Normalize(), OptionalInt.empty(), config.file());
  }

  /** The modules of a late interaction work on tokens, all others on the vector. */
  private static void ofVectors(ModuleConfig config) {
    config.only("module_input_name", "sentence_embedding");
    config.only("module_output_name", "sentence_embedding");
  }

  private static OptionalInt in(ModuleConfig config, String key, String older) {
    int size = config.integer(key, config.integer(older, 0));
    return size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
  }

  /** By the name of a class in {@code torch.nn}, whichever of its modules it is said to be in. */
  private static Activation activation(ModuleConfig config) {
    if (!config.has("activation_function")) {
      return Activation.TANH;
    }
    String name = config.said().get("activation_function").asString("");
    String type = name.substring(name.lastIndexOf('.') + 1);
    return ACTIVATIONS.entrySet().stream()
        .filter(known -> name.startsWith("torch.nn.") && known.getValue().endsWith("." + type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                config.wrong(
                    "activation_function", "one of " + new TreeSet<>(ACTIVATIONS.values())));
  }

  /** The class of a module, without the package. */
  static String type(SentenceSpec.Layer layer) {
    return switch (layer) {
      case SentenceSpec.Convolutions convolutions -> "CNN";
      case SentenceSpec.Pool pool -> "Pooling";
      case SentenceSpec.Dense dense -> "Dense";
      case SentenceSpec.Normalize normalize -> "Normalize";
    };
  }

  /**
   * Writes a module, weights first.
   *
   * @param in size of what it reads
   */
  static void write(Path folder, SentenceSpec.Layer layer, Module module, int in) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      module.parameters().forEach((name, parameter) -> weights.put(name, parameter.detach()));
      if (!weights.isEmpty()) {
        Weights.write(folder, weights, SHARD);
      }
    }
    write(folder.resolve(file(type(layer))), settings(layer, in));
  }

  private static ObjectNode settings(SentenceSpec.Layer layer, int in) {
    ObjectNode settings = JSON.createObjectNode();
    switch (layer) {
      case SentenceSpec.Convolutions convolutions -> {
        settings.put("in_word_embedding_dimension", in);
        settings.put("out_channels", convolutions.filters());
        ArrayNode widths = settings.putArray("kernel_sizes");
        convolutions.widths().forEach(widths::add);
      }
      case SentenceSpec.Pool pool -> {
        settings.put("word_embedding_dimension", in);
        PoolingModes.write(pool.ways(), settings);
      }
      case SentenceSpec.Dense dense -> {
        settings.put("in_features", in);
        settings.put("out_features", dense.size());
        settings.put("bias", dense.bias());
        settings.put("activation_function", ACTIVATIONS.get(dense.activation()));
      }
      case SentenceSpec.Normalize normalize -> {}
    }
    return settings;
  }

  /** Writes a file of JSON. */
  static void write(Path file, JsonNode node) {
    WholeFile.text(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }
}

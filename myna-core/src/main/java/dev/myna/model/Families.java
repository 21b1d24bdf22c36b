package dev.myna.model;

import dev.myna.spec.Activation;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.RotaryScaling;
import dev.myna.tensor.CheckpointException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The families of models, by the {@code model_type} of their {@code config.json}. A family is a
 * row: a function from its configuration to a {@link ModelSpec}, and the names of its tensors.
 */
public final class Families {
  private static final Map<String, Family> ALL =
      new TreeMap<>(
          Map.of("openai-gpt", new OpenAiGpt(), "gpt2", new Gpt2(), "llama", new Llama()));

  private Families() {}

  /** The names of all families. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * What a {@code config.json} describes.
   *
   * @throws CheckpointException if its family is unknown, or one of its settings is not followed
   */
  public static ModelSpec.Decoder spec(JsonNode config) {
    try {
      return family(config).spec(config);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("config.json: " + e.getMessage(), e);
    }
  }

  /** The {@code config.json} of a model to be made. */
  public static ObjectNode config(Shape shape) {
    Family family = ALL.get(shape.family());
    if (family == null) {
      throw new IllegalArgumentException(
          "family must be one of %s, found %s".formatted(names(), shape.family()));
    }
    return family.config(shape);
  }

  static NameMap names(JsonNode config, ModelSpec.Decoder spec) {
    return family(config).names(spec);
  }

  private static Family family(JsonNode config) {
    String type = new Settings(config).text("model_type", "");
    Family family = ALL.get(type);
    if (family == null) {
      throw new Settings(config).unknown("model_type", type, names().toArray());
    }
    return family;
  }

  /** The activations by Hugging Face's names. */
  static Activation activation(Settings settings, String key, String otherwise) {
    String name = settings.text(key, otherwise);
    return switch (name) {
      case "relu" -> Activation.RELU;
      case "gelu", "gelu_python" -> Activation.GELU;
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate" -> Activation.GELU_TANH;
      case "quick_gelu" -> Activation.GELU_QUICK;
      case "silu", "swish" -> Activation.SILU;
      case "tanh" -> Activation.TANH;
      default ->
          throw settings.unknown(
              key,
              name,
              "relu",
              "gelu",
              "gelu_new",
              "gelu_pytorch_tanh",
              "quick_gelu",
              "silu",
              "tanh");
    };
  }

  /** {@code rope_theta}, where newer and older configurations keep it. */
  static double rotaryBase(Settings settings) {
    Settings parameters = settings.object("rope_parameters");
    return parameters.has("rope_theta")
        ? parameters.number("rope_theta", 0)
        : settings.number("rope_theta", 10_000);
  }

  /** {@code rope_parameters}, or {@code rope_scaling} of older configurations. */
  static RotaryScaling rotaryScaling(Settings settings, int context) {
    Settings rope =
        settings.object(settings.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
    String type = rope.text("rope_type", rope.text("type", "default"));
    int trained =
        rope.integer(
            "original_max_position_embeddings",
            settings.integer("original_max_position_embeddings", context));
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(rope.number("factor", 1));
      case "dynamic" -> new RotaryScaling.Dynamic(rope.number("factor", 1), context);
      case "llama3" ->
          new RotaryScaling.Llama3(
              rope.number("factor", 8),
              rope.number("low_freq_factor", 1),
              rope.number("high_freq_factor", 4),
              trained);
      case "yarn" -> yarn(rope, context, trained);
      default ->
          throw rope.unknown("rope_type", type, "default", "linear", "dynamic", "llama3", "yarn");
    };
  }

  private static RotaryScaling yarn(Settings rope, int context, int trained) {
    double factor = rope.number("factor", (double) context / trained);
    double mscale = rope.number("mscale", 0);
    double mscaleAll = rope.number("mscale_all_dim", 0);
    double magnitude =
        rope.has("attention_factor")
            ? rope.number("attention_factor", 1)
            : mscale != 0 && mscaleAll != 0
                ? RotaryScaling.Yarn.paperMagnitude(factor, mscale)
                    / RotaryScaling.Yarn.paperMagnitude(factor, mscaleAll)
                : RotaryScaling.Yarn.paperMagnitude(factor, 1);
    return new RotaryScaling.Yarn(
        factor,
        trained,
        rope.number("beta_fast", 32),
        rope.number("beta_slow", 1),
        magnitude,
        rope.flag("truncate", true));
  }
}

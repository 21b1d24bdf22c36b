package dev.myna.model;

import dev.myna.spec.PositionSpec;
import dev.myna.spec.RotaryScaling;

/** Reads rotary positions, wherever older and newer configurations keep their settings. */
final class RotarySettings {
  private RotarySettings() {}

  /**
   * @param headSize D
   * @param base where the configuration says none
   */
  static PositionSpec.Rotary positions(Settings settings, int headSize, int context, double base) {
    Settings rope =
        settings.object(settings.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
    for (String layers : new String[] {"full_attention", "sliding_attention"}) {
      if (rope.has(layers)) {
        throw rope.wrong("rope_parameters", "the same for all layers", "some for " + layers);
      }
    }
    return new PositionSpec.Rotary(
        headSize,
        rope.number("rope_theta", settings.number("rope_theta", base)),
        scaling(settings, rope, context));
  }

  private static RotaryScaling scaling(Settings settings, Settings rope, int context) {
    String type = rope.text("rope_type", rope.text("type", "default"));
    int trained =
        settings.integer(
            "original_max_position_embeddings",
            rope.integer("original_max_position_embeddings", context));
    double turned =
        rope.number("partial_rotary_factor", settings.number("partial_rotary_factor", 1));
    if (turned != 1 && !type.equals("default")) {
      // With the default type, the library that defines these families ignores the factor.
      throw rope.wrong("partial_rotary_factor", "1 with rope_type " + type, turned);
    }
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(required(rope, type, "factor"));
      case "dynamic" -> new RotaryScaling.Dynamic(required(rope, type, "factor"), context);
      case "llama3" ->
          new RotaryScaling.Llama3(
              required(rope, type, "factor"),
              required(rope, type, "low_freq_factor"),
              required(rope, type, "high_freq_factor"),
              trained);
      case "yarn" -> yarn(rope, context, trained);
      default ->
          throw rope.unknown("rope_type", type, "default", "linear", "dynamic", "llama3", "yarn");
    };
  }

  /** A number that this type cannot do without: a guess would give other positions. */
  private static double required(Settings rope, String type, String key) {
    if (!rope.has(key)) {
      throw rope.wrong(key, "a number with rope_type " + type, "nothing");
    }
    return rope.number(key, 1);
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
        nonZero(rope.number("beta_fast", 32), 32),
        nonZero(rope.number("beta_slow", 1), 1),
        magnitude,
        rope.flag("truncate", true));
  }

  /** Zero stands for the default. */
  private static double nonZero(double value, double otherwise) {
    return value == 0 ? otherwise : value;
  }
}

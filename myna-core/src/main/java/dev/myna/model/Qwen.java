package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Qwen 2 (Yang et al., 2024), which has biases on queries, keys and values, and Qwen 3 (Yang et
 * al., 2025), which has norms on queries and keys; windows in the upper layers where wanted.
 */
final class Qwen implements Family {
  private final boolean third;

  /**
   * @param third whether it is Qwen 3
   */
  Qwen(boolean third) {
    this.third = third;
  }

  @Override
  public ModelSpec spec(Settings settings) {
    boolean bias = third && settings.flag("attention_bias", false);
    NormSpec norm = new NormSpec.Rms(settings.number("rms_norm_eps", 1e-6));
    AttentionSpec attention =
        third
            ? Decoders.attention(settings, 32, 128, bias, bias).headNormed(norm)
            : Decoders.attention(settings, 32, 0, true, false);
    BlockSpec block =
        new BlockSpec(norm, NormPlace.BEFORE, attention, Decoders.gated(settings, false));
    int window =
        settings.flag("use_sliding_window", false)
            ? settings.present("sliding_window") ? settings.integer("sliding_window", 0) : 4096
            : 0;
    int full = window == 0 ? Integer.MAX_VALUE : settings.integer("max_window_layers", 28);
    List<String> types =
        IntStream.range(0, settings.integer("num_hidden_layers"))
            .mapToObj(layer -> layer < full ? "full_attention" : "sliding_attention")
            .toList();
    return Decoders.decoder(
        settings,
        Decoders.layers(settings, block, types, window),
        new Decoders.Decoding(32_768, 10_000, false, 1, 0));
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    return Decoders.namesWithOldAnswers(settings, spec).build();
  }

  @Override
  public List<String> heads() {
    return Decoders.HEADS;
  }

  @Override
  public Set<Choice> choices() {
    return third ? Decoders.choices(Choice.WINDOW, Choice.BIAS) : Decoders.choices(Choice.WINDOW);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config =
        third
            ? Decoders.config(shape, "qwen3", "Qwen3")
                .put("attention_bias", shape.flag(Choice.BIAS, false))
            : Decoders.config(shape, "qwen2", "Qwen2");
    boolean windowed = shape.integer(Choice.WINDOW, 0) > 0;
    return Families.putWindow(config, shape)
        .put("use_sliding_window", windowed)
        .put("max_window_layers", windowed ? 0 : shape.layers());
  }
}

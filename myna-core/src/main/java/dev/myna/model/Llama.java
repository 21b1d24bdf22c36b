package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * LLaMA 1 to 3 (Touvron et al., 2023; Dubey et al., 2024): rotary positions, RMS norms before the
 * layers, gated feed-forward, shared key heads.
 */
final class Llama implements Family {
  @Override
  public ModelSpec spec(Settings settings) {
    boolean bias = settings.flag("attention_bias", false);
    AttentionSpec attention = Decoders.attention(settings, 0, 0, bias, bias);
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Rms(settings.number("rms_norm_eps", 1e-6)),
            NormPlace.BEFORE,
            attention,
            Decoders.gated(settings, settings.flag("mlp_bias", false)));
    return Decoders.decoder(
        settings,
        Collections.nCopies(settings.integer("num_hidden_layers"), block),
        Decoders.Decoding.PLAIN);
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
    return Decoders.choices(Choice.BIAS);
  }

  @Override
  public ObjectNode config(Shape shape) {
    boolean bias = shape.flag(Choice.BIAS, false);
    return Decoders.config(shape, "llama", "Llama")
        .put("attention_bias", bias)
        .put("mlp_bias", bias);
  }
}

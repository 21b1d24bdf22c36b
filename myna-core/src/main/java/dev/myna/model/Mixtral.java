package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Mixtral (Jiang et al., 2024): Mistral with several feed-forward layers to choose from. */
final class Mixtral implements Family {
  @Override
  public ModelSpec spec(Settings settings) {
    AttentionSpec attention =
        Decoders.attention(settings, 8, 0, false, false)
            .windowed(settings.integer("sliding_window", 0));
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Rms(settings.number("rms_norm_eps", 1e-5)),
            NormPlace.BEFORE,
            attention,
            new FeedForwardSpec.Experts(
                settings.integer("num_local_experts", 8),
                settings.integer("num_experts_per_tok", 2),
                Decoders.gated(settings, false),
                settings.number("router_aux_loss_coef", 0.001),
                settings.number("router_jitter_noise", 0)));
    return Decoders.decoder(
        settings,
        Collections.nCopies(settings.integer("num_hidden_layers"), block),
        new Decoders.Decoding(131_072, 1_000_000, false, 1, 0));
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    return Decoders.names(settings, spec).build();
  }

  @Override
  public List<String> heads() {
    return Decoders.HEADS;
  }

  @Override
  public Set<Choice> choices() {
    return Decoders.choices(
        Choice.WINDOW,
        Choice.EXPERTS,
        Choice.EXPERTS_PER_TOKEN,
        Choice.EXPERT_BALANCE,
        Choice.ROUTER_JITTER);
  }

  @Override
  public ObjectNode config(Shape shape) {
    return Families.putWindow(Decoders.config(shape, "mixtral", "Mixtral"), shape)
        .put("num_local_experts", shape.integer(Choice.EXPERTS, 8))
        .put("num_experts_per_tok", shape.integer(Choice.EXPERTS_PER_TOKEN, 2))
        .put("router_aux_loss_coef", shape.number(Choice.EXPERT_BALANCE, 0.01))
        .put("router_jitter_noise", shape.number(Choice.ROUTER_JITTER, 0))
        .put("output_router_logits", false);
  }
}

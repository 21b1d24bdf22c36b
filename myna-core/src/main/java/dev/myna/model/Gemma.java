package dev.myna.model;

import dev.myna.spec.Activation;
import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemma 1 (Gemma Team, 2024): LLaMA with scaled embeddings, gains around zero and a tanh-gated
 * feed-forward. Gemma 2 (Gemma Team, 2024) adds norms after the layers, windows in every other
 * layer, and soft caps on scores and logits.
 */
final class Gemma implements Family {
  private final boolean second;

  /**
   * @param second whether it is Gemma 2
   */
  Gemma(boolean second) {
    this.second = second;
  }

  @Override
  public ModelSpec spec(Settings settings) {
    settings.only("use_bidirectional_attention", false);
    boolean bias = settings.flag("attention_bias", false);
    NormSpec norm = new NormSpec.Rms(settings.number("rms_norm_eps", 1e-6), 1);
    AttentionSpec plain = Decoders.attention(settings, second ? 4 : 16, 256, bias, bias);
    AttentionSpec attention =
        second
            ? plain
                .scaled(1 / Math.sqrt(settings.number("query_pre_attn_scalar", 256)))
                .capped(orAbsent(settings, "attn_logit_softcapping", 50))
            : plain;
    BlockSpec block =
        new BlockSpec(
            norm,
            second ? NormPlace.BOTH : NormPlace.BEFORE,
            attention,
            new FeedForwardSpec.Gated(
                settings.integer("intermediate_size"), activation(settings), false));
    double scale = (float) Math.sqrt(settings.integer("hidden_size"));
    return Decoders.decoder(
        settings,
        blocks(settings, block),
        new Decoders.Decoding(
            8192,
            10_000,
            true,
            scale,
            second ? orAbsent(settings, "final_logit_softcapping", 30) : 0));
  }

  private List<BlockSpec> blocks(Settings settings, BlockSpec block) {
    int layers = settings.integer("num_hidden_layers");
    if (!second) {
      return Collections.nCopies(layers, block);
    }
    List<String> types =
        IntStream.range(0, layers)
            .mapToObj(layer -> layer % 2 == 0 ? "sliding_attention" : "full_attention")
            .toList();
    int window = (int) orAbsent(settings, "sliding_window", 4096);
    return Decoders.layers(settings, block, types, window);
  }

  /** A number that may be switched off by null. */
  private static double orAbsent(Settings settings, String key, double otherwise) {
    return settings.present(key) ? settings.number(key, 0) : otherwise;
  }

  /** In Gemma 1 the name "gelu" always meant the approximation by a hyperbolic tangent. */
  private Activation activation(Settings settings) {
    String key = second ? "hidden_activation" : "hidden_act";
    Activation named = Families.activation(settings, key, "gelu_pytorch_tanh");
    return !second && settings.text(key, "").equals("gelu") ? Activation.GELU_TANH : named;
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    return Decoders.names(settings, spec).build();
  }

  @Override
  public List<String> heads() {
    return List.of("ForCausalLM", "Model", "ForSequenceClassification", "ForTokenClassification");
  }

  @Override
  public Set<Choice> choices() {
    return second ? Decoders.choices(Choice.WINDOW, Choice.BIAS) : Decoders.choices(Choice.BIAS);
  }

  @Override
  public ObjectNode config(Shape shape) {
    Shape tied = shape.with(Choice.TIED, shape.flag(Choice.TIED, true));
    Shape chosen = tied.with(Choice.ACTIVATION, shape.text(Choice.ACTIVATION, "gelu_pytorch_tanh"));
    ObjectNode config =
        second
            ? Decoders.config(chosen, "gemma2", "Gemma2")
            : Decoders.config(chosen, "gemma", "Gemma");
    config.put("attention_bias", shape.flag(Choice.BIAS, false));
    if (second) {
      config.remove("hidden_act");
      config
          .put("hidden_activation", chosen.text(Choice.ACTIVATION, "gelu_pytorch_tanh"))
          .put("query_pre_attn_scalar", config.path("head_dim").asInt())
          .put("sliding_window", shape.integer(Choice.WINDOW, 4096))
          .put("attn_logit_softcapping", 50.0)
          .put("final_logit_softcapping", 30.0);
    }
    return config;
  }
}

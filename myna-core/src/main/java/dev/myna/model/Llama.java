package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.DropoutSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import dev.myna.spec.PositionSpec;
import java.util.Collections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * LLaMA 1 to 3 (Touvron et al., 2023; Dubey et al., 2024): rotary positions, RMS norms before the
 * layers, gated feed-forward, shared key heads.
 */
final class Llama implements Family {
  @Override
  public ModelSpec.Decoder spec(JsonNode config) {
    Settings settings = new Settings(config);
    int width = settings.integer("hidden_size");
    int heads = settings.integer("num_attention_heads");
    int headSize = settings.integer("head_dim", Math.max(1, width / Math.max(1, heads)));
    int context = settings.integer("max_position_embeddings", 2048);
    boolean bias = settings.flag("attention_bias", false);
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Rms(settings.number("rms_norm_eps", 1e-6)),
            NormPlace.BEFORE,
            new AttentionSpec(
                heads,
                settings.integer("num_key_value_heads", heads),
                headSize,
                bias,
                bias,
                1 / Math.sqrt(headSize)),
            new FeedForwardSpec.Gated(
                settings.integer("intermediate_size"),
                Families.activation(settings, "hidden_act", "silu"),
                settings.flag("mlp_bias", false)));
    double turned =
        settings
            .object("rope_parameters")
            .number("partial_rotary_factor", settings.number("partial_rotary_factor", 1));
    return new ModelSpec.Decoder(
        settings.integer("vocab_size"),
        width,
        context,
        new PositionSpec.Rotary(
            (int) (headSize * turned),
            Families.rotaryBase(settings),
            Families.rotaryScaling(settings, context)),
        Collections.nCopies(settings.integer("num_hidden_layers"), block),
        true,
        settings.flag("tie_word_embeddings", false) ? new HeadSpec.Tied() : new HeadSpec.Own(),
        // The family itself has no dropout but on attention weights; fresh models may ask for it.
        new DropoutSpec(
            settings.number("embd_pdrop", 0),
            settings.number("attention_dropout", 0),
            settings.number("resid_pdrop", 0)),
        settings.number("initializer_range", 0.02));
  }

  @Override
  public NameMap names(ModelSpec.Decoder spec) {
    AttentionSpec attention = spec.blocks().getFirst().attention();
    boolean mlpBias =
        spec.blocks().getFirst().feedForward() instanceof FeedForwardSpec.Gated gated
            && gated.bias();
    NameMap.Builder names =
        new NameMap.Builder("model.", spec.blocks().size())
            .same("model.embed_tokens.weight", "tokens.weight")
            .same("model.layers.*.input_layernorm.weight", "blocks.*.attentionNorm.weight")
            .layer("model.layers.*.self_attn.q_proj", "blocks.*.attention.query", attention.bias())
            .layer("model.layers.*.self_attn.k_proj", "blocks.*.attention.key", attention.bias())
            .layer("model.layers.*.self_attn.v_proj", "blocks.*.attention.value", attention.bias())
            .layer("model.layers.*.self_attn.o_proj", "blocks.*.attention.out", attention.outBias())
            .same(
                "model.layers.*.post_attention_layernorm.weight", "blocks.*.feedForwardNorm.weight")
            .layer("model.layers.*.mlp.gate_proj", "blocks.*.feedForward.gate", mlpBias)
            .layer("model.layers.*.mlp.up_proj", "blocks.*.feedForward.up", mlpBias)
            .layer("model.layers.*.mlp.down_proj", "blocks.*.feedForward.down", mlpBias)
            .same("model.norm.weight", "norm.weight")
            .ignore("(model\\.)?layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");
    return switch (spec.head()) {
      case HeadSpec.Tied tied -> names.ignore("lm_head\\.weight").build();
      case HeadSpec.Own own -> names.same("lm_head.weight", "head.weight").build();
    };
  }

  @Override
  public ObjectNode config(Shape shape) {
    // Two thirds of four times the width, so that three matrices weigh what two would.
    int feedForward =
        shape.feedForward() > 0 ? shape.feedForward() : (8 * shape.width() / 3 + 31) / 32 * 32;
    ObjectNode config = JsonMapper.shared().createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config
        .put("model_type", "llama")
        .put("vocab_size", shape.vocabulary())
        .put("hidden_size", shape.width())
        .put("intermediate_size", feedForward)
        .put("num_hidden_layers", shape.layers())
        .put("num_attention_heads", shape.heads())
        .put("num_key_value_heads", shape.keyHeads() > 0 ? shape.keyHeads() : shape.heads())
        .put("head_dim", shape.width() / shape.heads())
        .put("hidden_act", "silu")
        .put("max_position_embeddings", shape.context())
        .put("rms_norm_eps", shape.normEpsilon() > 0 ? shape.normEpsilon() : 1e-5)
        .put("attention_bias", false)
        .put("mlp_bias", false)
        .put("tie_word_embeddings", shape.tied())
        .put("embd_pdrop", shape.dropout())
        .put("attention_dropout", shape.dropout())
        .put("resid_pdrop", shape.dropout())
        .put("initializer_range", 0.02);
    config
        .putObject("rope_parameters")
        .put("rope_theta", shape.rotaryBase() > 0 ? shape.rotaryBase() : 10_000.0)
        .put("rope_type", "default");
    return config;
  }
}

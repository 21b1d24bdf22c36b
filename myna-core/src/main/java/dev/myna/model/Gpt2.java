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

/** GPT-2 (Radford et al., 2019): learned positions, norms before the layers, tied head. */
final class Gpt2 implements Family {
  @Override
  public ModelSpec.Decoder spec(JsonNode config) {
    Settings settings = new Settings(config);
    settings.only("add_cross_attention", false);
    settings.only("scale_attn_by_inverse_layer_idx", false);
    int width = settings.integer("n_embd");
    int context = settings.integer("n_positions", settings.integer("n_ctx", 1024));
    AttentionSpec attention = AttentionSpec.full(width, settings.integer("n_head"));
    if (!settings.flag("scale_attn_weights", true)) {
      attention =
          new AttentionSpec(
              attention.heads(), attention.keyHeads(), attention.headSize(), true, true, 1);
    }
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Layer(settings.number("layer_norm_epsilon", 1e-5)),
            NormPlace.BEFORE,
            attention,
            new FeedForwardSpec.Mlp(
                settings.integer("n_inner", 4 * width),
                Families.activation(settings, "activation_function", "gelu_new"),
                true));
    return new ModelSpec.Decoder(
        settings.integer("vocab_size"),
        width,
        context,
        new PositionSpec.Learned(context),
        Collections.nCopies(settings.integer("n_layer"), block),
        true,
        settings.flag("tie_word_embeddings", true) ? new HeadSpec.Tied() : new HeadSpec.Own(),
        dropout(settings),
        settings.number("initializer_range", 0.02));
  }

  static DropoutSpec dropout(Settings settings) {
    return new DropoutSpec(
        settings.number("embd_pdrop", 0.1),
        settings.number("attn_pdrop", 0.1),
        settings.number("resid_pdrop", 0.1));
  }

  @Override
  public NameMap names(ModelSpec.Decoder spec) {
    NameMap.Builder names =
        new NameMap.Builder("transformer.", spec.blocks().size())
            .same("transformer.wte.weight", "tokens.weight")
            .same("transformer.wpe.weight", "positions.weight")
            .layer("transformer.h.*.ln_1", "blocks.*.attentionNorm", true)
            .transposedLayer(
                "transformer.h.*.attn.c_attn",
                "blocks.*.attention.query",
                "blocks.*.attention.key",
                "blocks.*.attention.value")
            .transposedLayer("transformer.h.*.attn.c_proj", "blocks.*.attention.out")
            .layer("transformer.h.*.ln_2", "blocks.*.feedForwardNorm", true)
            .transposedLayer("transformer.h.*.mlp.c_fc", "blocks.*.feedForward.up")
            .transposedLayer("transformer.h.*.mlp.c_proj", "blocks.*.feedForward.down")
            .layer("transformer.ln_f", "norm", true)
            .ignore("(transformer\\.)?h\\.\\d+\\.attn\\.(bias|masked_bias)");
    return switch (spec.head()) {
      case HeadSpec.Tied tied -> names.ignore("lm_head\\.weight").build();
      case HeadSpec.Own own -> names.same("lm_head.weight", "head.weight").build();
    };
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config = JsonMapper.shared().createObjectNode();
    config.putArray("architectures").add("GPT2LMHeadModel");
    config.put("model_type", "gpt2").put("activation_function", "gelu_new");
    putSizes(config, shape);
    if (shape.feedForward() > 0) {
      config.put("n_inner", shape.feedForward());
    } else {
      config.putNull("n_inner");
    }
    return config.put("tie_word_embeddings", shape.tied());
  }

  /** What GPT-1 and GPT-2 call by the same names. */
  static void putSizes(ObjectNode config, Shape shape) {
    config
        .put("vocab_size", shape.vocabulary())
        .put("n_positions", shape.context())
        .put("n_embd", shape.width())
        .put("n_layer", shape.layers())
        .put("n_head", shape.heads())
        .put("embd_pdrop", shape.dropout())
        .put("attn_pdrop", shape.dropout())
        .put("resid_pdrop", shape.dropout())
        .put("layer_norm_epsilon", shape.normEpsilon() > 0 ? shape.normEpsilon() : 1e-5)
        .put("initializer_range", 0.02);
  }
}

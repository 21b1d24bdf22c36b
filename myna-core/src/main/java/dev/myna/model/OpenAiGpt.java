package dev.myna.model;

import dev.myna.spec.Activation;
import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
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

/** GPT-1 (Radford et al., 2018): learned positions, norms after the layers, no final norm. */
final class OpenAiGpt implements Family {
  @Override
  public ModelSpec.Decoder spec(JsonNode config) {
    Settings settings = new Settings(config);
    int width = settings.integer("n_embd");
    int context = settings.integer("n_positions", settings.integer("n_ctx", 512));
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Layer(settings.number("layer_norm_epsilon", 1e-5)),
            NormPlace.AFTER,
            AttentionSpec.full(width, settings.integer("n_head")),
            new FeedForwardSpec.Mlp(4 * width, activation(settings), true));
    return new ModelSpec.Decoder(
        settings.integer("vocab_size"),
        width,
        context,
        new PositionSpec.Learned(context),
        Collections.nCopies(settings.integer("n_layer"), block),
        false,
        settings.flag("tie_word_embeddings", true) ? new HeadSpec.Tied() : new HeadSpec.Own(),
        Gpt2.dropout(settings),
        settings.number("initializer_range", 0.02));
  }

  /** In this family the name "gelu" means the approximation by a hyperbolic tangent. */
  private static Activation activation(Settings settings) {
    String name = settings.text("afn", "gelu");
    return switch (name) {
      case "gelu" -> Activation.GELU_TANH;
      case "relu" -> Activation.RELU;
      case "silu", "swish" -> Activation.SILU;
      default -> throw settings.unknown("afn", name, "gelu", "relu", "silu", "swish");
    };
  }

  @Override
  public NameMap names(ModelSpec.Decoder spec) {
    NameMap.Builder names =
        new NameMap.Builder("transformer.", spec.blocks().size())
            .same("transformer.tokens_embed.weight", "tokens.weight")
            .same("transformer.positions_embed.weight", "positions.weight")
            .transposedLayer(
                "transformer.h.*.attn.c_attn",
                "blocks.*.attention.query",
                "blocks.*.attention.key",
                "blocks.*.attention.value")
            .transposedLayer("transformer.h.*.attn.c_proj", "blocks.*.attention.out")
            .layer("transformer.h.*.ln_1", "blocks.*.attentionNorm", true)
            .transposedLayer("transformer.h.*.mlp.c_fc", "blocks.*.feedForward.up")
            .transposedLayer("transformer.h.*.mlp.c_proj", "blocks.*.feedForward.down")
            .layer("transformer.h.*.ln_2", "blocks.*.feedForwardNorm", true)
            .ignore("(transformer\\.)?h\\.\\d+\\.attn\\.bias")
            .ignore("(transformer\\.)?position_ids");
    return switch (spec.head()) {
      case HeadSpec.Tied tied -> names.ignore("lm_head\\.weight").build();
      case HeadSpec.Own own -> names.same("lm_head.weight", "head.weight").build();
    };
  }

  @Override
  public ObjectNode config(Shape shape) {
    if (shape.feedForward() != 0 && shape.feedForward() != 4 * shape.width()) {
      throw new IllegalArgumentException(
          "openai-gpt has a feed-forward width of four times the width, %d; found %d"
              .formatted(4 * shape.width(), shape.feedForward()));
    }
    ObjectNode config = JsonMapper.shared().createObjectNode();
    config.putArray("architectures").add("OpenAIGPTLMHeadModel");
    config.put("model_type", "openai-gpt").put("afn", "gelu");
    Gpt2.putSizes(config, shape);
    return config.put("tie_word_embeddings", shape.tied());
  }
}

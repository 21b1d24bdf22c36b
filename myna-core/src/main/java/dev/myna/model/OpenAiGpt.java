package dev.myna.model;

import dev.myna.spec.Activation;
import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.EmbeddingSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import dev.myna.spec.PositionSpec;
import dev.myna.spec.TowerSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** GPT-1 (Radford et al., 2018): learned positions, norms after the layers, no final norm. */
final class OpenAiGpt implements Family {
  @Override
  public ModelSpec spec(Settings settings) {
    int width = settings.integer("n_embd");
    int context = settings.integer("n_positions", settings.integer("n_ctx", 512));
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Layer(settings.number("layer_norm_epsilon", 1e-5)),
            NormPlace.AFTER,
            AttentionSpec.full(width, settings.integer("n_head")),
            new FeedForwardSpec.Mlp(4 * width, activation(settings), true));
    TowerSpec tower =
        new TowerSpec(
            new EmbeddingSpec(
                settings.integer("vocab_size"), width, new PositionSpec.Learned(context)),
            Collections.nCopies(settings.integer("n_layer"), block),
            Optional.empty(),
            Gpt2.dropout(settings));
    return new ModelSpec.Decoder(
        tower,
        context,
        Gpt2.head(settings),
        new InitialWeights.Normal(settings.number("initializer_range", 0.02)));
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
  public NameMap names(Settings settings, ModelSpec spec) {
    NameRules names =
        Gpt2.blocks(settings, spec)
            .same("transformer.tokens_embed.weight", "decoder.tokens.weight")
            .same("transformer.positions_embed.weight", "decoder.positions.weight")
            .ignore("transformer\\.position_ids");
    Decoders.head(names, settings, spec.head(), "transformer.tokens_embed.weight", "classifier");
    return names.build();
  }

  @Override
  public List<String> heads() {
    return List.of("LMHeadModel", "Model", "ForSequenceClassification");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(Choice.TIED, Choice.NORM_EPSILON, Choice.DEVIATION);
  }

  @Override
  public ObjectNode config(Shape shape) {
    int feedForward = shape.integer(Choice.FEED_FORWARD, 4 * shape.width());
    if (feedForward != 4 * shape.width()) {
      throw new IllegalArgumentException(
          "openai-gpt has a feed-forward width of four times the width, %d; found %d"
              .formatted(4 * shape.width(), feedForward));
    }
    return Gpt2.sizes(shape, "openai-gpt", "OpenAIGPT")
        .put("afn", shape.text(Choice.ACTIVATION, "gelu"));
  }
}

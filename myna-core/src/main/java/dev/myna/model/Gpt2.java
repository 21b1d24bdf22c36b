package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.DropoutSpec;
import dev.myna.spec.EmbeddingSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import dev.myna.spec.PositionSpec;
import dev.myna.spec.TowerSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * GPT-2 (Radford et al., 2019): learned positions, norms before the layers, tied head.
 *
 * <p>A model without biases (nanoGPT's {@code bias: false}) says so by {@code "bias": false} in its
 * configuration, and is stored with biases of zero: so it loads everywhere.
 */
final class Gpt2 implements Family {
  @Override
  public ModelSpec spec(Settings settings) {
    settings.only("add_cross_attention", false);
    int width = settings.integer("n_embd");
    int context = settings.integer("n_positions", settings.integer("n_ctx", 1024));
    boolean bias = settings.flag("bias", true);
    NormSpec norm = new NormSpec.Layer(settings.number("layer_norm_epsilon", 1e-5), bias);
    AttentionSpec full = AttentionSpec.full(width, settings.integer("n_head")).biased(bias);
    AttentionSpec attention = settings.flag("scale_attn_weights", true) ? full : full.scaled(1);
    BlockSpec block =
        new BlockSpec(
            norm,
            NormPlace.BEFORE,
            attention,
            new FeedForwardSpec.Mlp(
                settings.integer("n_inner", 4 * width),
                Families.activation(settings, "activation_function", "gelu_new"),
                bias));
    boolean shrinking = settings.flag("scale_attn_by_inverse_layer_idx", false);
    TowerSpec tower =
        new TowerSpec(
            new EmbeddingSpec(
                settings.integer("vocab_size"), width, new PositionSpec.Learned(context)),
            IntStream.rangeClosed(1, settings.integer("n_layer"))
                .mapToObj(
                    n -> shrinking ? block.with(attention.scaled(attention.scale() / n)) : block)
                .toList(),
            Optional.of(norm),
            dropout(settings));
    return new ModelSpec.Decoder(
        tower,
        context,
        head(settings),
        new InitialWeights.Normal(settings.number("initializer_range", 0.02)));
  }

  /** Its tied head is the table of embeddings even in a model that is stored without a head. */
  static HeadSpec head(Settings settings) {
    boolean bare = settings.kind("LMHeadModel").equals("Model");
    HeadSpec head = Decoders.head(settings, true, 0);
    return bare && settings.tied(true) ? HeadSpec.Language.plain(true) : head;
  }

  static DropoutSpec dropout(Settings settings) {
    return new DropoutSpec(
        settings.number("embd_pdrop", 0.1),
        settings.number("attn_pdrop", 0.1),
        settings.number("resid_pdrop", 0.1));
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    boolean bias = spec.top().blocks().getFirst().attention().bias();
    NameRules names =
        blocks(settings, spec)
            .same("transformer.wte.weight", "decoder.tokens.weight")
            .same("transformer.wpe.weight", "decoder.positions.weight")
            .norm("transformer.ln_f", "decoder.norm", bias);
    Decoders.head(names, settings, spec.head(), "transformer.wte.weight", "classifier");
    return names.build();
  }

  /** What GPT-1 and GPT-2 call by the same names. */
  static NameRules blocks(Settings settings, ModelSpec spec) {
    boolean bias = spec.top().blocks().getFirst().attention().bias();
    String theirs = "transformer.h.*.";
    String ours = "decoder.blocks.*.";
    return new NameRules("transformer.")
        .bare(settings.kind("").equals("Model"))
        .layers(spec.layers())
        .norm(theirs + "ln_1", ours + "attentionNorm", bias)
        .transposedLayer(
            theirs + "attn.c_attn",
            bias,
            ours + "attention.query",
            ours + "attention.key",
            ours + "attention.value")
        .transposedLayer(theirs + "attn.c_proj", bias, ours + "attention.out")
        .norm(theirs + "ln_2", ours + "feedForwardNorm", bias)
        .transposedLayer(theirs + "mlp.c_fc", bias, ours + "feedForward.up")
        .transposedLayer(theirs + "mlp.c_proj", bias, ours + "feedForward.down")
        .ignore("transformer\\.h\\.\\d+\\.attn\\.(bias|masked_bias)");
  }

  @Override
  public List<String> heads() {
    return List.of(
        "LMHeadModel",
        "Model",
        "ForSequenceClassification",
        "ForTokenClassification",
        "ForQuestionAnswering");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(Choice.BIAS, Choice.TIED, Choice.NORM_EPSILON, Choice.DEVIATION);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config = sizes(shape, "gpt2", "GPT2");
    config.put("activation_function", shape.text(Choice.ACTIVATION, "gelu_new"));
    int feedForward = shape.integer(Choice.FEED_FORWARD, 0);
    if (feedForward > 0) {
      config.put("n_inner", feedForward);
    } else {
      config.putNull("n_inner");
    }
    if (!shape.flag(Choice.BIAS, true)) {
      config.put("bias", false);
    }
    return config;
  }

  /** What GPT-1 and GPT-2 call by the same names. */
  static ObjectNode sizes(Shape shape, String type, String architecture) {
    ObjectNode config = Families.begin(shape, type, architecture, "LMHeadModel");
    config
        .put("n_positions", shape.context())
        .put("n_embd", shape.width())
        .put("n_layer", shape.layers())
        .put("n_head", shape.heads())
        .put("embd_pdrop", shape.dropout())
        .put("attn_pdrop", shape.dropout())
        .put("resid_pdrop", shape.dropout())
        .put("layer_norm_epsilon", shape.number(Choice.NORM_EPSILON, 1e-5))
        .put("initializer_range", shape.number(Choice.DEVIATION, 0.02))
        .put("tie_word_embeddings", shape.flag(Choice.TIED, true));
    Families.putLabels(config, shape);
    return config;
  }
}

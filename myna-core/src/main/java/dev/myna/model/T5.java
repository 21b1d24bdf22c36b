package dev.myna.model;

import dev.myna.spec.Activation;
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
import dev.myna.spec.Pooling;
import dev.myna.spec.PositionSpec;
import dev.myna.spec.TowerSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * T5 (Raffel et al., 2020): an encoder-decoder with relative biases, RMS norms before the layers,
 * scores without scale, and no bias anywhere. Version 1.1 has a gated feed-forward and does not
 * scale what enters the head.
 */
final class T5 implements Family {
  /** Relative positions know no longest text. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  @Override
  public ModelSpec spec(Settings settings) {
    String kind = settings.kind("ForConditionalGeneration");
    int layers = settings.integer("num_layers");
    TowerSpec encoder = tower(settings, layers, true);
    InitialWeights initial = new InitialWeights.ByInputs(settings.number("initializer_factor", 1));
    if (kind.equals("EncoderModel")) {
      return new ModelSpec.Encoder(
          encoder, UNLIMITED, new HeadSpec.None(), Optional.empty(), initial);
    }
    TowerSpec decoder = tower(settings, settings.integer("num_decoder_layers", layers), false);
    return new ModelSpec.EncoderDecoder(
        encoder, decoder, true, UNLIMITED, head(settings, kind), initial);
  }

  private static TowerSpec tower(Settings settings, int layers, boolean encoder) {
    int heads = settings.integer("num_heads", 8);
    NormSpec norm = new NormSpec.Rms(settings.number("layer_norm_epsilon", 1e-6));
    AttentionSpec attention =
        new AttentionSpec(heads, heads, settings.integer("d_kv", 64), false, false).scaled(1);
    BlockSpec block = new BlockSpec(norm, NormPlace.BEFORE, attention, feedForward(settings));
    PositionSpec positions =
        new PositionSpec.RelativeBias(
            heads,
            settings.integer("relative_attention_num_buckets", 32),
            settings.integer("relative_attention_max_distance", 128),
            encoder);
    double dropout = settings.number("dropout_rate", 0.1);
    return new TowerSpec(
        new EmbeddingSpec(settings.integer("vocab_size"), settings.integer("d_model"), positions),
        Collections.nCopies(layers, encoder ? block : block.crossing()),
        Optional.of(norm),
        new DropoutSpec(dropout, dropout, dropout, dropout, dropout));
  }

  /** {@code relu}, {@code gated-gelu} and their like; newer configurations spell the parts out. */
  private static FeedForwardSpec feedForward(Settings settings) {
    int width = settings.integer("d_ff");
    String key = "feed_forward_proj";
    String[] parts = settings.text(key, "relu").split("-", -1);
    String last = parts[parts.length - 1];
    if (parts.length > 2 || (parts.length == 2 && !parts[0].equals("gated"))) {
      throw settings.unknown(key, settings.text(key, ""), "ACTIVATION", "gated-ACTIVATION");
    }
    boolean gated = settings.flag("is_gated_act", parts.length == 2);
    String name =
        settings.text("dense_act_fn", parts.length == 2 && last.equals("gelu") ? "gelu_new" : last);
    Activation activation = Families.activationNamed(settings, key, name);
    return gated
        ? new FeedForwardSpec.Gated(width, activation, false)
        : new FeedForwardSpec.Mlp(width, activation, false);
  }

  private static HeadSpec head(Settings settings, String kind) {
    return switch (kind) {
      case "ForConditionalGeneration" -> {
        // The first T5 scales what enters its tied head; version 1.1 said so by untying.
        boolean scaled =
            settings.flag("scale_decoder_outputs", settings.flag("tie_word_embeddings", true));
        yield new HeadSpec.Language(
            !settings.ownHead(),
            false,
            Optional.empty(),
            scaled ? 1 / Math.sqrt(settings.integer("d_model")) : 1,
            0);
      }
      case "Model" -> new HeadSpec.None();
      case "ForSequenceClassification" ->
          new HeadSpec.Text(
              new Pooling.LastOf(settings.integer("eos_token_id", 1)),
              Optional.of(Activation.TANH),
              settings.labels(2),
              true,
              settings.number("classifier_dropout", 0));
      case "ForQuestionAnswering" -> new HeadSpec.Tokens(settings.labels(2), true, 0);
      default -> throw new IllegalStateException("there is no head " + kind);
    };
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    String kind = settings.kind("ForConditionalGeneration");
    String prefix = kind.equals("ForSequenceClassification") ? "transformer." : "";
    NameRules names =
        new NameRules(prefix)
            .same(prefix + "shared.weight", "encoder.tokens.weight")
            .tie(prefix + "encoder.embed_tokens.weight", prefix + "shared.weight");
    if (spec instanceof ModelSpec.EncoderDecoder both) {
      tower(names.layers(both.encoder().blocks().size()), prefix, "encoder", both.encoder());
      tower(names.layers(both.decoder().blocks().size()), prefix, "decoder", both.decoder());
      names
          .tie(prefix + "decoder.embed_tokens.weight", prefix + "shared.weight")
          .ignore(".*decoder\\.block\\.0\\.layer\\.1\\.EncDecAttention\\.relative_.*");
    } else {
      tower(names.layers(spec.layers()), prefix, "encoder", spec.top());
      names.ignore("(decoder\\.|lm_head\\.).*");
    }
    switch (spec.head()) {
      case HeadSpec.Language language when language.tied() ->
          names.tie("lm_head.weight", "shared.weight");
      case HeadSpec.Language language -> names.same("lm_head.weight", "head.out.weight");
      case HeadSpec.Text text ->
          names
              .layer("classification_head.dense", "textHead.dense", true)
              .layer("classification_head.out_proj", "textHead.out", true);
      case HeadSpec.Tokens tokens -> names.layer("qa_outputs", "head.out", true);
      case HeadSpec.None none -> names.ignore("lm_head\\..*");
    }
    return names.build();
  }

  private static void tower(NameRules names, String prefix, String name, TowerSpec spec) {
    BlockSpec block = spec.blocks().getFirst();
    String theirs = prefix + name + ".block.*.layer.";
    String ours = name + ".blocks.*.";
    names.same(
        prefix + name + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight",
        name + ".positions.weight");
    attention(names, theirs + "0.SelfAttention.", ours + "attention.");
    names.same(theirs + "0.layer_norm.weight", ours + "attentionNorm.weight");
    if (block.cross().isPresent()) {
      attention(names, theirs + "1.EncDecAttention.", ours + "cross.");
      names.same(theirs + "1.layer_norm.weight", ours + "crossNorm.weight");
    }
    String last = theirs + (block.cross().isPresent() ? "2." : "1.");
    if (block.feedForward() instanceof FeedForwardSpec.Gated) {
      names
          .same(last + "DenseReluDense.wi_0.weight", ours + "feedForward.gate.weight")
          .same(last + "DenseReluDense.wi_1.weight", ours + "feedForward.up.weight");
    } else {
      names.same(last + "DenseReluDense.wi.weight", ours + "feedForward.up.weight");
    }
    names
        .same(last + "DenseReluDense.wo.weight", ours + "feedForward.down.weight")
        .same(last + "layer_norm.weight", ours + "feedForwardNorm.weight")
        .same(prefix + name + ".final_layer_norm.weight", name + ".norm.weight");
  }

  private static void attention(NameRules names, String theirs, String ours) {
    names
        .same(theirs + "q.weight", ours + "query.weight")
        .same(theirs + "k.weight", ours + "key.weight")
        .same(theirs + "v.weight", ours + "value.weight")
        .same(theirs + "o.weight", ours + "out.weight");
  }

  @Override
  public List<String> heads() {
    return List.of(
        "ForConditionalGeneration",
        "Model",
        "EncoderModel",
        "ForSequenceClassification",
        "ForQuestionAnswering");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(
        Choice.HEAD_SIZE, Choice.NORM_EPSILON, Choice.DECODER_LAYERS, Choice.DECODER_START);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config = Families.begin(shape, "t5", "T5", "ForConditionalGeneration");
    String activation = shape.text(Choice.ACTIVATION, "relu");
    int padding = shape.integer(Choice.PADDING, 0);
    config
        .put("is_encoder_decoder", true)
        .put("d_model", shape.width())
        .put("d_kv", shape.integer(Choice.HEAD_SIZE, shape.width() / shape.heads()))
        .put("d_ff", shape.integer(Choice.FEED_FORWARD, 4 * shape.width()))
        .put("num_layers", shape.layers())
        .put("num_decoder_layers", shape.integer(Choice.DECODER_LAYERS, shape.layers()))
        .put("num_heads", shape.heads())
        .put("relative_attention_num_buckets", 32)
        .put("relative_attention_max_distance", 128)
        .put("dropout_rate", shape.dropout())
        .put("classifier_dropout", shape.dropout())
        .put("layer_norm_epsilon", shape.number(Choice.NORM_EPSILON, 1e-6))
        .put("initializer_factor", 1.0)
        .put("feed_forward_proj", activation)
        .put("n_positions", shape.context())
        .put("scale_decoder_outputs", true)
        .put("tie_word_embeddings", true)
        .put("decoder_start_token_id", shape.integer(Choice.DECODER_START, padding));
    Families.putLabels(
        config, shape.with(Choice.PADDING, padding).with(Choice.END, shape.integer(Choice.END, 1)));
    return config;
  }
}

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
import dev.myna.spec.Pooling;
import dev.myna.spec.PositionSpec;
import dev.myna.spec.RotaryScaling;
import dev.myna.spec.TowerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the families of decoders that came after LLaMA have in common. */
final class Decoders {
  /** Those that most of these families have. */
  static final List<String> HEADS =
      List.of(
          "ForCausalLM",
          "Model",
          "ForSequenceClassification",
          "ForTokenClassification",
          "ForQuestionAnswering");

  private Decoders() {}

  /**
   * Attention by the usual keys.
   *
   * @param keyHeads where the configuration says none; 0 for as many as heads
   * @param headSize where the configuration says none; 0 for the width divided by the heads
   */
  static AttentionSpec attention(
      Settings settings, int keyHeads, int headSize, boolean bias, boolean outBias) {
    int heads = settings.integer("num_attention_heads");
    int width = settings.integer("hidden_size");
    int size = headSize > 0 ? headSize : Math.max(1, width / Math.max(1, heads));
    boolean silent = !settings.present("num_key_value_heads");
    int keys = settings.integer("num_key_value_heads", silent && keyHeads > 0 ? keyHeads : heads);
    return new AttentionSpec(heads, keys, settings.integer("head_dim", size), bias, outBias);
  }

  /** The gated feed-forward layer by the usual keys. */
  static FeedForwardSpec.Gated gated(Settings settings, boolean bias) {
    return new FeedForwardSpec.Gated(
        settings.integer("intermediate_size"),
        Families.activation(settings, "hidden_act", "silu"),
        bias);
  }

  /** One block a layer, of which those named {@code sliding_attention} have a window. */
  static List<BlockSpec> layers(
      Settings settings, BlockSpec block, List<String> otherwise, int window) {
    List<String> types = settings.has("layer_types") ? settings.texts("layer_types") : otherwise;
    int count = settings.integer("num_hidden_layers");
    if (types.size() != count) {
      throw settings.wrong("layer_types", "a list of " + count, types.size() + " of them");
    }
    List<BlockSpec> blocks = new ArrayList<>();
    for (String type : types) {
      blocks.add(
          switch (type) {
            case "full_attention" -> block;
            case "sliding_attention" -> block.with(block.attention().windowed(window));
            default ->
                throw settings.unknown("layer_types", type, "full_attention", "sliding_attention");
          });
    }
    return blocks;
  }

  /** A decoder with rotary positions and a norm at the end. */
  static ModelSpec.Decoder decoder(Settings settings, List<BlockSpec> blocks, Decoding choices) {
    int width = settings.integer("hidden_size");
    int context = settings.integer("max_position_embeddings", choices.context());
    AttentionSpec attention = blocks.getFirst().attention();
    NormSpec norm = blocks.getFirst().norm();
    EmbeddingSpec embedding =
        new EmbeddingSpec(
            settings.integer("vocab_size"),
            width,
            RotarySettings.positions(settings, attention.headSize(), context, choices.rotaryBase()),
            0,
            Optional.empty(),
            choices.embeddingScale());
    // These families have no dropout but on attention weights; fresh models may ask for it.
    DropoutSpec dropout =
        new DropoutSpec(
            settings.number("embd_pdrop", 0),
            settings.number("attention_dropout", 0),
            settings.number("resid_pdrop", 0));
    return new ModelSpec.Decoder(
        new TowerSpec(embedding, blocks, Optional.of(norm), dropout),
        reach(embedding.positions(), context),
        head(settings, choices.tied(), choices.logitCap()),
        new InitialWeights.Normal(settings.number("initializer_range", 0.02)));
  }

  /**
   * Positions whose base grows with the text reach beyond the context that they were trained on.
   */
  private static int reach(PositionSpec positions, int context) {
    return positions instanceof PositionSpec.Rotary rotary
            && rotary.scaling() instanceof RotaryScaling.Dynamic dynamic
        ? (int) Math.min(context * dynamic.factor(), Integer.MAX_VALUE)
        : context;
  }

  /**
   * What a family chooses where its configuration is silent, and what it always does.
   *
   * @param logitCap 0 for none
   */
  record Decoding(
      int context, double rotaryBase, boolean tied, double embeddingScale, double logitCap) {
    static final Decoding PLAIN = new Decoding(2048, 10_000, false, 1, 0);
  }

  /** The head by the kind of model. */
  static HeadSpec head(Settings settings, boolean tied, double logitCap) {
    String kind = settings.kind("ForCausalLM");
    return switch (kind) {
      case "ForCausalLM", "LMHeadModel" ->
          HeadSpec.Language.plain(settings.tied(tied)).capped(logitCap);
      case "Model" -> new HeadSpec.None();
      case "ForSequenceClassification" ->
          new HeadSpec.Text(
              new Pooling.Last(settings.token("pad_token_id")),
              Optional.empty(),
              settings.labels(2),
              false,
              0);
      case "ForTokenClassification" ->
          new HeadSpec.Tokens(
              settings.labels(2),
              settings.flag("token_classification_bias", true),
              settings.number("classifier_dropout", settings.number("hidden_dropout", 0.1)));
      case "ForQuestionAnswering" -> new HeadSpec.Tokens(2, true, 0);
      default -> throw new IllegalStateException("there is no head " + kind);
    };
  }

  /** The names of tensors that LLaMA began with. */
  static NameRules names(Settings settings, ModelSpec spec) {
    return names(settings, spec, "model.");
  }

  /** The same for families that kept another prefix below the head that finds answers. */
  static NameRules namesWithOldAnswers(Settings settings, ModelSpec spec) {
    boolean answers = settings.kind("").equals("ForQuestionAnswering");
    return names(settings, spec, answers ? "transformer." : "model.");
  }

  private static NameRules names(Settings settings, ModelSpec spec, String prefix) {
    BlockSpec block = spec.top().blocks().getFirst();
    AttentionSpec attention = block.attention();
    String theirs = prefix + "layers.*.";
    String ours = "decoder.blocks.*.";
    NameRules names =
        new NameRules(prefix)
            .bare(settings.kind("").equals("Model"))
            .layers(spec.layers())
            .same(prefix + "embed_tokens.weight", "decoder.tokens.weight")
            .same(theirs + "input_layernorm.weight", ours + "attentionNorm.weight")
            .layer(theirs + "self_attn.q_proj", ours + "attention.query", attention.bias())
            .layer(theirs + "self_attn.k_proj", ours + "attention.key", attention.bias())
            .layer(theirs + "self_attn.v_proj", ours + "attention.value", attention.bias())
            .layer(theirs + "self_attn.o_proj", ours + "attention.out", attention.outBias());
    if (attention.headNorm().isPresent()) {
      names
          .same(theirs + "self_attn.q_norm.weight", ours + "attention.queryNorm.weight")
          .same(theirs + "self_attn.k_norm.weight", ours + "attention.keyNorm.weight");
    }
    if (block.place() == NormPlace.BOTH) {
      names
          .same(theirs + "post_attention_layernorm.weight", ours + "attentionPostNorm.weight")
          .same(theirs + "pre_feedforward_layernorm.weight", ours + "feedForwardNorm.weight")
          .same(theirs + "post_feedforward_layernorm.weight", ours + "feedForwardPostNorm.weight");
    } else {
      names.same(theirs + "post_attention_layernorm.weight", ours + "feedForwardNorm.weight");
    }
    feedForward(names, block.feedForward(), theirs);
    names
        .same(prefix + "norm.weight", "decoder.norm.weight")
        .ignore(".*layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");
    head(names, settings, spec.head(), prefix + "embed_tokens.weight", "score");
    return names;
  }

  private static void feedForward(NameRules names, FeedForwardSpec spec, String theirs) {
    String ours = "decoder.blocks.*.feedForward.";
    switch (spec) {
      case FeedForwardSpec.Gated gated ->
          names
              .layer(theirs + "mlp.gate_proj", ours + "gate", gated.bias())
              .layer(theirs + "mlp.up_proj", ours + "up", gated.bias())
              .layer(theirs + "mlp.down_proj", ours + "down", gated.bias());
      case FeedForwardSpec.Experts experts -> {
        names.same(theirs + "block_sparse_moe.gate.weight", ours + "router.weight");
        for (int i = 0; i < experts.experts(); i++) {
          String expert = theirs + "block_sparse_moe.experts." + i + ".";
          names
              .same(expert + "w1.weight", ours + "expert" + i + ".gate.weight")
              .same(expert + "w3.weight", ours + "expert" + i + ".up.weight")
              .same(expert + "w2.weight", ours + "expert" + i + ".down.weight");
        }
      }
      case FeedForwardSpec.Mlp mlp ->
          throw new IllegalStateException("no family of this kind has " + mlp);
    }
  }

  /**
   * The names of a decoder's head.
   *
   * @param labels their name of what scores the labels of tokens
   */
  static void head(
      NameRules names, Settings settings, HeadSpec head, String embeddings, String labels) {
    switch (head) {
      case HeadSpec.Language language when language.tied() ->
          names.tie("lm_head.weight", embeddings);
      case HeadSpec.Language language -> names.same("lm_head.weight", "head.out.weight");
      case HeadSpec.Text text -> names.layer("score", "textHead.out", text.bias());
      case HeadSpec.Tokens tokens ->
          names.layer(
              settings.kind("").equals("ForQuestionAnswering") ? "qa_outputs" : labels,
              "head.out",
              tokens.bias());
      case HeadSpec.None none -> names.ignore(".*lm_head\\.weight");
    }
  }

  /** What may be chosen of all of these families, and what of one of them. */
  static Set<Choice> choices(Choice... more) {
    Set<Choice> all =
        Choice.usual(
            Choice.KEY_HEADS,
            Choice.HEAD_SIZE,
            Choice.TIED,
            Choice.NORM_EPSILON,
            Choice.ROPE_THETA,
            Choice.DEVIATION);
    all.addAll(List.of(more));
    return all;
  }

  /** The keys of a new model's configuration that all of these families have. */
  static ObjectNode config(Shape shape, String type, String architecture) {
    ObjectNode config = Families.begin(shape, type, architecture, "ForCausalLM");
    config
        .put("hidden_size", shape.width())
        .put(
            "intermediate_size",
            shape.integer(Choice.FEED_FORWARD, defaultFeedForward(shape.width())))
        .put("num_hidden_layers", shape.layers())
        .put("num_attention_heads", shape.heads())
        .put("num_key_value_heads", shape.integer(Choice.KEY_HEADS, shape.heads()))
        .put("head_dim", shape.integer(Choice.HEAD_SIZE, shape.width() / shape.heads()))
        .put("hidden_act", shape.text(Choice.ACTIVATION, "silu"))
        .put("max_position_embeddings", shape.context())
        .put("rms_norm_eps", shape.number(Choice.NORM_EPSILON, 1e-5))
        .put("tie_word_embeddings", shape.flag(Choice.TIED, false))
        .put("embd_pdrop", shape.dropout())
        .put("attention_dropout", shape.dropout())
        .put("resid_pdrop", shape.dropout())
        .put("initializer_range", shape.number(Choice.DEVIATION, 0.02));
    config
        .putObject("rope_parameters")
        .put("rope_theta", shape.number(Choice.ROPE_THETA, 10_000.0))
        .put("rope_type", "default");
    Families.putLabels(config, shape);
    return config;
  }

  /** Two thirds of four times the width, so that three matrices weigh what two would. */
  private static int defaultFeedForward(int width) {
    return (8 * width / 3 + 31) / 32 * 32;
  }
}

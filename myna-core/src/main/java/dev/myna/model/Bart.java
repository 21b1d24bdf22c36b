package dev.myna.model;

import dev.myna.model.NameMap.Layout;
import dev.myna.model.NameMap.Use;
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
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encoder-decoders with norms after the layers: the Transformer of Vaswani et al. (2017), Marian
 * (Junczys-Dowmunt et al., 2018), which is one, and BART (Lewis et al., 2020), with learned
 * positions and a norm of the embeddings.
 */
final class Bart implements Family {
  /** Which of them. */
  enum Kind {
    BART,
    MARIAN,
    /** As in the paper; stored as a Marian. */
    TRANSFORMER
  }

  private static final NormSpec NORM = new NormSpec.Layer(1e-5);

  private final Kind made;
  private final boolean bart;

  Bart(Kind kind) {
    made = kind;
    bart = kind == Kind.BART;
  }

  @Override
  public ModelSpec spec(Settings settings) {
    int context = settings.integer("max_position_embeddings", 1024);
    int vocabulary = settings.integer("vocab_size");
    boolean apart = !bart && !settings.flag("share_encoder_decoder_embeddings", true);
    int target = apart ? settings.integer("decoder_vocab_size", vocabulary) : vocabulary;
    return new ModelSpec.EncoderDecoder(
        tower(settings, "encoder", vocabulary, context),
        tower(settings, "decoder", target, context),
        !apart && settings.tied(true),
        context,
        head(settings),
        new InitialWeights.Normal(settings.number("init_std", 0.02)));
  }

  private TowerSpec tower(Settings settings, String name, int vocabulary, int context) {
    int width = settings.integer("d_model");
    BlockSpec block =
        new BlockSpec(
            NORM,
            NormPlace.AFTER,
            AttentionSpec.full(width, settings.integer(name + "_attention_heads")),
            new FeedForwardSpec.Mlp(
                settings.integer(name + "_ffn_dim"),
                Families.activation(settings, "activation_function", "gelu"),
                true));
    double dropout = settings.number("dropout", 0.1);
    return new TowerSpec(
        new EmbeddingSpec(
            vocabulary,
            width,
            positions(settings, context),
            0,
            bart ? Optional.of(NORM) : Optional.empty(),
            settings.flag("scale_embedding", false) ? Math.sqrt(width) : 1),
        Collections.nCopies(
            settings.integer(name + "_layers"), name.equals("decoder") ? block.crossing() : block),
        Optional.empty(),
        new DropoutSpec(
            dropout,
            settings.number("attention_dropout", 0),
            dropout,
            settings.number("activation_dropout", 0),
            0));
  }

  /** Without a head, Marian's sines are stored like any table, and may be learned on. */
  private PositionSpec positions(Settings settings, int context) {
    if (bart) {
      return new PositionSpec.Learned(context, 2, OptionalInt.empty());
    }
    return settings.kind("").equals("Model")
        ? new PositionSpec.Learned(context)
        : new PositionSpec.Sinusoidal(false);
  }

  private HeadSpec head(Settings settings) {
    String kind = settings.kind("ForConditionalGeneration");
    return switch (kind) {
      case "ForConditionalGeneration", "MTModel" ->
          new HeadSpec.Language(settings.tied(true), true, Optional.empty(), 1, 0);
      case "Model" -> new HeadSpec.None();
      case "ForSequenceClassification" ->
          new HeadSpec.Text(
              new Pooling.LastOf(settings.integer("eos_token_id", 2)),
              Optional.of(Activation.TANH),
              settings.labels(3),
              true,
              settings.number("classifier_dropout", 0));
      case "ForQuestionAnswering" -> new HeadSpec.Tokens(2, true, 0);
      default -> throw new IllegalStateException("there is no head " + kind);
    };
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    ModelSpec.EncoderDecoder both = (ModelSpec.EncoderDecoder) spec;
    NameRules names = new NameRules("model.").bare(settings.kind("").equals("Model"));
    embeddings(names, settings, both);
    tower(names.layers(both.encoder().blocks().size()), "encoder", both.encoder());
    tower(names.layers(both.decoder().blocks().size()), "decoder", both.decoder());
    attention(names, "model.decoder.layers.*.encoder_attn", "decoder.blocks.*.cross");
    names.ignore("model\\.(en|de)coder\\.(version|embed_positions\\._float_tensor)");
    head(names, both);
    return names.build();
  }

  private static void embeddings(
      NameRules names, Settings settings, ModelSpec.EncoderDecoder spec) {
    String encoder = "model.encoder.embed_tokens.weight";
    String decoder = "model.decoder.embed_tokens.weight";
    String shared = "model.shared.weight";
    if (spec.shared()) {
      names.same(shared, "encoder.tokens.weight").tie(encoder, shared).tie(decoder, shared);
      return;
    }
    names.same(encoder, "encoder.tokens.weight").same(decoder, "decoder.tokens.weight");
    if (settings.flag("share_encoder_decoder_embeddings", true)) {
      names.rule(shared, Layout.SAME, Use.UNUSED, "encoder.tokens.weight");
    }
  }

  private static void head(NameRules names, ModelSpec.EncoderDecoder spec) {
    switch (spec.head()) {
      case HeadSpec.Language language -> {
        names.rule("final_logits_bias", Layout.ROW, Use.OPTIONAL, "head.bias");
        if (language.tied()) {
          String source = spec.shared() ? "model.shared" : "model.decoder.embed_tokens";
          names.tie("lm_head.weight", source + ".weight");
        } else {
          names.same("lm_head.weight", "head.out.weight");
        }
      }
      case HeadSpec.Text text ->
          names
              .layer("classification_head.dense", "textHead.dense", true)
              .layer("classification_head.out_proj", "textHead.out", true);
      case HeadSpec.Tokens tokens -> names.layer("qa_outputs", "head.out", true);
      case HeadSpec.None none -> names.ignore("(model\\.)?(final_logits_bias|lm_head\\.weight)");
    }
  }

  private void tower(NameRules names, String name, TowerSpec spec) {
    String theirs = "model." + name + ".";
    String layer = theirs + "layers.*.";
    String ours = name + ".blocks.*.";
    if (spec.embedding().positions() instanceof PositionSpec.Learned) {
      names.same(theirs + "embed_positions.weight", name + ".positions.weight");
    } else {
      names.ignore("model\\." + name + "\\.embed_positions\\.weight");
    }
    if (bart) {
      names.layer(theirs + "layernorm_embedding", name + ".embeddingNorm", true);
    }
    attention(names, layer + "self_attn", ours + "attention");
    names
        .layer(layer + "fc1", ours + "feedForward.up", true)
        .layer(layer + "fc2", ours + "feedForward.down", true)
        .layer(layer + "final_layer_norm", ours + "feedForwardNorm", true);
  }

  private static void attention(NameRules names, String theirs, String ours) {
    names
        .layer(theirs + ".q_proj", ours + ".query", true)
        .layer(theirs + ".k_proj", ours + ".key", true)
        .layer(theirs + ".v_proj", ours + ".value", true)
        .layer(theirs + ".out_proj", ours + ".out", true)
        .layer(theirs + "_layer_norm", ours + "Norm", true);
  }

  @Override
  public List<String> heads() {
    return bart
        ? List.of(
            "ForConditionalGeneration",
            "Model",
            "ForSequenceClassification",
            "ForQuestionAnswering")
        : List.of("MTModel", "Model");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(Choice.TIED, Choice.DECODER_LAYERS, Choice.DEVIATION, Choice.DECODER_START);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config =
        bart
            ? Families.begin(shape, "bart", "Bart", "ForConditionalGeneration")
            : Families.begin(shape, "marian", "Marian", "MTModel");
    boolean paper = made == Kind.TRANSFORMER;
    int feedForward = shape.integer(Choice.FEED_FORWARD, 4 * shape.width());
    int padding = shape.integer(Choice.PADDING, bart ? 1 : 0);
    int end = shape.integer(Choice.END, bart ? 2 : 1);
    config
        .put("is_encoder_decoder", true)
        .put("d_model", shape.width())
        .put("encoder_layers", shape.layers())
        .put("decoder_layers", shape.integer(Choice.DECODER_LAYERS, shape.layers()))
        .put("encoder_attention_heads", shape.heads())
        .put("decoder_attention_heads", shape.heads())
        .put("encoder_ffn_dim", feedForward)
        .put("decoder_ffn_dim", feedForward)
        .put("activation_function", shape.text(Choice.ACTIVATION, paper ? "relu" : "gelu"))
        .put("dropout", shape.dropout())
        .put("attention_dropout", paper ? shape.dropout() : 0)
        .put("activation_dropout", paper ? shape.dropout() : 0)
        .put("classifier_dropout", shape.dropout())
        .put("max_position_embeddings", shape.context())
        .put("init_std", shape.number(Choice.DEVIATION, 0.02))
        .put("scale_embedding", !bart)
        .put("tie_word_embeddings", shape.flag(Choice.TIED, true))
        .put("decoder_start_token_id", shape.integer(Choice.DECODER_START, bart ? end : padding))
        .put("forced_eos_token_id", end);
    if (!bart) {
      config
          .put("share_encoder_decoder_embeddings", true)
          .put("decoder_vocab_size", shape.vocabulary());
    }
    Families.putLabels(config, shape.with(Choice.PADDING, padding).with(Choice.END, end));
    return config;
  }
}

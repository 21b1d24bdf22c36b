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

/** DistilBERT (Sanh et al., 2019): BERT with half of the layers, without segments and pooler. */
final class DistilBert implements Family {
  private static final NormSpec NORM = new NormSpec.Layer(1e-12);

  @Override
  public ModelSpec spec(Settings settings) {
    int width = settings.integer("dim");
    int context = settings.integer("max_position_embeddings", 512);
    BlockSpec block =
        new BlockSpec(
            NORM,
            NormPlace.AFTER,
            AttentionSpec.full(width, settings.integer("n_heads")),
            new FeedForwardSpec.Mlp(settings.integer("hidden_dim"), activation(settings), true));
    double dropout = settings.number("dropout", 0.1);
    return new ModelSpec.Encoder(
        new TowerSpec(
            new EmbeddingSpec(
                settings.integer("vocab_size"),
                width,
                new PositionSpec.Learned(context),
                0,
                Optional.of(NORM),
                1),
            Collections.nCopies(settings.integer("n_layers"), block),
            Optional.empty(),
            new DropoutSpec(dropout, settings.number("attention_dropout", 0.1), dropout)),
        context,
        head(settings),
        Optional.empty(),
        new InitialWeights.Normal(settings.number("initializer_range", 0.02)));
  }

  private static Activation activation(Settings settings) {
    return Families.activation(settings, "activation", "gelu");
  }

  private static HeadSpec head(Settings settings) {
    String kind = settings.kind("ForMaskedLM");
    return switch (kind) {
      case "ForMaskedLM" ->
          new HeadSpec.Language(
              settings.tied(true),
              true,
              Optional.of(new HeadSpec.Transform(activation(settings), NORM)),
              1,
              0);
      case "Model" -> new HeadSpec.None();
      case "ForSequenceClassification" ->
          new HeadSpec.Text(
              new Pooling.First(),
              Optional.of(Activation.RELU),
              settings.labels(2),
              true,
              settings.number("seq_classif_dropout", 0.2));
      case "ForTokenClassification" ->
          new HeadSpec.Tokens(settings.labels(2), true, settings.number("dropout", 0.1));
      case "ForQuestionAnswering" ->
          new HeadSpec.Tokens(2, true, settings.number("qa_dropout", 0.1));
      default -> throw new IllegalStateException("there is no head " + kind);
    };
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    String kind = settings.kind("ForMaskedLM");
    String theirs = "distilbert.transformer.layer.*.";
    String ours = "encoder.blocks.*.";
    NameRules names =
        new NameRules("distilbert.")
            .bare(kind.equals("Model"))
            .layers(spec.layers())
            .renamed("LayerNorm\\.gamma$", "LayerNorm.weight")
            .renamed("LayerNorm\\.beta$", "LayerNorm.bias")
            .same("distilbert.embeddings.word_embeddings.weight", "encoder.tokens.weight")
            .same("distilbert.embeddings.position_embeddings.weight", "encoder.positions.weight")
            .layer("distilbert.embeddings.LayerNorm", "encoder.embeddingNorm", true)
            .layer(theirs + "attention.q_lin", ours + "attention.query", true)
            .layer(theirs + "attention.k_lin", ours + "attention.key", true)
            .layer(theirs + "attention.v_lin", ours + "attention.value", true)
            .layer(theirs + "attention.out_lin", ours + "attention.out", true)
            .layer(theirs + "sa_layer_norm", ours + "attentionNorm", true)
            .layer(theirs + "ffn.lin1", ours + "feedForward.up", true)
            .layer(theirs + "ffn.lin2", ours + "feedForward.down", true)
            .layer(theirs + "output_layer_norm", ours + "feedForwardNorm", true)
            .ignore("distilbert\\.embeddings\\.position_ids");
    switch (kind) {
      case "ForMaskedLM" -> language(names, spec);
      case "ForSequenceClassification" ->
          names
              .layer("pre_classifier", "textHead.dense", true)
              .layer("classifier", "textHead.out", true);
      case "ForTokenClassification" -> names.layer("classifier", "head.out", true);
      case "ForQuestionAnswering" -> names.layer("qa_outputs", "head.out", true);
      default -> names.ignore("(distilbert\\.)?vocab_(transform|layer_norm|projector)\\..*");
    }
    return names.build();
  }

  private static void language(NameRules names, ModelSpec spec) {
    names
        .layer("vocab_transform", "head.dense", true)
        .layer("vocab_layer_norm", "head.norm", true)
        .same("vocab_projector.bias", "head.bias");
    if (spec.head() instanceof HeadSpec.Language language && language.tied()) {
      names.tie("vocab_projector.weight", "distilbert.embeddings.word_embeddings.weight");
    } else {
      names.same("vocab_projector.weight", "head.out.weight");
    }
  }

  @Override
  public List<String> heads() {
    return List.of(
        "ForMaskedLM",
        "Model",
        "ForSequenceClassification",
        "ForTokenClassification",
        "ForQuestionAnswering");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(Choice.TIED, Choice.DEVIATION);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config = Families.begin(shape, "distilbert", "DistilBert", "ForMaskedLM");
    config
        .put("dim", shape.width())
        .put("n_layers", shape.layers())
        .put("n_heads", shape.heads())
        .put("hidden_dim", shape.integer(Choice.FEED_FORWARD, 4 * shape.width()))
        .put("activation", shape.text(Choice.ACTIVATION, "gelu"))
        .put("dropout", shape.dropout())
        .put("attention_dropout", shape.dropout())
        .put("qa_dropout", shape.dropout())
        .put("seq_classif_dropout", shape.dropout())
        .put("max_position_embeddings", shape.context())
        .put("sinusoidal_pos_embds", false)
        .put("initializer_range", shape.number(Choice.DEVIATION, 0.02))
        .put("tie_word_embeddings", shape.flag(Choice.TIED, true));
    Families.putLabels(config, shape.with(Choice.PADDING, shape.integer(Choice.PADDING, 0)));
    return config;
  }
}

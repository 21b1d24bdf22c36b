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
 * BERT (Devlin et al., 2019): an encoder with learned positions, segments, and norms after the
 * layers. RoBERTa (Liu et al., 2019) counts positions from behind the id of padding.
 */
final class Bert implements Family {
  private final boolean roberta;

  Bert(boolean roberta) {
    this.roberta = roberta;
  }

  @Override
  public ModelSpec spec(Settings settings) {
    settings.only("is_decoder", false);
    settings.only("add_cross_attention", false);
    String positionType = settings.text("position_embedding_type", "absolute");
    if (!positionType.equals("absolute")) {
      throw settings.unknown("position_embedding_type", positionType, "absolute");
    }
    int width = settings.integer("hidden_size");
    NormSpec norm = norm(settings);
    Activation activation = Families.activation(settings, "hidden_act", "gelu");
    BlockSpec block =
        new BlockSpec(
            norm,
            NormPlace.AFTER,
            AttentionSpec.full(width, settings.integer("num_attention_heads")),
            new FeedForwardSpec.Mlp(settings.integer("intermediate_size"), activation, true));
    PositionSpec.Learned positions = positions(settings);
    EmbeddingSpec embedding =
        new EmbeddingSpec(
            settings.integer("vocab_size"),
            width,
            positions,
            settings.integer("type_vocab_size", 2),
            Optional.of(norm),
            1);
    double dropout = settings.number("hidden_dropout_prob", 0.1);
    DropoutSpec probabilities =
        new DropoutSpec(dropout, settings.number("attention_probs_dropout_prob", 0.1), dropout);
    return new ModelSpec.Encoder(
        new TowerSpec(
            embedding,
            Collections.nCopies(settings.integer("num_hidden_layers"), block),
            Optional.empty(),
            probabilities),
        positions.context(),
        head(settings),
        sentence(settings),
        new InitialWeights.Normal(settings.number("initializer_range", 0.02)));
  }

  private static NormSpec norm(Settings settings) {
    return new NormSpec.Layer(settings.number("layer_norm_eps", 1e-12));
  }

  private PositionSpec.Learned positions(Settings settings) {
    int rows = settings.integer("max_position_embeddings", 512);
    if (!roberta) {
      return new PositionSpec.Learned(rows);
    }
    int padding = settings.integer("pad_token_id", 1);
    return new PositionSpec.Learned(rows - padding - 1, padding + 1, OptionalInt.of(padding));
  }

  private HeadSpec head(Settings settings) {
    String kind = settings.kind("ForMaskedLM");
    double dropout =
        settings.number("classifier_dropout", settings.number("hidden_dropout_prob", 0.1));
    return switch (kind) {
      case "ForMaskedLM", "ForPreTraining" -> {
        Activation activation =
            roberta ? Activation.GELU : Families.activation(settings, "hidden_act", "gelu");
        yield new HeadSpec.Language(
            settings.tied(true),
            true,
            Optional.of(new HeadSpec.Transform(activation, norm(settings))),
            1,
            0);
      }
      case "Model" -> new HeadSpec.None();
      case "ForNextSentencePrediction" -> first(2, 0);
      case "ForSequenceClassification" -> first(settings.labels(2), dropout);
      case "ForTokenClassification" -> new HeadSpec.Tokens(settings.labels(2), true, dropout);
      case "ForQuestionAnswering" -> new HeadSpec.Tokens(settings.labels(2), true, 0);
      default -> throw new IllegalStateException("there is no head " + kind);
    };
  }

  private static HeadSpec.Text first(int labels, double dropout) {
    return new HeadSpec.Text(
        new Pooling.First(), Optional.of(Activation.TANH), labels, true, dropout);
  }

  private static Optional<HeadSpec.Text> sentence(Settings settings) {
    return switch (settings.kind("")) {
      case "ForPreTraining" -> Optional.of(first(2, 0));
      case "Model" -> Optional.of(first(0, 0));
      default -> Optional.empty();
    };
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    String prefix = roberta ? "roberta." : "bert.";
    String theirs = prefix + "encoder.layer.*.";
    String ours = "encoder.blocks.*.";
    NameRules names =
        new NameRules(prefix)
            .bare(settings.kind("").equals("Model"))
            .layers(spec.layers())
            .renamed("LayerNorm\\.gamma$", "LayerNorm.weight")
            .renamed("LayerNorm\\.beta$", "LayerNorm.bias")
            .same(prefix + "embeddings.word_embeddings.weight", "encoder.tokens.weight")
            .same(prefix + "embeddings.position_embeddings.weight", "encoder.positions.weight")
            .same(prefix + "embeddings.token_type_embeddings.weight", "encoder.segments.weight")
            .layer(prefix + "embeddings.LayerNorm", "encoder.embeddingNorm", true)
            .layer(theirs + "attention.self.query", ours + "attention.query", true)
            .layer(theirs + "attention.self.key", ours + "attention.key", true)
            .layer(theirs + "attention.self.value", ours + "attention.value", true)
            .layer(theirs + "attention.output.dense", ours + "attention.out", true)
            .layer(theirs + "attention.output.LayerNorm", ours + "attentionNorm", true)
            .layer(theirs + "intermediate.dense", ours + "feedForward.up", true)
            .layer(theirs + "output.dense", ours + "feedForward.down", true)
            .layer(theirs + "output.LayerNorm", ours + "feedForwardNorm", true)
            .ignore(prefix + "embeddings\\.(position_ids|token_type_ids)");
    head(names, settings.kind("ForMaskedLM"), spec, prefix);
    return names.build();
  }

  private void head(NameRules names, String kind, ModelSpec spec, String prefix) {
    switch (kind) {
      case "ForMaskedLM" ->
          language(names, spec, prefix)
              .ignore(prefix + "pooler\\..*")
              .ignore("cls\\.seq_relationship\\..*");
      case "ForPreTraining" ->
          language(names, spec, prefix)
              .layer(prefix + "pooler.dense", "textHead.dense", true)
              .layer("cls.seq_relationship", "textHead.out", true);
      case "Model" ->
          names
              .layer(prefix + "pooler.dense", "textHead.dense", true)
              .ignore("(" + prefix + ")?(cls|lm_head)\\..*");
      case "ForSequenceClassification" -> {
        if (roberta) {
          names
              .layer("classifier.dense", "textHead.dense", true)
              .layer("classifier.out_proj", "textHead.out", true);
        } else {
          names
              .layer(prefix + "pooler.dense", "textHead.dense", true)
              .layer("classifier", "textHead.out", true);
        }
      }
      case "ForNextSentencePrediction" ->
          names
              .layer(prefix + "pooler.dense", "textHead.dense", true)
              .layer("cls.seq_relationship", "textHead.out", true);
      case "ForTokenClassification" -> names.layer("classifier", "head.out", true);
      default -> names.layer("qa_outputs", "head.out", true);
    }
  }

  private NameRules language(NameRules names, ModelSpec spec, String prefix) {
    String head = roberta ? "lm_head." : "cls.predictions.";
    String transform = roberta ? "lm_head." : "cls.predictions.transform.";
    names
        .layer(transform + "dense", "head.dense", true)
        .layer(transform + (roberta ? "layer_norm" : "LayerNorm"), "head.norm", true);
    if (spec.head() instanceof HeadSpec.Language language && language.tied()) {
      return names
          .same(head + "bias", "head.bias")
          .rule(head + "decoder.bias", Layout.SAME, Use.OVERRIDING, "head.bias")
          .tie(head + "decoder.weight", prefix + "embeddings.word_embeddings.weight")
          .tie(head + "decoder.bias", head + "bias");
    }
    return names
        .layer(head + "decoder", "head.out", false)
        .same(head + "decoder.bias", "head.bias")
        .rule(head + "bias", Layout.SAME, Use.UNUSED, "head.bias")
        .tie(head + "bias", head + "decoder.bias");
  }

  @Override
  public List<String> heads() {
    return roberta
        ? List.of(
            "ForMaskedLM",
            "Model",
            "ForSequenceClassification",
            "ForTokenClassification",
            "ForQuestionAnswering")
        : List.of(
            "ForMaskedLM",
            "ForPreTraining",
            "ForNextSentencePrediction",
            "Model",
            "ForSequenceClassification",
            "ForTokenClassification",
            "ForQuestionAnswering");
  }

  @Override
  public Set<Choice> choices() {
    return Choice.usual(Choice.TIED, Choice.NORM_EPSILON, Choice.DEVIATION);
  }

  @Override
  public ObjectNode config(Shape shape) {
    ObjectNode config =
        roberta
            ? Families.begin(shape, "roberta", "Roberta", "ForMaskedLM")
            : Families.begin(shape, "bert", "Bert", "ForMaskedLM");
    int padding = shape.integer(Choice.PADDING, roberta ? 1 : 0);
    config
        .put("hidden_size", shape.width())
        .put("num_hidden_layers", shape.layers())
        .put("num_attention_heads", shape.heads())
        .put("intermediate_size", shape.integer(Choice.FEED_FORWARD, 4 * shape.width()))
        .put("hidden_act", shape.text(Choice.ACTIVATION, "gelu"))
        .put("hidden_dropout_prob", shape.dropout())
        .put("attention_probs_dropout_prob", shape.dropout())
        .put("max_position_embeddings", shape.context() + (roberta ? padding + 1 : 0))
        .put("type_vocab_size", roberta ? 1 : 2)
        .put("initializer_range", shape.number(Choice.DEVIATION, 0.02))
        .put("layer_norm_eps", shape.number(Choice.NORM_EPSILON, 1e-12))
        .put("tie_word_embeddings", shape.flag(Choice.TIED, true));
    Families.putLabels(config, shape.with(Choice.PADDING, padding));
    return config;
  }
}

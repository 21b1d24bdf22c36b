package dev.myna.train;

import dev.myna.model.Choice;
import dev.myna.model.Shape;
import dev.myna.spec.InitialWeights;
import java.util.Optional;

/** The shape of a Transformer: its family and sizes. */
@Variants.For(
    value = {
      "gpt2",
      "openai-gpt",
      "llama",
      "mistral",
      "mixtral",
      "qwen2",
      "qwen3",
      "gemma",
      "gemma2",
      "bert",
      "roberta",
      "distilbert",
      "t5",
      "bart",
      "marian",
      "transformer"
    },
    meaning = "A Transformer; a key below that its family does not have is refused.")
public record TransformerRecipe(
    @Key(value = "Which Transformer.", otherwise = "gpt2") String family,
    @Key(
            "Folder of a checkpoint to start from: its config.json decides the family, sizes and"
                + " dropout, its tokenizer is taken, and a head that the task does not use gives"
                + " way to a fresh one.")
        Optional<String> from,
    @Key(value = "Blocks.", otherwise = "4", least = 1, most = 10_000) int layers,
    @Key(value = "Blocks of the decoder where there are two stacks.", least = 1)
        Optional<Integer> decoderLayers,
    @Key(value = "Attention heads of a block.", otherwise = "4", least = 1, most = 65_536)
        int heads,
    @Key(
            value = "Heads for keys and values, a divisor of heads; as many as heads if left out.",
            least = 1)
        Optional<Integer> keyHeads,
    @Key(value = "Size of a head; the width divided by the heads if left out.", least = 1)
        Optional<Integer> headSize,
    @Key(value = "Width of the residual stream.", otherwise = "128", least = 1, most = 1_000_000)
        int width,
    @Key(value = "Width inside the feed-forward layer.", least = 1) Optional<Integer> feedForward,
    @Key("Activation of the feed-forward layer: relu, gelu, gelu_new, silu and others.")
        Optional<String> activation,
    @Key("Whether linear layers and norms have biases.") Optional<Boolean> bias,
    @Key(value = "How many positions a token sees, its own included.", least = 1)
        Optional<Integer> window,
    @Key(value = "Feed-forward layers of which each token goes through a few.", least = 1)
        Optional<Integer> experts,
    @Key(value = "Experts that a token goes through.", least = 1) Optional<Integer> expertsPerToken,
    @Key(value = "Weight of the loss that spreads tokens over experts.", least = 0)
        Optional<Double> expertBalance,
    @Key(value = "Noise on what routers see in training.", least = 0, most = 0.99)
        Optional<Double> routerJitter,
    @Key(value = "Longest sequence, in tokens.", otherwise = "64", least = 1, most = 100_000_000)
        int context,
    @Key(
            value = "Share of activations dropped in training.",
            otherwise = "0",
            least = 0,
            most = 0.99)
        double dropout,
    @Key("Whether the output layer shares the embedding's weights.") Optional<Boolean> tied,
    @Key(value = "Added to the variance in norms.", least = Double.MIN_VALUE, most = 1)
        Optional<Double> normEpsilon,
    @Key(value = "Base of the rotary positions' wavelengths.", least = Double.MIN_VALUE)
        Optional<Double> ropeTheta,
    @Key(value = "Standard deviation of fresh weights.", least = 0, most = 10)
        Optional<Double> deviation,
    @Key(
            "Fresh weights by what enters and leaves a unit (Xavier: Glorot and Bengio, 2010;"
                + " Kaiming: He et al., 2015); the family's own if left out.")
        Optional<InitialWeights.ByFans> initialization)
    implements ModelRecipe {

  public TransformerRecipe {
    if (headSize.isEmpty() && width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of heads: %d %% %d is %d"
              .formatted(width, heads, width % heads));
    }
    if (deviation.isPresent() && initialization.isPresent()) {
      throw new IllegalArgumentException(
          "deviation is that of the family's own fresh weights, and initialization %s has others: leave one of the two out"
              .formatted(initialization.get()));
    }
    int keys = keyHeads.orElse(heads);
    if (heads % keys != 0) {
      throw new IllegalArgumentException(
          "heads must be a multiple of key_heads: %d %% %d is %d"
              .formatted(heads, keys, heads % keys));
    }
  }

  /** The model that this describes, for a vocabulary. */
  Shape shape(int vocabulary) {
    return Shape.of(family, vocabulary, context, layers, heads, width)
        .withDropout(dropout)
        .with(Choice.DECODER_LAYERS, decoderLayers)
        .with(Choice.KEY_HEADS, keyHeads)
        .with(Choice.HEAD_SIZE, headSize)
        .with(Choice.FEED_FORWARD, feedForward)
        .with(Choice.ACTIVATION, activation)
        .with(Choice.BIAS, bias)
        .with(Choice.WINDOW, window)
        .with(Choice.EXPERTS, experts)
        .with(Choice.EXPERTS_PER_TOKEN, expertsPerToken)
        .with(Choice.EXPERT_BALANCE, expertBalance)
        .with(Choice.ROUTER_JITTER, routerJitter)
        .with(Choice.TIED, tied)
        .with(Choice.NORM_EPSILON, normEpsilon)
        .with(Choice.ROPE_THETA, ropeTheta)
        .with(Choice.DEVIATION, deviation)
        .with(Choice.INITIALIZATION, initialization);
  }
}

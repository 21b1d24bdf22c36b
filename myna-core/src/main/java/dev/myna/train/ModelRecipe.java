package dev.myna.train;

import java.util.Optional;

/** The shape of a model: its family and sizes. What is left out is the family's own choice. */
public record ModelRecipe(
    @Key(value = "Architecture: gpt2, openai-gpt, llama and others.", otherwise = "gpt2")
        String family,
    @Key(value = "Blocks.", otherwise = "4", least = 1, most = 10_000) int layers,
    @Key(value = "Attention heads of a block.", otherwise = "4", least = 1, most = 65_536)
        int heads,
    @Key(
            value = "Heads for keys and values, a divisor of heads; as many as heads if left out.",
            least = 1)
        Optional<Integer> keyHeads,
    @Key(value = "Width of the residual stream.", otherwise = "128", least = 1, most = 1_000_000)
        int width,
    @Key(value = "Width inside the feed-forward layer.", least = 1) Optional<Integer> feedForward,
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
        Optional<Double> ropeTheta) {

  public ModelRecipe {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of heads: %d %% %d is %d"
              .formatted(width, heads, width % heads));
    }
    int keys = keyHeads.orElse(heads);
    if (heads % keys != 0) {
      throw new IllegalArgumentException(
          "heads must be a multiple of key_heads: %d %% %d is %d"
              .formatted(heads, keys, heads % keys));
    }
  }
}

package dev.myna.train;

import dev.myna.spec.Activation;
import dev.myna.spec.SentenceSpec;
import java.util.Optional;

/** A linear layer behind the pooling, as the module Dense of sentence-transformers. */
public record DenseConfig(
    @Key(
            value = "Size of the vector that it makes; 0 for no such layer.",
            otherwise = "0",
            least = 0,
            most = 1_000_000)
        int size,
    @Key(value = "Whether it has a bias.", otherwise = "true") boolean bias,
    @Key(value = "What follows it; linear for nothing.", otherwise = "tanh")
        Activation activation) {
  public DenseConfig {
    if (size > 0) {
      var unused = new SentenceSpec.Dense(size, bias, activation);
    }
  }

  Optional<SentenceSpec.Dense> layer() {
    return size == 0
        ? Optional.empty()
        : Optional.of(new SentenceSpec.Dense(size, bias, activation));
  }
}

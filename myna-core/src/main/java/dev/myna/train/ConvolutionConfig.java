package dev.myna.train;

import dev.myna.spec.SentenceSpec;
import java.util.List;
import java.util.Optional;

/** Filters between an encoder and the pooling, as the module CNN of sentence-transformers. */
public record ConvolutionConfig(
    @Key(
            value = "Filters of each width; 0 for no convolution.",
            otherwise = "0",
            least = 0,
            most = 1_000_000)
        int channels,
    @Key(
            "Widths of the filters in tokens, each an odd number, whose answers stand side by side;"
                + " 1, 3 and 5 if left out.")
        List<Integer> widths) {
  public ConvolutionConfig {
    widths = widths.isEmpty() ? List.of(1, 3, 5) : List.copyOf(widths);
    if (channels > 0) {
      var unused = new SentenceSpec.Convolutions(channels, widths);
    }
  }

  Optional<SentenceSpec.Convolutions> layer() {
    return channels == 0
        ? Optional.empty()
        : Optional.of(new SentenceSpec.Convolutions(channels, widths));
  }
}

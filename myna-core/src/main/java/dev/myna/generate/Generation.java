package dev.myna.generate;

import java.util.List;

/**
 * What one call of the {@link Generator} gave.
 *
 * @param texts prompt by prompt, of each prompt its sequences in order
 * @param sampling the options that were used, with the seed
 */
public record Generation(List<Generated> texts, Sampling sampling, Figures figures) {
  public Generation {
    texts = List.copyOf(texts);
  }

  /**
   * Where the time went.
   *
   * @param promptTokens of all prompts
   * @param newTokens of all texts
   * @param prefillSeconds from the call to the first logits
   * @param decodeSeconds from there to the end
   */
  public record Figures(
      long promptTokens, long newTokens, double prefillSeconds, double decodeSeconds) {
    /** New tokens of all rows a second, prompt not counted. */
    public double tokensPerSecond() {
      return decodeSeconds > 0 ? newTokens / decodeSeconds : 0;
    }

    public double seconds() {
      return prefillSeconds + decodeSeconds;
    }
  }
}

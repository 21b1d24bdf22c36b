package dev.myna.text.metrics;

/**
 * What a language model makes of a text: sums of negative log-likelihoods turned into the figures
 * that are reported. Only bits per byte compares models with different tokenizers.
 *
 * @param nats the negative log-likelihood of the whole text, natural logarithm
 * @param tokens how many tokens were predicted
 * @param bytes how many bytes of UTF-8 these tokens stand for
 */
public record Likelihood(double nats, long tokens, long bytes) {
  public Likelihood {
    if (!(nats >= 0) || tokens < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "a likelihood needs nats, tokens and bytes of 0 or more: %s, %d, %d"
              .formatted(nats, tokens, bytes));
    }
  }

  /** Both texts together. */
  public Likelihood plus(Likelihood other) {
    return new Likelihood(nats + other.nats, tokens + other.tokens, bytes + other.bytes);
  }

  /** Nats a token, the loss of training; NaN for no token. */
  public double loss() {
    return tokens == 0 ? Double.NaN : nats / tokens;
  }

  /** e to the {@link #loss()}: among how many equally likely tokens the model wavers. */
  public double perplexity() {
    return Math.exp(loss());
  }

  /** Bits a byte of UTF-8; NaN for no byte. */
  public double bitsPerByte() {
    return bytes == 0 ? Double.NaN : nats / Math.log(2) / bytes;
  }
}

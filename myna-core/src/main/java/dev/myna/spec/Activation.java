package dev.myna.spec;

/** The non-linearity of a feed-forward layer. */
public enum Activation {
  RELU,
  /** By the error function (Hendrycks and Gimpel, 2016). */
  GELU,
  /** Its approximation by a hyperbolic tangent, as in GPT. */
  GELU_TANH,
  /** {@code x · sigmoid(1.702 x)}. */
  GELU_QUICK,
  /** {@code x · sigmoid(x)}, also called swish. */
  SILU,
  TANH
}

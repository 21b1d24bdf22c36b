package dev.myna.spec;

/** The non-linearity of a feed-forward layer. */
public enum Activation {
  /** None at all. */
  LINEAR,
  RELU,
  /** {@code min(relu(x), 6)}. */
  RELU6,
  /** {@code relu(x)²} (So et al., 2021). */
  RELU_SQUARED,
  /** A hundredth of {@code x} below zero (Maas et al., 2013). */
  LEAKY_RELU,
  /** By the error function (Hendrycks and Gimpel, 2016). */
  GELU,
  /** The same, cut to ±10. */
  GELU_CLIPPED,
  /** Its approximation by a hyperbolic tangent, as in GPT. */
  GELU_TANH,
  /** {@code x · sigmoid(1.702 x)}. */
  GELU_QUICK,
  /** {@code x · sigmoid(x)}, also called swish. */
  SILU,
  /** {@code x · min(relu(x + 3), 6) / 6} (Howard et al., 2019). */
  HARD_SILU,
  /** {@code x · tanh(softplus(x))} (Misra, 2019). */
  MISH,
  /**
   * The distribution function of a normal distribution, near {@code relu(x)²} (Ma et al., 2023).
   */
  LAPLACE,
  /** The root of {@code log(1 + exp x)}. */
  SQRT_SOFTPLUS,
  SIGMOID,
  TANH
}

package dev.myna.spec;

/**
 * Probabilities of dropping elements while training (Srivastava et al., 2014).
 *
 * @param embedding of what enters the first block
 * @param attention of attention weights
 * @param residual of what a layer adds
 * @param feedForward inside the feed-forward layer, after the activation
 * @param last of what leaves the stack
 */
public record DropoutSpec(
    double embedding, double attention, double residual, double feedForward, double last) {
  public static final DropoutSpec NONE = new DropoutSpec(0, 0, 0);

  public DropoutSpec {
    Require.probability("embedding dropout", embedding);
    Require.probability("attention dropout", attention);
    Require.probability("residual dropout", residual);
    Require.probability("feed-forward dropout", feedForward);
    Require.probability("last dropout", last);
  }

  /** None inside the feed-forward layer, none at the end. */
  public DropoutSpec(double embedding, double attention, double residual) {
    this(embedding, attention, residual, 0, 0);
  }
}

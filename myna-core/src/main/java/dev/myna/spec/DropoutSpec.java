package dev.myna.spec;

/**
 * Probabilities of dropping elements while training (Srivastava et al., 2014).
 *
 * @param embedding of what enters the first block
 * @param attention of attention weights
 * @param residual of what a layer adds
 */
public record DropoutSpec(double embedding, double attention, double residual) {
  public static final DropoutSpec NONE = new DropoutSpec(0, 0, 0);

  public DropoutSpec {
    Require.probability("embedding dropout", embedding);
    Require.probability("attention dropout", attention);
    Require.probability("residual dropout", residual);
  }
}

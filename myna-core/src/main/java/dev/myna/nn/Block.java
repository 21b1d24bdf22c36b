package dev.myna.nn;

import dev.myna.spec.BlockSpec;
import dev.myna.spec.NormPlace;
import dev.myna.tensor.Tensor;
import java.util.List;

/** One block of a stack: attention, then feed-forward, each in a residual (He et al., 2016). */
public final class Block extends Module {
  /** A layer, the addition around it, and its norm, in the order that the spec says. */
  private interface Residual {
    Tensor apply(Tensor x, Pass pass);
  }

  private final List<Residual> residuals;

  /**
   * @param width C
   * @param layer number of this block
   * @param positions of the model
   * @param attentionDropout of attention weights
   * @param residualDropout of what a layer adds
   */
  public Block(
      BlockSpec spec,
      int width,
      int layer,
      Positions positions,
      double attentionDropout,
      double residualDropout) {
    Attention attention =
        child(
            "attention",
            new Attention(spec.attention(), width, layer, positions, attentionDropout));
    Norm attentionNorm = child("attentionNorm", Norm.of(spec.norm(), width));
    FeedForward feedForward = child("feedForward", FeedForward.of(spec.feedForward(), width));
    Norm feedForwardNorm = child("feedForwardNorm", Norm.of(spec.norm(), width));
    Dropout dropout = child("dropout", new Dropout(residualDropout));
    residuals =
        List.of(
            residual(spec.place(), attentionNorm, dropout, attention::forward),
            residual(spec.place(), feedForwardNorm, dropout, (x, pass) -> feedForward.forward(x)));
  }

  private static Residual residual(NormPlace place, Norm norm, Dropout dropout, Residual layer) {
    return switch (place) {
      case BEFORE ->
          (x, pass) ->
              x.add(dropout.forward(layer.apply(Precision.operand(norm.forward(x)), pass)));
      case AFTER ->
          (x, pass) ->
              norm.forward(x.add(dropout.forward(layer.apply(Precision.operand(x), pass))));
    };
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor x, Pass pass) {
    Tensor y = x;
    for (Residual residual : residuals) {
      y = residual.apply(y, pass);
    }
    return y;
  }
}

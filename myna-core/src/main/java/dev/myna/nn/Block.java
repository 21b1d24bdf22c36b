package dev.myna.nn;

import dev.myna.spec.BlockSpec;
import dev.myna.spec.DropoutSpec;
import dev.myna.spec.NormPlace;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One block of a stack: attention, attention to an encoder where there is one, then feed-forward,
 * each in a residual (He et al., 2016).
 */
public final class Block extends Module {
  /** A layer, or a layer with the addition around it and its norms. */
  private interface Layer {
    Tensor apply(Tensor x, Pass pass);
  }

  private final BlockSpec spec;
  private final int width;
  private final Dropout dropout;
  private final List<Layer> residuals = new ArrayList<>();

  /**
   * @param width C
   * @param layer number of this block
   * @param positions of the tower; shared by its blocks
   */
  public Block(
      BlockSpec spec, int width, int layer, Positions positions, DropoutSpec probabilities) {
    this.spec = spec;
    this.width = width;
    dropout = new Dropout(probabilities.residual());
    Attention attention =
        child(
            "attention",
            new Attention(spec.attention(), width, layer, positions, probabilities.attention()));
    residuals.add(residual("attention", attention::forward));
    if (spec.cross().isPresent()) {
      Attention cross =
          child(
              "cross",
              new Attention(
                  spec.cross().get(),
                  width,
                  layer,
                  new Positions.None(),
                  probabilities.attention()));
      residuals.add(residual("cross", cross::cross));
    }
    FeedForward feedForward =
        child(
            "feedForward",
            FeedForward.of(spec.feedForward(), width, layer, probabilities.feedForward()));
    residuals.add(residual("feedForward", feedForward::forward));
    child("dropout", dropout);
  }

  private Layer residual(String name, Layer layer) {
    NormPlace place = spec.place();
    Norm norm = child(name + "Norm", Norm.of(spec.norm(), width));
    return switch (place) {
      case BEFORE ->
          (x, pass) ->
              x.add(dropout.forward(layer.apply(Precision.operand(norm.forward(x)), pass)));
      case AFTER ->
          (x, pass) ->
              norm.forward(x.add(dropout.forward(layer.apply(Precision.operand(x), pass))));
      case BOTH -> {
        Norm after = child(name + "PostNorm", Norm.of(spec.norm(), width));
        yield (x, pass) -> {
          Tensor y = layer.apply(Precision.operand(norm.forward(x)), pass);
          return x.add(dropout.forward(after.forward(y)));
        };
      }
    };
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor x, Pass pass) {
    Tensor y = x;
    for (Layer residual : residuals) {
      y = residual.apply(y, pass);
    }
    return y;
  }
}

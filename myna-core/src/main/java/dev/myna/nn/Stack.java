package dev.myna.nn;

import dev.myna.spec.BlockSpec;
import dev.myna.spec.DropoutSpec;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Blocks, one after another. Their names are their numbers. */
public final class Stack extends Module {
  private final List<Block> blocks;

  /**
   * @param specs a block each
   * @param width C
   * @param positions shared by the blocks
   */
  public Stack(List<BlockSpec> specs, int width, Positions positions, DropoutSpec dropout) {
    blocks =
        IntStream.range(0, specs.size())
            .mapToObj(
                layer ->
                    child(
                        Integer.toString(layer),
                        new Block(
                            specs.get(layer),
                            width,
                            layer,
                            positions,
                            dropout.attention(),
                            dropout.residual())))
            .toList();
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, C)
   */
  public Tensor forward(Tensor x, Pass pass) {
    Tensor y = x;
    for (int layer = 0; layer < blocks.size(); layer++) {
      pass.taps().hidden(layer, y);
      y = blocks.get(layer).forward(y, pass);
    }
    return y;
  }

  /** The blocks, in order. */
  public List<Block> blocks() {
    return blocks;
  }
}

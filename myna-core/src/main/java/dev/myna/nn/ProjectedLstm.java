package dev.myna.nn;

import dev.myna.tensor.RecurrentKernel;
import dev.myna.tensor.Tensor;
import java.util.List;

/**
 * An LSTM layer that reads in one direction and of whose hidden state only a projection goes on, to
 * the next step and the next layer (Sak et al., 2014): a large cell at the price of a small one.
 *
 * <p>Parameters have the names and shapes of {@code torch.nn.LSTM} with {@code proj_size}.
 */
public final class ProjectedLstm extends Module {
  private final int width;
  private final int out;
  private final List<Tensor> weights;

  /**
   * @param in C
   * @param width H, of the cell
   * @param out P, of what goes on; less than H
   */
  public ProjectedLstm(int in, int width, int out) {
    if (out >= width) {
      throw new IllegalArgumentException(
          "a projection is smaller than the state: found %d of %d".formatted(out, width));
    }
    this.width = width;
    this.out = out;
    long rows = (long) RecurrentKernel.LSTM.gates() * width;
    weights =
        List.of(
            parameter("weight_ih_l0", rows, in),
            parameter("weight_hh_l0", rows, out),
            parameter("bias_ih_l0", rows),
            parameter("bias_hh_l0", rows),
            parameter("weight_hr_l0", out, width));
  }

  /**
   * Reads texts from their beginning; what stands behind the end of one changes nothing before.
   *
   * @param x (B, T, C)
   * @return (B, T, P)
   */
  public Tensor forward(Tensor x) {
    Tensor hidden = Tensor.zeros(x.dtype(), x.device(), 1, x.size(0), out);
    Tensor cell = Tensor.zeros(x.dtype(), x.device(), 1, x.size(0), width);
    return RecurrentKernel.LSTM
        .run(x, List.of(hidden, cell), weights, new RecurrentKernel.Stacking(1, 0, false))
        .outputs();
  }

  /** H. */
  public int width() {
    return width;
  }
}

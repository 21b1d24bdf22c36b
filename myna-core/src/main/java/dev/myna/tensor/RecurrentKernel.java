package dev.myna.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** libtorch's recurrent layers: all layers, directions and steps in one call. */
public enum RecurrentKernel {
  /** {@code tanh(W x + U h + b)} (Elman, 1990). */
  TANH(1),
  /** The same with {@code relu}. */
  RELU(1),
  /** Long short-term memory (Hochreiter and Schmidhuber, 1997), with a forget gate. */
  LSTM(4),
  /** Gated recurrent unit (Cho et al., 2014). */
  GRU(3);

  private final int gates;

  RecurrentKernel(int gates) {
    this.gates = gates;
  }

  /** How many matrices of each kind a layer has. */
  public int gates() {
    return gates;
  }

  /** Whether a cell is carried beside the hidden state. */
  public boolean hasCell() {
    return this == LSTM;
  }

  /**
   * What came out.
   *
   * @param outputs of the last layer
   * @param states the hidden state of each layer and direction, and of an LSTM the cells
   */
  public record Result(Tensor outputs, List<Tensor> states) {}

  /** How the layers are stacked. */
  public record Stacking(long layers, double dropout, boolean bidirectional) {}

  /**
   * Runs over texts of one length.
   *
   * @param x (B, T, C)
   * @param states (layers · directions, B, H) each
   * @param weights of each layer and direction: (G·H, in), (G·H, H), and two biases (G·H)
   */
  public Result run(Tensor x, List<Tensor> states, List<Tensor> weights, Stacking stacking) {
    if (this == LSTM && !x.raw().is_cuda() && !fused(x)) {
      return stepByStep(x, states, weights, stacking);
    }
    TensorVector w = Tensor.vector(weights);
    org.bytedeco.pytorch.Tensor h = states.getFirst().raw();
    long n = stacking.layers();
    double p = stacking.dropout();
    boolean both = stacking.bidirectional();
    return caught(
        x,
        () ->
            switch (this) {
              case TANH -> pair(torch.rnn_tanh(x.raw(), h, w, true, n, p, p > 0, both, true));
              case RELU -> pair(torch.rnn_relu(x.raw(), h, w, true, n, p, p > 0, both, true));
              case GRU -> pair(torch.gru(x.raw(), h, w, true, n, p, p > 0, both, true));
              case LSTM ->
                  triple(
                      torch.lstm(x.raw(), Tensor.vector(states), w, true, n, p, p > 0, both, true));
            });
  }

  /**
   * Whether all steps of texts of one length are one call of oneDNN, the fastest way: those of an
   * LSTM, but not where it only reads in float32. For that its results are wrong on some processors
   * where the width is no multiple of 32 (see {@code docs/log.md}).
   *
   * @param x the inputs as they go into products
   */
  public boolean fused(Tensor x) {
    return this == LSTM && (x.dtype() == DType.BFLOAT16 || Gradients.wanted());
  }

  /** The same by libtorch's own loop, which is the one for packed texts. */
  private Result stepByStep(
      Tensor x, List<Tensor> states, List<Tensor> weights, Stacking stacking) {
    long batch = x.size(0);
    long time = x.size(1);
    Tensor packed = x.transpose(0, 1).reshape(time * batch, x.size(2)); // (T · B, C)
    Tensor sizes = Tensor.full(batch, DType.INT64, Device.CPU, time);
    Result result = runPacked(packed, sizes, states, weights, stacking);
    return new Result(result.outputs().view(time, batch, -1).transpose(0, 1), result.states());
  }

  /**
   * Runs over texts of several lengths, packed: all first tokens, all second ones, and so on, the
   * longest text first.
   *
   * @param x (tokens, C)
   * @param sizes how many texts have a first token, a second one, …; int64 on the processor
   */
  public Result runPacked(
      Tensor x, Tensor sizes, List<Tensor> states, List<Tensor> weights, Stacking stacking) {
    TensorVector w = Tensor.vector(weights);
    org.bytedeco.pytorch.Tensor h = states.getFirst().raw();
    org.bytedeco.pytorch.Tensor s = sizes.raw();
    long n = stacking.layers();
    double p = stacking.dropout();
    boolean both = stacking.bidirectional();
    return caught(
        x,
        () ->
            switch (this) {
              case TANH -> pair(torch.rnn_tanh(x.raw(), s, h, w, true, n, p, p > 0, both));
              case RELU -> pair(torch.rnn_relu(x.raw(), s, h, w, true, n, p, p > 0, both));
              case GRU -> pair(torch.gru(x.raw(), s, h, w, true, n, p, p > 0, both));
              case LSTM ->
                  triple(torch.lstm(x.raw(), s, Tensor.vector(states), w, true, n, p, p > 0, both));
            });
  }

  private Result caught(Tensor x, Supplier<Result> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw Tensor.explain(name(), e, x);
    }
  }

  private static Result pair(org.bytedeco.pytorch.T_TensorTensor_T both) {
    return new Result(Tensor.borrow(both.get0()), List.of(Tensor.borrow(both.get1())));
  }

  private static Result triple(org.bytedeco.pytorch.T_TensorTensorTensor_T all) {
    return new Result(
        Tensor.borrow(all.get0()), List.of(Tensor.borrow(all.get1()), Tensor.borrow(all.get2())));
  }
}

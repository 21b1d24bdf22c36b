package dev.myna.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Whether operations of this thread build the graph of gradients, and gradients out of it. */
public final class Gradients implements AutoCloseable {
  private final boolean before;

  private Gradients(boolean wanted) {
    Libtorch.load();
    before = GradMode.is_enabled();
    GradMode.set_enabled(wanted);
  }

  /** No graph until closed: for evaluation, generation and updates of weights. */
  public static Gradients off() {
    return new Gradients(false);
  }

  /** A graph until closed, even inside {@link #off}. */
  public static Gradients on() {
    return new Gradients(true);
  }

  /** Whether operations of this thread build the graph. */
  public static boolean wanted() {
    Libtorch.load();
    return GradMode.is_enabled();
  }

  /**
   * The gradients of a scalar by some tensors of its graph, which is spent. Unlike {@link
   * Tensor#backward}, it leaves nothing in the leaves.
   *
   * @param inputs each of which the scalar depends on
   * @return one for each input, of its shape
   */
  public static List<Tensor> of(Tensor scalar, List<Tensor> inputs) {
    try {
      return borrowed(torch.grad(Tensor.vector(List.of(scalar)), Tensor.vector(inputs)));
    } catch (RuntimeException e) {
      throw Tensor.explain("gradients", e, scalar);
    }
  }

  /**
   * The gradients of a scalar by some inputs, from that by what was computed of the inputs.
   *
   * @param output of the inputs, whose graph is spent
   * @param gradient of the scalar by the output, of its shape
   */
  public static List<Tensor> of(Tensor output, Tensor gradient, List<Tensor> inputs) {
    try {
      TensorVector found =
          torch.grad(
              Tensor.vector(List.of(output)),
              Tensor.vector(inputs),
              Tensor.vector(List.of(gradient)),
              new BoolOptional(false),
              false,
              false);
      return borrowed(found);
    } catch (RuntimeException e) {
      throw Tensor.explain("gradients", e, output);
    }
  }

  private static List<Tensor> borrowed(TensorVector found) {
    List<Tensor> gradients = new ArrayList<>();
    for (long i = 0; i < found.size(); i++) {
      gradients.add(Tensor.borrow(found.get(i)));
    }
    return gradients;
  }

  @Override
  public void close() {
    GradMode.set_enabled(before);
  }
}

package dev.myna.tensor;

import java.util.ArrayList;
import java.util.List;
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
      TensorVector found = torch.grad(Tensor.vector(List.of(scalar)), Tensor.vector(inputs));
      List<Tensor> gradients = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        gradients.add(Tensor.borrow(found.get(i)));
      }
      return gradients;
    } catch (RuntimeException e) {
      throw Tensor.explain("gradients", e, scalar);
    }
  }

  @Override
  public void close() {
    GradMode.set_enabled(before);
  }
}

package dev.myna.tensor;

import org.bytedeco.pytorch.GradMode;

/** Whether operations of this thread build the graph of gradients. */
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

  @Override
  public void close() {
    GradMode.set_enabled(before);
  }
}

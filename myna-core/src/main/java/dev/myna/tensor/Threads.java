package dev.myna.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * As many threads for an operation as its tensors are worth, while it is open: to wake a thread
 * takes longer than to go over a small tensor.
 *
 * <p>Only lowers what was set before ({@link Libtorch#threads}); belongs to one thread.
 */
public final class Threads implements AutoCloseable {
  private final int before;
  private final boolean fewer;
  private final boolean fewerBlas;

  private Threads(boolean fewer, boolean fewerBlas) {
    before = torch.get_num_threads();
    this.fewer = fewer && before > 1;
    this.fewerBlas = fewerBlas;
    if (this.fewer) {
      torch.set_num_threads(1);
    }
    if (fewerBlas) {
      BlasThreads.set(1);
    }
  }

  /**
   * Threads for a pass over some positions.
   *
   * @param positions of all rows together
   * @param width of the model
   */
  public static Threads forPass(long positions, long width) {
    Libtorch.load();
    return new Threads(positions * width < Libtorch.SMALL, positions == 1);
  }

  @Override
  public void close() {
    if (fewer) {
      torch.set_num_threads(before);
    }
    if (fewerBlas) {
      BlasThreads.restore();
    }
  }
}

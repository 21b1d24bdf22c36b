package dev.myna.tensor;

import org.bytedeco.pytorch.InferenceMode;

/**
 * Operations without anything that gradients need, until closed: cheaper than {@link
 * Gradients#off}, but no gradient ever flows through what is made here.
 */
public final class Inference implements AutoCloseable {
  private final InferenceMode guard;

  private Inference() {
    Libtorch.load();
    guard = new InferenceMode(true);
  }

  /** Computes only, until closed. */
  public static Inference mode() {
    return new Inference();
  }

  @Override
  public void close() {
    guard.deallocate();
  }
}

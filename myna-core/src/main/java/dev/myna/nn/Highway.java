package dev.myna.nn;

import dev.myna.tensor.Tensor;

/**
 * A layer that learns how much of its input to let through unchanged (Srivastava et al., 2015):
 * {@code g · relu(W x + b) + (1 − g) · x} with {@code g = sigmoid(U x + c)}.
 */
public final class Highway extends Module {
  private final Linear gate;
  private final Linear changed;

  /**
   * @param width C
   */
  public Highway(int width) {
    gate = child("gate", new Linear(width, width, true));
    changed = child("changed", new Linear(width, width, true));
  }

  /**
   * @param x (…, C)
   * @return (…, C)
   */
  public Tensor forward(Tensor x) {
    Tensor share = gate.forward(x).sigmoid();
    return changed.forward(x).relu().sub(x).mul(share).add(x);
  }
}

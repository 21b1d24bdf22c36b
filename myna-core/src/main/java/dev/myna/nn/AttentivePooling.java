package dev.myna.nn;

import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One state of many, weighed by how much a learned vector likes each (Yang et al., 2016): {@code
 * softmax(v · tanh(W h + b))}.
 */
public final class AttentivePooling extends Module {
  private final Linear states;
  private final Linear liking;

  /**
   * @param width C
   */
  public AttentivePooling(int width) {
    states = child("states", new Linear(width, width, true));
    liking = child("liking", new Linear(width, 1, false));
  }

  /**
   * @param hidden (B, T, C); scores and weights are of its type, whatever products are made in
   * @param real (B, T) boolean: where there is no padding; null for everywhere
   * @return (B, C)
   */
  public Tensor forward(Tensor hidden, @Nullable Tensor real) {
    Tensor liked = liking.forward(states.forward(hidden).tanh()); // (B, T, 1)
    Tensor scores = liked.squeeze(-1).to(hidden.dtype()); // (B, T)
    Tensor seen = real == null ? scores : scores.maskedFill(real.not(), -3e38);
    return seen.softmax(-1).unsqueeze(1).matmul(hidden).squeeze(1); // (B, C)
  }
}

package dev.myna.task;

import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;

/**
 * Sequences of one length and what follows each of their tokens, in Java memory.
 *
 * @param ids row after row, B·T
 * @param targets the id after each of them, or {@link #IGNORED}
 * @param rows B
 */
public record Batch(int[] ids, int[] targets, int rows) implements Task.Weighed {
  /** A target that does not count. */
  public static final int IGNORED = -100;

  public Batch {
    if (rows < 1 || ids.length % rows != 0 || ids.length != targets.length) {
      throw new IllegalArgumentException(
          "a batch wants as many targets as ids, in whole rows; found %d ids, %d targets, %d rows"
              .formatted(ids.length, targets.length, rows));
    }
  }

  /** T. */
  public int length() {
    return ids.length / rows;
  }

  /** B·T. */
  @Override
  public int tokens() {
    return ids.length;
  }

  /** (B, T). */
  public Tensor idTensor(Device device) {
    return Tensor.of(ids, rows, length()).to(device);
  }

  /** (B·T). */
  public Tensor targetTensor(Device device) {
    return Tensor.of(targets, targets.length).to(device);
  }
}

package dev.myna.task;

import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

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

  /** Rows apart, in at most so many parts, each weighed by the targets that count in it. */
  public List<Task.Part<Batch>> parts(int most) {
    return Task.Part.apart(rows, most, this::rows, Batch::counted);
  }

  /** Some of the rows. */
  Batch rows(int from, int to) {
    return new Batch(
        Arrays.copyOfRange(ids, from * length(), to * length()),
        Arrays.copyOfRange(targets, from * length(), to * length()),
        to - from);
  }

  private long counted() {
    return Arrays.stream(targets).filter(target -> target != IGNORED).count();
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

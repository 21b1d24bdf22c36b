package dev.myna.task;

import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Texts and what an encoder-decoder shall make of them.
 *
 * @param sources ids that the encoder reads, a text each; none of them empty
 * @param targets ids that the decoder shall say, their end token included
 * @param start id that the decoder reads first
 * @param padding id that fills up shorter rows
 */
public record PairBatch(List<int[]> sources, List<int[]> targets, int start, int padding) {
  public PairBatch {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    if (sources.isEmpty() || sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "a batch wants as many targets as sources, and at least one; found %d and %d"
              .formatted(sources.size(), targets.size()));
    }
  }

  /**
   * The loss of saying the targets, with the true words before each (teacher forcing).
   *
   * @param smoothing label smoothing (Szegedy et al., 2016; Vaswani et al., 2017)
   * @return a float32 scalar in nats a target token
   */
  public Tensor loss(Transformer model, double smoothing, Device device) {
    Tensor source = padded(sources, padding, device); // (B, S)
    Mask mask = new Mask.Padding(Mask.ALL, there(device)); // (B, S)
    Tensor states = model.encode(source, Pass.whole(source, mask)); // (B, S, C)
    List<int[]> read = targets.stream().map(this::shifted).toList();
    Tensor input = padded(read, padding, device); // (B, T)
    Tensor hidden =
        model.hidden(input, Pass.whole(input, Mask.CAUSAL).with(Memory.of(states, mask)));
    Tensor wanted = padded(targets, Batch.IGNORED, device); // (B, T)
    Tensor logits = model.logits(hidden); // (B, T, V)
    return logits
        .reshape(-1, logits.size(-1)) // (B·T, V)
        .to(DType.FLOAT32)
        .crossEntropy(wanted.reshape(-1).to(DType.INT64), Batch.IGNORED, smoothing);
  }

  /** What the decoder reads: the start, and all but the last of what it shall say. */
  private int[] shifted(int[] target) {
    int[] shifted = new int[target.length];
    System.arraycopy(target, 0, shifted, 1, target.length - 1);
    shifted[0] = start;
    return shifted;
  }

  private Tensor there(Device device) {
    int length = sources.stream().mapToInt(ids -> ids.length).max().orElse(0);
    boolean[] there = new boolean[sources.size() * length];
    for (int row = 0; row < sources.size(); row++) {
      Arrays.fill(there, row * length, row * length + sources.get(row).length, true);
    }
    return Tensor.of(there, sources.size(), length).to(device);
  }

  private static Tensor padded(List<int[]> rows, int filling, Device device) {
    int length = rows.stream().mapToInt(ids -> ids.length).max().orElse(0);
    int[] all = new int[rows.size() * length];
    Arrays.fill(all, filling);
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, all, row * length, rows.get(row).length);
    }
    return Tensor.of(all, rows.size(), length).to(device);
  }
}

package dev.myna.task;

import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.List;

/**
 * Texts and what an encoder-decoder shall make of them.
 *
 * @param sources ids that the encoder reads, a text each; none of them empty
 * @param targets ids that the decoder shall say, their end token included
 * @param start id that the decoder reads first
 * @param padding id that fills up shorter rows
 */
public record PairBatch(List<int[]> sources, List<int[]> targets, int start, int padding)
    implements Task.Weighed {
  public PairBatch {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    if (sources.isEmpty() || sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "a batch wants as many targets as sources, and at least one; found %d and %d"
              .formatted(sources.size(), targets.size()));
    }
  }

  @Override
  public int tokens() {
    return new Padded(sources).tokens() + saidTokens();
  }

  /** Tokens that the decoder shall say. */
  public int saidTokens() {
    return new Padded(targets).tokens();
  }

  /**
   * The loss of saying the targets, with the true words before each (teacher forcing).
   *
   * @param smoothing label smoothing (Szegedy et al., 2016; Vaswani et al., 2017)
   * @return a float32 scalar in nats a target token
   */
  public Tensor loss(Transformer model, double smoothing, Device device) {
    Padded texts = new Padded(sources);
    Tensor source = texts.ids(padding, device); // (B, S)
    Mask mask = new Mask.Padding(Mask.ALL, texts.there(device)); // (B, S)
    Tensor states = model.encode(source, Pass.whole(source, mask)); // (B, S, C)
    Tensor input = read(device); // (B, T)
    Tensor hidden =
        model.hidden(input, Pass.whole(input, Mask.CAUSAL).with(Memory.of(states, mask)));
    return model.loss(hidden, wanted(device), smoothing);
  }

  /** What the decoder reads, the start and all but the last of what it shall say: (B, T). */
  public Tensor read(Device device) {
    return new Padded(targets.stream().map(this::shifted).toList()).ids(padding, device);
  }

  /** What it shall say, {@link Batch#IGNORED} behind the ends: (B, T) int64. */
  public Tensor wanted(Device device) {
    return new Padded(targets).ids(Batch.IGNORED, device).to(DType.INT64);
  }

  private int[] shifted(int[] target) {
    int[] shifted = new int[target.length];
    System.arraycopy(target, 0, shifted, 1, target.length - 1);
    shifted[0] = start;
    return shifted;
  }
}

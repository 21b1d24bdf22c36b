package dev.myna.generate;

import dev.myna.model.Transformer;
import dev.myna.nn.KeyValueCache;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.nn.Precision;
import dev.myna.nn.Taps;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Inference;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Threads;
import java.util.Arrays;

/**
 * A {@link Transformer} that reads a prompt once and then one token a step, over a {@link
 * KeyValueCache}.
 *
 * <p>An encoder-decoder must be given its sources by {@link #encode} before each prompt.
 *
 * <p>Prompts of unequal length are padded on the left; padding is seen by nobody, and positions
 * count from the first real token, so that a row gives what it would give alone.
 */
public final class CachedTransformer implements NextToken {
  private final Transformer model;
  private final Device device;
  private final Precision precision;
  private KeyValueCache cache = new KeyValueCache();
  private Memory memory = Memory.NONE;

  /** Padding before each row. */
  private int[] padding = {};

  /** Number of positions of each row, padding included. */
  private int length;

  public CachedTransformer(Transformer model, Device device, Precision precision) {
    this.model = model;
    this.device = device;
    this.precision = precision;
    model.training(false);
  }

  /**
   * Gives the decoder of an encoder-decoder the texts to look at, one a row, until others are
   * given.
   *
   * @param sources token ids; may differ in length
   */
  public void encode(int[][] sources) {
    int longest = Arrays.stream(sources).mapToInt(s -> s.length).max().orElse(0);
    int[] ids = new int[sources.length * longest];
    boolean[] there = new boolean[ids.length];
    for (int row = 0; row < sources.length; row++) {
      System.arraycopy(sources[row], 0, ids, row * longest, sources[row].length);
      Arrays.fill(there, row * longest, row * longest + sources[row].length, true);
    }
    memory.close();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor input = Tensor.of(ids, sources.length, longest).to(device); // (B, S)
      Mask mask = new Mask.Padding(Mask.ALL, Tensor.of(there, sources.length, longest).to(device));
      Tensor states = precision.call(() -> model.encode(input, Transformer.wholeText(input, mask)));
      memory = Memory.kept(states, mask);
    }
  }

  @Override
  public float[][] prefill(int[][] prompts) {
    cache.close();
    cache = new KeyValueCache();
    int longest = Arrays.stream(prompts).mapToInt(p -> p.length).max().orElse(0);
    padding = Arrays.stream(prompts).mapToInt(p -> longest - p.length).toArray();
    length = longest;
    int[] ids = new int[prompts.length * longest];
    long[] positions = new long[ids.length];
    for (int row = 0; row < prompts.length; row++) {
      for (int i = padding[row]; i < longest; i++) {
        ids[row * longest + i] = prompts[row][i - padding[row]];
        positions[row * longest + i] = i - padding[row];
      }
    }
    return logits(ids, positions, prompts.length, longest);
  }

  @Override
  public float[][] step(int[] tokens) {
    length++;
    long[] positions = Arrays.stream(padding).mapToLong(p -> length - 1 - p).toArray();
    return logits(tokens, positions, tokens.length, 1);
  }

  private float[][] logits(int[] ids, long[] positions, int rows, int columns) {
    try (Threads few = Threads.forPass((long) rows * columns, model.spec().width());
        Scope scope = Scope.open();
        Inference only = Inference.mode()) {
      Tensor input = Tensor.of(ids, rows, columns).to(device); // (B, T)
      Tensor places = Tensor.of(positions, rows, columns).to(device); // (B, T)
      Pass pass = new Pass(places, mask(), cache, Taps.NONE).with(memory);
      Tensor last =
          precision.call(
              () -> {
                Tensor hidden = model.hidden(input, pass); // (B, T, C)
                return model.logits(hidden.select(1, columns - 1)); // (B, V)
              });
      cache.advance(columns);
      return NextToken.rows(last);
    }
  }

  private Mask mask() {
    if (Arrays.stream(padding).allMatch(p -> p == 0)) {
      return Mask.CAUSAL;
    }
    boolean[] there = new boolean[padding.length * length];
    for (int row = 0; row < padding.length; row++) {
      Arrays.fill(there, row * length + padding[row], (row + 1) * length, true);
    }
    return new Mask.Padding(Mask.CAUSAL, Tensor.of(there, padding.length, length).to(device));
  }

  @Override
  public void reorder(int[] parents) {
    if (NextToken.changesNothing(parents, padding.length)) {
      return;
    }
    padding = Arrays.stream(parents).map(p -> padding[p]).toArray();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor rows = Tensor.of(parents).to(device);
      cache.reorder(rows);
      memory.reorder(rows);
    }
  }

  @Override
  public int vocabulary() {
    return model.spec().vocabulary();
  }

  @Override
  public int context() {
    return model.spec().context();
  }

  @Override
  public void close() {
    cache.close();
    memory.close();
  }
}

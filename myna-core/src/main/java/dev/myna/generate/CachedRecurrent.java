package dev.myna.generate;

import dev.myna.model.RecurrentModel;
import dev.myna.nn.Recurrent;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Arrays;

/**
 * A {@link RecurrentModel} that reads a prompt once and then one token a step. Its cache is its
 * state, which is as large after a million tokens as after one.
 */
public final class CachedRecurrent implements NextToken {
  private final RecurrentModel model;
  private final Device device;
  private Recurrent.State state;

  public CachedRecurrent(RecurrentModel model, Device device) {
    this.model = model;
    this.device = device;
    model.training(false);
    try (Scope scope = Scope.open()) {
      state = model.start(1).kept();
    }
  }

  @Override
  public float[][] prefill(int[][] prompts) {
    int longest = Arrays.stream(prompts).mapToInt(prompt -> prompt.length).max().orElse(0);
    int[] lengths = Arrays.stream(prompts).mapToInt(prompt -> prompt.length).toArray();
    int[] ids = new int[prompts.length * longest];
    for (int row = 0; row < prompts.length; row++) {
      System.arraycopy(prompts[row], 0, ids, row * longest, lengths[row]);
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor input = Tensor.of(ids, prompts.length, longest).to(device); // (B, T)
      return logits(model.read(input, lengths));
    }
  }

  @Override
  public float[][] step(int[] tokens) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor input = Tensor.of(tokens, tokens.length, 1).to(device); // (B, 1)
      return logits(model.forward(input, state).state());
    }
  }

  private float[][] logits(Recurrent.State after) {
    float[][] logits = NextToken.rows(model.next(after));
    become(after);
    return logits;
  }

  private void become(Recurrent.State after) {
    Recurrent.State kept = after.kept();
    state.free();
    state = kept;
  }

  @Override
  public void reorder(int[] parents) {
    if (NextToken.changesNothing(parents, state.hidden().size(1))) {
      return;
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      become(state.reorder(Tensor.of(parents).to(DType.INT64).to(device)));
    }
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  /** No limit: the state forgets by itself. */
  @Override
  public int context() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    state.free();
  }
}

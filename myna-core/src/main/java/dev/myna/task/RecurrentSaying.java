package dev.myna.task;

import dev.myna.generate.NextToken;
import dev.myna.model.RecurrentTranslator;
import dev.myna.model.RecurrentTranslator.Carry;
import dev.myna.nn.Alignment;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link RecurrentTranslator} that says token after token about some texts. */
final class RecurrentSaying implements NextToken {
  private final RecurrentTranslator model;
  private final int[][] sources;
  private final Device device;
  private @Nullable Carry carry;

  RecurrentSaying(RecurrentTranslator model, int[][] sources, Device device) {
    this.model = model;
    this.sources = sources.clone();
    this.device = device;
    model.training(false);
  }

  @Override
  public float[][] prefill(int[][] prompts) {
    close();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Padded texts = new Padded(List.of(sources));
      carry = kept(model.read(texts.ids(0, device), texts.lengths(), texts.there(device)));
    }
    float[][] logits = {};
    for (int t = 0; t < prompts[0].length; t++) {
      int place = t;
      logits = step(Arrays.stream(prompts).mapToInt(prompt -> prompt[place]).toArray());
    }
    return logits;
  }

  @Override
  public float[][] step(int[] tokens) {
    Carry before = need();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor ids = Tensor.of(tokens, tokens.length).to(DType.INT64).to(device);
      RecurrentTranslator.Step step = model.step(ids, before);
      float[][] logits = NextToken.rows(model.logits(step.said()));
      replace(before, kept(step.carry()));
      return logits;
    }
  }

  @Override
  public void reorder(int[] parents) {
    Carry before = need();
    if (NextToken.changesNothing(parents, before.state().hidden().size(1))) {
      return;
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor rows = Tensor.of(parents, parents.length).to(DType.INT64).to(device);
      replace(before, kept(before.reorder(rows)));
    }
  }

  private Carry need() {
    if (carry == null) {
      throw new IllegalStateException("prompts come before tokens");
    }
    return carry;
  }

  private void replace(Carry before, Carry after) {
    before.tensors().forEach(Tensor::free);
    carry = after;
  }

  /** Copies that outlive every scope. */
  private static Carry kept(Carry made) {
    UnaryOperator<Tensor> keep = tensor -> tensor.copy().outliveScopes();
    Alignment.Keys keys = made.keys();
    Tensor fed = made.fed();
    return new Carry(
        made.state().kept(),
        fed == null ? null : keep.apply(fed),
        keys == null
            ? null
            : new Alignment.Keys(
                keep.apply(keys.memory()), keep.apply(keys.keys()), keep.apply(keys.there())),
        made.step());
  }

  @Override
  public int vocabulary() {
    return model.spec().vocabulary();
  }

  @Override
  public int context() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    if (carry != null) {
      carry.tensors().forEach(Tensor::free);
      carry = null;
    }
  }
}

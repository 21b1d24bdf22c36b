package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.TensorList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** AdamW (Loshchilov and Hutter, 2019). */
public final class AdamW extends Optimizer {
  /** Running means of a parameter's gradients and of their squares. */
  private record Moments(Tensor mean, Tensor square) {}

  private final Map<String, Moments> moments = new HashMap<>();
  private final Tensor steps = Tensor.scalar(0).outliveScopes();
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  /**
   * @param decay weight decay, of matrices
   * @param beta1 of the running mean of gradients
   * @param beta2 of the running mean of their squares
   */
  public AdamW(Module model, double decay, double beta1, double beta2, double epsilon) {
    super(model, decay);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    for (Named named : parameters()) {
      moments.put(named.name(), new Moments(zeros(named.parameter()), zeros(named.parameter())));
    }
  }

  private static Tensor zeros(Tensor like) {
    return Tensor.zeros(like.dtype(), like.device(), like.shape()).outliveScopes();
  }

  @Override
  void begin() {
    steps.add_(1);
  }

  @Override
  void move(List<Named> group, double rate, double decay) {
    TensorList.adamW(
        list(group, Named::parameter),
        list(group, Named::gradient),
        list(group, named -> moments(named).mean),
        list(group, named -> moments(named).square),
        list(group, named -> steps),
        rate,
        beta1,
        beta2,
        decay,
        epsilon);
  }

  private Moments moments(Named named) {
    return Objects.requireNonNull(moments.get(named.name()));
  }

  private static TensorList list(List<Named> group, Function<Named, Tensor> part) {
    return TensorList.of(group.stream().map(part).toList());
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = super.state();
    state.put("optimizer.steps", steps);
    for (Named named : parameters()) {
      state.put("optimizer.mean." + named.name(), moments(named).mean);
      state.put("optimizer.square." + named.name(), moments(named).square);
    }
    return state;
  }
}

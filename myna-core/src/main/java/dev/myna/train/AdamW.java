package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter, 2019) over the parameters of a model that want gradients; weight
 * decay on matrices only (parameters of two or more dimensions).
 */
public final class AdamW {
  /** The state of one parameter. */
  private record Slot(String name, Tensor parameter, Tensor mean, Tensor square) {}

  private final List<Slot> slots = new ArrayList<>();
  private final Tensor steps = Tensor.scalar(0).outliveScopes();
  private final double decay;
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  /**
   * @param decay weight decay, of matrices
   * @param beta1 of the running mean of gradients
   * @param beta2 of the running mean of their squares
   */
  public AdamW(Module model, double decay, double beta1, double beta2, double epsilon) {
    this.decay = decay;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGrad()) {
                slots.add(new Slot(name, parameter, zeros(parameter), zeros(parameter)));
              }
            });
  }

  /** With the settings of a training. */
  static AdamW of(Module model, TrainConfig config) {
    return new AdamW(model, config.weightDecay(), config.beta1(), config.beta2(), config.epsilon());
  }

  private static Tensor zeros(Tensor like) {
    return Tensor.zeros(like.dtype(), like.device(), like.shape()).outliveScopes();
  }

  /** Forgets the gradients of the last step. */
  public void zeroGrad() {
    slots.forEach(slot -> slot.parameter.clearGrad());
  }

  /**
   * Shortens all gradients together to a length (Pascanu et al., 2013).
   *
   * @param length the longest allowed; 0 to leave them as they are
   * @return the length before
   */
  public double clip(double length) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      TensorList gradients = TensorList.of(withGradients().stream().map(this::gradient).toList());
      double norm = gradients.norm().item();
      if (length > 0 && norm > length) {
        gradients.mul_(length / (norm + 1e-6));
      }
      return norm;
    }
  }

  private List<Slot> withGradients() {
    return slots.stream().filter(slot -> slot.parameter.hasGrad()).toList();
  }

  private Tensor gradient(Slot slot) {
    Tensor gradient = slot.parameter.grad();
    if (gradient == null) {
      throw new IllegalStateException("no gradient of " + slot.name);
    }
    return gradient;
  }

  /** One step at a learning rate. */
  public void step(double rate) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      steps.add_(1);
      List<Slot> moving = withGradients();
      step(moving.stream().filter(AdamW::isMatrix).toList(), rate, decay);
      step(moving.stream().filter(slot -> !isMatrix(slot)).toList(), rate, 0);
    }
  }

  private static boolean isMatrix(Slot slot) {
    return slot.parameter.dim() >= 2;
  }

  private void step(List<Slot> group, double rate, double weightDecay) {
    TensorList.adamW(
        TensorList.of(group.stream().map(Slot::parameter).toList()),
        TensorList.of(group.stream().map(this::gradient).toList()),
        TensorList.of(group.stream().map(Slot::mean).toList()),
        TensorList.of(group.stream().map(Slot::square).toList()),
        TensorList.of(group.stream().map(slot -> steps).toList()),
        rate,
        beta1,
        beta2,
        weightDecay,
        epsilon);
  }

  /** Everything that {@link #load} needs to go on, by name. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("optimizer.steps", steps);
    for (Slot slot : slots) {
      state.put("optimizer.mean." + slot.name, slot.mean);
      state.put("optimizer.square." + slot.name, slot.square);
    }
    return state;
  }

  /** Goes on from a {@link #state}. */
  public void load(Map<String, Tensor> saved) {
    try (Gradients off = Gradients.off()) {
      state()
          .forEach(
              (name, tensor) -> {
                Tensor source = saved.get(name);
                if (source == null) {
                  throw new CheckpointException(
                      "the saved optimizer has no %s; was it of another model?".formatted(name));
                }
                tensor.copy_(source);
              });
    }
  }
}

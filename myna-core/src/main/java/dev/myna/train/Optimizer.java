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
 * Changes the parameters of a model that want gradients by their gradients; weight decay on
 * matrices only (parameters of two or more dimensions).
 */
public abstract sealed class Optimizer implements AutoCloseable
    permits AdamW, Adafactor, GradientDescent {
  /** A parameter by its name. */
  record Named(String name, Tensor parameter) {
    Tensor gradient() {
      Tensor gradient = parameter.grad();
      if (gradient == null) {
        throw new IllegalStateException("no gradient of " + name);
      }
      return gradient;
    }

    private boolean isMatrix() {
      return parameter.dim() >= 2;
    }
  }

  private final List<Named> parameters = new ArrayList<>();
  private final double decay;

  /**
   * @param decay weight decay, of matrices
   */
  Optimizer(Module model, double decay) {
    this.decay = decay;
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGrad()) {
                parameters.add(new Named(name, parameter));
              }
            });
  }

  /** With the settings of a training. */
  static Optimizer of(Module model, TrainConfig config) {
    return switch (config.optimizer()) {
      case ADAMW ->
          new AdamW(model, config.weightDecay(), config.beta1(), config.beta2(), config.epsilon());
      case ADAFACTOR -> new Adafactor(model, config.weightDecay());
      case SGD -> new GradientDescent(model, config.weightDecay());
    };
  }

  /** All that it moves. */
  final List<Named> parameters() {
    return parameters;
  }

  /** Forgets the gradients of the last step. */
  public final void zeroGrad() {
    parameters.forEach(named -> named.parameter.clearGrad());
  }

  /**
   * Shortens all gradients together to a length (Pascanu et al., 2013).
   *
   * @param length the longest allowed; 0 to leave them as they are
   * @return the length before
   */
  public final double clip(double length) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      TensorList gradients = TensorList.of(withGradients().stream().map(Named::gradient).toList());
      double norm = gradients.norm().item();
      if (length > 0 && norm > length) {
        gradients.mul_(length / (norm + 1e-6));
      }
      return norm;
    }
  }

  private List<Named> withGradients() {
    return parameters.stream().filter(named -> named.parameter.hasGrad()).toList();
  }

  /** One step at a learning rate. */
  public final void step(double rate) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      begin();
      List<Named> moving = withGradients();
      move(moving.stream().filter(Named::isMatrix).toList(), rate, decay);
      move(moving.stream().filter(named -> !named.isMatrix()).toList(), rate, 0);
    }
  }

  /** Before the parameters of a step move. */
  void begin() {}

  /** Moves parameters that have gradients. */
  abstract void move(List<Named> group, double rate, double decay);

  /** Everything that {@link #load} needs to go on, by name. */
  public Map<String, Tensor> state() {
    return new LinkedHashMap<>();
  }

  /** Frees the {@link #state}. */
  @Override
  public final void close() {
    state().values().forEach(Tensor::free);
  }

  /** Goes on from a {@link #state}. */
  public final void load(Map<String, Tensor> saved) {
    try (Gradients off = Gradients.off()) {
      state()
          .forEach(
              (name, tensor) -> {
                Tensor source = saved.get(name);
                if (source == null) {
                  throw new CheckpointException(
                      "the saved optimizer has no %s; was it of another model, or another kind (train.optimizer)?"
                          .formatted(name));
                }
                tensor.copy_(source);
              });
    }
  }
}

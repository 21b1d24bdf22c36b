package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.tensor.TensorList;
import java.util.List;

/**
 * Stochastic gradient descent (Robbins and Monro, 1951), without momentum: nothing is remembered
 * from step to step.
 */
public final class GradientDescent extends Optimizer {
  /**
   * @param decay weight decay, of matrices
   */
  public GradientDescent(Module model, double decay) {
    super(model, decay);
  }

  @Override
  void move(List<Named> group, double rate, double decay) {
    if (decay > 0) {
      TensorList.of(group.stream().map(Named::parameter).toList()).mul_(1 - rate * decay);
    }
    for (Named named : group) {
      named.parameter().add_(named.gradient().mul(-rate));
    }
  }
}

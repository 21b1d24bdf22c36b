package dev.myna.train;

import dev.myna.nn.Module;
import java.util.List;

/** Plain gradient descent, without momentum and without anything to remember. */
public final class GradientDescent extends Optimizer {
  /**
   * @param decay weight decay, of matrices
   */
  public GradientDescent(Module model, double decay) {
    super(model, decay);
  }

  @Override
  void move(List<Named> group, double rate, double decay) {
    for (Named named : group) {
      named.parameter().mul_(1 - rate * decay).add_(named.gradient().mul(-rate));
    }
  }
}

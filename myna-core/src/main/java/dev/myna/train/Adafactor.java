package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adafactor (Shazeer and Stern, 2018), as T5 was trained: of a matrix it remembers a running mean
 * of the squares of its gradients for each row and each column only, no longer step is taken than
 * such means allow, and a rate is a share of a parameter's own size. So embeddings of deviation 1
 * move as much for their size as scores of a hundredth of it do.
 */
public final class Adafactor extends Optimizer {
  private static final double LEAST_SQUARE = 1e-30;
  private static final double LEAST_SIZE = 1e-3;
  private static final double DECAY = 0.8;

  /**
   * What is remembered of a parameter's squared gradients (…, R, C).
   *
   * @param rows their means over columns, (…, R); of a vector the squares themselves
   * @param columns their means over rows, (…, C); of a vector nothing, (0)
   */
  private record Squares(Tensor rows, Tensor columns) {
    static Squares of(Tensor parameter) {
      Tensor zeros = Tensor.zeros(parameter.dtype(), parameter.device(), parameter.shape());
      boolean matrix = parameter.dim() >= 2;
      Tensor rows = matrix ? zeros.select(-1, 0) : zeros;
      Tensor columns = matrix ? zeros.select(-2, 0) : zeros.narrow(0, 0, 0);
      return new Squares(rows.copy().outliveScopes(), columns.copy().outliveScopes());
    }

    /** Takes a gradient in and divides it by the root of the squares. */
    Tensor scaled(Tensor gradient, double share) {
      Tensor square = gradient.mul(gradient).add(LEAST_SQUARE);
      if (gradient.dim() < 2) {
        average(rows, square, share);
        return gradient.mul(rows.rsqrt());
      }
      average(rows, square.mean(-1, false), share);
      average(columns, square.mean(-2, false), share);
      Tensor ofRow = rows.div(rows.mean(-1, true)).rsqrt().unsqueeze(-1);
      return gradient.mul(ofRow).mul(columns.rsqrt().unsqueeze(-2));
    }

    private static void average(Tensor mean, Tensor value, double share) {
      mean.mul_(1 - share);
      mean.add_(value.mul(share));
    }
  }

  private final Map<String, Squares> squares = new HashMap<>();
  private final Tensor steps = Tensor.scalar(0).outliveScopes();

  /**
   * @param decay weight decay, of matrices
   */
  public Adafactor(Module model, double decay) {
    super(model, decay);
    try (Scope scope = Scope.open()) {
      for (Named named : parameters()) {
        squares.put(named.name(), Squares.of(named.parameter()));
      }
    }
  }

  @Override
  void begin() {
    steps.add_(1);
  }

  @Override
  void move(List<Named> group, double rate, double decay) {
    double share = Math.pow(steps.item(), -DECAY);
    for (Named named : group) {
      try (Scope scope = Scope.open()) {
        Tensor parameter = named.parameter();
        Tensor update = squares(named).scaled(named.gradient(), share);
        double step = rate * Math.max(LEAST_SIZE, size(parameter));
        if (decay > 0) {
          parameter.mul_(1 - step * decay);
        }
        parameter.add_(update.mul(-step / Math.max(1, size(update))));
      }
    }
  }

  /** The root of the mean square. */
  private static double size(Tensor tensor) {
    return tensor.norm().item() / Math.sqrt(tensor.numel());
  }

  private Squares squares(Named named) {
    return Objects.requireNonNull(squares.get(named.name()));
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = super.state();
    state.put("optimizer.steps", steps);
    for (Named named : parameters()) {
      state.put("optimizer.rows." + named.name(), squares(named).rows);
      state.put("optimizer.columns." + named.name(), squares(named).columns);
    }
    return state;
  }
}

package dev.myna.tensor;

import static dev.myna.tensor.Panels.WIDE;

import dev.myna.tensor.RecurrentSteps.Saved;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a recurrent layer, one after the other. */
final class RecurrentForward {
  private final RecurrentSteps steps;
  private final RecurrentKernel kind;
  private final int gates;
  private final int width;
  private final int padded;
  private final Saved saved;
  private final float[] bias;
  private final Panels weights;
  private final MemorySegment gateRows;
  private final MemorySegment states;
  private final @Nullable MemorySegment kept;

  // Of each panel, the units of one text behind the other.
  private final float[][] inputs;
  private final float[][] products;
  private final float[][] state;
  private final float[][] cells; // of a GRU the states before

  /** States, rows of whole panels, that a step reads. */
  private float[] from;

  /** Those that it makes. */
  private float[] to;

  /**
   * @param inputs what the inputs give to the gates, (N, G·H); becomes the gates
   * @param start (B, H) each
   * @param weight (G·H, H)
   * @param learning whether there will be a way back
   */
  RecurrentForward(
      RecurrentSteps steps,
      Tensor inputs,
      List<Tensor> start,
      Tensor weight,
      Tensor bias,
      boolean learning) {
    this.steps = steps;
    kind = steps.kind;
    gates = steps.gates;
    width = steps.width;
    padded = steps.padded;
    this.bias = bias.to(DType.FLOAT32).toFloats();
    weights = Panels.of(weight, gates);
    long rows = inputs.size(0);
    Tensor made =
        Tensor.empty(DType.FLOAT32, Device.CPU, rows + (long) start.size() * steps.batch, width);
    boolean keeping = learning && (kind == RecurrentKernel.LSTM || kind == RecurrentKernel.GRU);
    saved =
        new Saved(
            inputs,
            made,
            keeping ? Tensor.empty(DType.FLOAT32, Device.CPU, rows, width) : null,
            start,
            weight);
    gateRows = inputs.memory();
    states = made.memory();
    kept = saved.kept() == null ? null : saved.kept().memory();
    from = steps.padded(start.getFirst(), 0);
    to = from.clone();
    int units = steps.batch * WIDE;
    this.inputs = new float[padded / WIDE][gates * units];
    products = new float[padded / WIDE][gates * units];
    state = new float[padded / WIDE][units];
    cells = kind.hasCell() ? steps.panelled(start.get(1), 0) : new float[padded / WIDE][units];
  }

  Saved saved() {
    return saved;
  }

  /** The states of all steps (N, H), and behind them those at the end, (B, H) each. */
  Tensor run() {
    for (int i = 0; i < steps.count(); i++) {
      int step = steps.step(i);
      int rows = steps.rows(step);
      steps.panels(rows, panel -> units(steps.first(step), rows, panel));
      float[] read = from;
      from = to;
      to = read;
      int next = i + 1 < steps.count() ? steps.rows(steps.step(i + 1)) : 0;
      if (next < rows) { // texts that have ended keep their state
        System.arraycopy(from, next * padded, to, next * padded, (rows - next) * padded);
      }
    }
    long rows = saved.gates().size(0);
    steps.unpadded(from, saved.states(), rows);
    if (kind.hasCell()) {
      steps.unpanelled(cells, saved.states(), rows + steps.batch);
    }
    return saved.states();
  }

  /** The units of a panel, of all texts of a step. */
  private void units(int first, int rows, int panel) {
    int unit = panel * WIDE;
    int n = rows * WIDE;
    float[] sums = inputs[panel];
    float[] given = products[panel];
    float[] made = state[panel];
    for (int gate = 0; gate < gates; gate++) {
      steps.load(gateRows, first, gates, gate, unit, sums, gate * n, rows);
      int count = Math.min(WIDE, width - unit);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(bias, gate * width + unit, given, gate * n + row * WIDE, count);
      }
      weights.multiply(panel * gates + gate, rows, from, padded, given, gate * n, WIDE);
    }
    switch (kind) {
      case TANH, RELU -> {
        RecurrentCell.add(sums, given, n);
        if (kind == RecurrentKernel.RELU) {
          RecurrentCell.relu(sums, n);
        } else {
          RecurrentCell.tanh(sums, 0, n);
        }
        System.arraycopy(sums, 0, made, 0, n);
      }
      case LSTM -> {
        RecurrentCell.add(sums, given, gates * n);
        RecurrentCell.lstm(sums, cells[panel], made, n);
      }
      case GRU -> {
        float[] before = cells[panel];
        for (int row = 0; row < rows; row++) {
          System.arraycopy(from, row * padded + unit, before, row * WIDE, WIDE);
        }
        RecurrentCell.gru(sums, given, before, made, n);
      }
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(made, row * WIDE, to, row * padded + unit, WIDE);
    }
    steps.store(made, 0, unit, states, first, 1, 0, rows);
    for (int gate = 0; gate < gates; gate++) {
      steps.store(sums, gate * n, unit, gateRows, first, gates, gate, rows);
    }
    if (kept != null) {
      boolean cell = kind.hasCell();
      steps.store(cell ? cells[panel] : given, cell ? 0 : 2 * n, unit, kept, first, 1, 0, rows);
    }
  }
}

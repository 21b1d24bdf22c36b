package dev.myna.tensor;

import static dev.myna.tensor.Panels.WIDE;

import dev.myna.tensor.RecurrentSteps.Saved;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back through the steps of a recurrent layer, the last one that was read first
 * (back-propagation through time, Werbos, 1990).
 */
final class RecurrentBackward {
  private final RecurrentSteps steps;
  private final RecurrentKernel kind;
  private final int gates;
  private final int width;
  private final int padded;
  private final Saved saved;
  private final Tensor byInputs; // (N, G·H), gradients of the gates
  private final Tensor byStates; // the same, but for the third gate of a GRU
  private final Tensor statesBefore; // (N, H)
  private final Panels weights;
  private final MemorySegment arrived;
  private final MemorySegment gateRows;
  private final MemorySegment byInputRows;
  private final MemorySegment byStateRows;
  private final @Nullable MemorySegment kept;
  private final @Nullable MemorySegment before;
  private final float[][] slopes; // of states, by panels
  private final float[][] cellSlopes;
  private final Scratch[] scratch;

  /** Gradients of the gates of a step, (B, G · whole panels), that go back to the step before. */
  private float[] read;

  /** Those that are made meanwhile. */
  private float[] made;

  /**
   * @param gradient of what {@link RecurrentForward#run} made
   */
  RecurrentBackward(RecurrentSteps steps, Saved saved, Tensor gradient) {
    this.steps = steps;
    this.saved = saved;
    kind = steps.kind;
    gates = steps.gates;
    width = steps.width;
    padded = steps.padded;
    Tensor given = gradient.to(DType.FLOAT32).makeContiguous();
    byInputs = Tensor.empty(DType.FLOAT32, Device.CPU, saved.gates().shape());
    boolean apart = kind == RecurrentKernel.GRU;
    byStates = apart ? Tensor.empty(DType.FLOAT32, Device.CPU, byInputs.shape()) : byInputs;
    statesBefore = steps.before(saved.states(), saved.start().getFirst());
    weights = Panels.across(saved.weight(), gates);
    arrived = given.memory();
    gateRows = saved.gates().memory();
    byInputRows = byInputs.memory();
    byStateRows = byStates.memory();
    kept = saved.kept() == null ? null : saved.kept().memory();
    before =
        kind.hasCell() && saved.kept() != null
            ? steps.before(saved.kept(), saved.start().get(1)).memory()
            : kind == RecurrentKernel.GRU ? statesBefore.memory() : null;
    long rows = saved.gates().size(0);
    slopes = steps.panelled(given, rows);
    cellSlopes = kind.hasCell() ? steps.panelled(given, rows + steps.batch) : new float[0][];
    scratch = new Scratch[slopes.length];
    Arrays.setAll(scratch, i -> new Scratch(steps.batch * WIDE, gates));
    read = new float[steps.batch * gates * padded];
    made = new float[steps.batch * gates * padded];
  }

  /**
   * The gradients of the inputs, the weight, the bias, and the states at the start.
   *
   * @param dtype of the inputs, in which the gradient of the weight is computed
   */
  List<Tensor> run(DType dtype) {
    int behind = 0; // texts of the step behind
    for (int i = steps.count() - 1; i >= 0; i--) {
      int step = steps.step(i);
      int rows = steps.rows(step);
      int others = behind;
      steps.panels(
          Math.max(rows, others),
          panel -> {
            comeBack(others, panel);
            units(steps.first(step), rows, panel);
          });
      float[] done = read;
      read = made;
      made = done;
      behind = rows;
    }
    int others = behind;
    steps.panels(others, panel -> comeBack(others, panel));
    Tensor back = byStates.to(dtype);
    Tensor weight =
        back.transpose(0, 1).matmul(statesBefore.to(dtype)).to(DType.FLOAT32); // (G·H, H)
    List<Tensor> gradients =
        new ArrayList<>(List.of(byInputs.to(dtype), weight, byStates.sum(0, false)));
    gradients.add(start(slopes));
    if (kind.hasCell()) {
      gradients.add(start(cellSlopes));
    }
    return gradients;
  }

  private Tensor start(float[][] panels) {
    Tensor start = Tensor.empty(DType.FLOAT32, Device.CPU, steps.batch, width);
    steps.unpanelled(panels, start, 0);
    return start;
  }

  /** What the gates of the step behind give to the states that they were made of. */
  private void comeBack(int rows, int panel) {
    weights.multiply(panel, rows, read, gates * padded, slopes[panel], 0, WIDE);
  }

  /** The units of a panel, of all texts of a step. */
  private void units(int first, int rows, int panel) {
    int unit = panel * WIDE;
    int n = rows * WIDE;
    Scratch s = scratch[panel];
    for (int gate = 0; gate < gates; gate++) {
      steps.load(gateRows, first, gates, gate, unit, s.gates, gate * n, rows);
    }
    steps.load(arrived, first, 1, 0, unit, s.arrived, 0, rows);
    RecurrentCell.add(slopes[panel], s.arrived, n);
    if (kept != null && before != null) {
      steps.load(kept, first, 1, 0, unit, s.kept, 0, rows);
      steps.load(before, first, 1, 0, unit, s.before, 0, rows);
    }
    switch (kind) {
      case TANH, RELU ->
          RecurrentCell.plainBack(
              kind == RecurrentKernel.RELU, s.gates, slopes[panel], s.inputs, n);
      case LSTM ->
          RecurrentCell.lstmBack(
              s.gates, s.kept, s.before, slopes[panel], cellSlopes[panel], s.inputs, n);
      case GRU ->
          RecurrentCell.gruBack(s.gates, s.kept, s.before, slopes[panel], s.inputs, s.states, n);
    }
    float[] back = kind == RecurrentKernel.GRU ? s.states : s.inputs;
    int count = Math.min(WIDE, width - unit);
    for (int gate = 0; gate < gates; gate++) {
      steps.store(s.inputs, gate * n, unit, byInputRows, first, gates, gate, rows);
      if (byStates != byInputs) {
        steps.store(back, gate * n, unit, byStateRows, first, gates, gate, rows);
      }
      for (int row = 0; row < rows; row++) {
        int to = (row * gates + gate) * padded + unit;
        System.arraycopy(back, gate * n + row * WIDE, made, to, count);
      }
    }
  }

  /** The units of a panel, of one text behind the other, and their gradients. */
  private static final class Scratch {
    final float[] gates;
    final float[] inputs;
    final float[] states;
    final float[] kept;
    final float[] before;
    final float[] arrived;

    Scratch(int units, int gates) {
      this.gates = new float[gates * units];
      inputs = new float[gates * units];
      states = new float[gates * units];
      kept = new float[units];
      before = new float[units];
      arrived = new float[units];
    }
  }
}

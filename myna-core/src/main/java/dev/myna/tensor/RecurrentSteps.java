package dev.myna.tensor;

import static dev.myna.tensor.Panels.WIDE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer in one direction, on the processor in float32: what a step needs of the step
 * before it, and the way back. What can be computed for all steps at once is done at once: the
 * products of the inputs before, those of the gradients behind.
 *
 * <p>Texts are packed: all first tokens, all second ones, and so on, the longest text first. Each
 * core has some units of its own, whose weights stay in its cache from step to step.
 */
public final class RecurrentSteps {
  /** Multiplications of all steps that are worth the compilation of loops over vectors. */
  private static final long WORTH = 1L << 22;

  /** Multiplications of a step that are worth a second core. */
  private static final long SHARED = 1 << 16;

  final RecurrentKernel kind;
  final boolean backwards;

  /** G. */
  final int gates;

  /** H. */
  final int width;

  /** H, in whole panels. */
  final int padded;

  /** B, texts that have a first token. */
  final int batch;

  private final int[] sizes;
  private final int[] offsets;

  /**
   * @param sizes how many texts have a first token, a second one, …; never more than before
   * @param backwards whether texts are read from their ends
   * @param width H
   */
  public RecurrentSteps(RecurrentKernel kind, int[] sizes, boolean backwards, int width) {
    this.kind = kind;
    this.sizes = sizes;
    this.backwards = backwards;
    this.width = width;
    gates = kind.gates();
    padded = Panels.count(width) * WIDE;
    batch = sizes[0];
    offsets = new int[sizes.length];
    for (int t = 1; t < sizes.length; t++) {
      offsets[t] = offsets[t - 1] + sizes[t - 1];
    }
  }

  /**
   * Whether it is worth it: on the processor, for more than a few steps of a small layer.
   *
   * @param rows of all steps
   * @param steps T
   * @param width H
   */
  public static boolean fits(
      RecurrentKernel kind, Device device, long rows, long steps, long width) {
    return steps > 1
        && device.equals(Device.CPU)
        && rows * kind.gates() * width * width >= WORTH
        && VectorMath.compiled();
  }

  /**
   * What a pass forward leaves for the one backward.
   *
   * @param gates (N, G·H) of all steps
   * @param states (N, H) of all steps, and more behind
   * @param kept (N, H): cells of an LSTM, what the states gave to the third gate of a GRU, or null
   * @param start (B, H) each
   * @param weight (G·H, H)
   */
  record Saved(
      Tensor gates, Tensor states, @Nullable Tensor kept, List<Tensor> start, Tensor weight) {
    List<Tensor> all() {
      List<Tensor> all = new ArrayList<>(List.of(gates, states, weight));
      all.addAll(start);
      if (kept != null) {
        all.add(kept);
      }
      return all;
    }
  }

  /**
   * Reads packed texts.
   *
   * @param inputs what the inputs give to the gates, (N, G·H) of float32 or bfloat16
   * @param start the states (B, H) before the first step: the hidden one, and of an LSTM the cell
   * @param weight of the states, (G·H, H)
   * @param bias of the states, (G·H)
   * @return the states of all steps (N, H), then those at the end, (B, H) each
   */
  public List<Tensor> run(Tensor inputs, List<Tensor> start, Tensor weight, Tensor bias) {
    List<Tensor> leaves = new ArrayList<>(List.of(inputs, weight, bias));
    leaves.addAll(start);
    boolean learning = Gradients.wanted() && leaves.stream().anyMatch(Tensor::requiresGrad);
    Tensor all;
    try (Gradients off = Gradients.off()) {
      List<Tensor> begun = start.stream().map(RecurrentSteps::own).toList();
      Tensor matrix = own(weight);
      RecurrentForward forward =
          new RecurrentForward(this, own(inputs), begun, matrix, bias.detach(), learning);
      Tensor made = forward.run();
      all =
          learning
              ? made.withBackward(
                  leaves,
                  forward.saved().all(),
                  gradient ->
                      new RecurrentBackward(this, forward.saved(), gradient).run(inputs.dtype()))
              : made;
    }
    long rows = inputs.size(0);
    List<Tensor> parts = new ArrayList<>(List.of(all.narrow(0, 0, rows)));
    for (int i = 0; i < start.size(); i++) {
      parts.add(all.narrow(0, rows + (long) i * batch, batch));
    }
    return parts;
  }

  /** A float32 copy in one piece. */
  private static Tensor own(Tensor x) {
    Tensor copy = Tensor.empty(DType.FLOAT32, Device.CPU, x.shape());
    return copy.copy_(x.detach());
  }

  /** T. */
  int count() {
    return sizes.length;
  }

  /** The step that is read as number {@code i}. */
  int step(int i) {
    return backwards ? sizes.length - 1 - i : i;
  }

  /** How many texts a step has. */
  int rows(int step) {
    return sizes[step];
  }

  /** The row of a step's first text. */
  int first(int step) {
    return offsets[step];
  }

  /**
   * Does something for each panel of units, on as many cores as it is worth.
   *
   * @param rows of the products
   */
  void panels(int rows, IntConsumer panel) {
    int count = Panels.count(width);
    boolean shared = (long) rows * gates * width * width >= SHARED;
    int parts = shared ? Math.min(Libtorch.threads(), count) : 1;
    RowCores.run(
        parts,
        parts,
        part -> {
          for (int i = part * count / parts; i < (part + 1) * count / parts; i++) {
            panel.accept(i);
          }
        });
  }

  /**
   * The units of a panel, of some texts of a step, into an array, one text behind the other.
   *
   * @param from of (N, parts, H)
   * @param first row
   */
  void load(
      MemorySegment from, long first, int parts, int part, int unit, float[] to, int at, int rows) {
    int count = Math.min(WIDE, width - unit);
    for (int row = 0; row < rows; row++) {
      long place = ((first + row) * parts + part) * width + unit;
      MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, 4 * place, to, at + row * WIDE, count);
    }
  }

  /** The way back. */
  void store(
      float[] from, int at, int unit, MemorySegment to, long first, int parts, int part, int rows) {
    int count = Math.min(WIDE, width - unit);
    for (int row = 0; row < rows; row++) {
      long place = ((first + row) * parts + part) * width + unit;
      MemorySegment.copy(from, at + row * WIDE, to, ValueLayout.JAVA_FLOAT, 4 * place, count);
    }
  }

  /** (B, H), rows from {@code first} on, by panels. */
  float[][] panelled(Tensor states, long first) {
    MemorySegment memory = states.memory();
    float[][] panels = new float[padded / WIDE][batch * WIDE];
    for (int panel = 0; panel < panels.length; panel++) {
      load(memory, first, 1, 0, panel * WIDE, panels[panel], 0, batch);
    }
    return panels;
  }

  /** Panels as (B, H), into rows from {@code first} on. */
  void unpanelled(float[][] panels, Tensor states, long first) {
    MemorySegment memory = states.memory();
    for (int panel = 0; panel < panels.length; panel++) {
      store(panels[panel], 0, panel * WIDE, memory, first, 1, 0, batch);
    }
  }

  /** (B, H), rows from {@code first} on, as rows of whole panels. */
  float[] padded(Tensor states, long first) {
    MemorySegment memory = states.memory();
    float[] rows = new float[batch * padded];
    for (int row = 0; row < batch; row++) {
      MemorySegment.copy(
          memory, ValueLayout.JAVA_FLOAT, 4 * (first + row) * width, rows, row * padded, width);
    }
    return rows;
  }

  /** Rows of whole panels as (B, H), into rows from {@code first} on. */
  void unpadded(float[] rows, Tensor states, long first) {
    MemorySegment memory = states.memory();
    for (int row = 0; row < batch; row++) {
      MemorySegment.copy(
          rows, row * padded, memory, ValueLayout.JAVA_FLOAT, 4 * (first + row) * width, width);
    }
  }

  /**
   * What stood before each step: the states of the step that was read before it, and at the
   * beginnings of texts those of the start.
   *
   * @param states (N, H), and more behind
   * @param start (B, H)
   * @return (N, H)
   */
  Tensor before(Tensor states, Tensor start) {
    Tensor found =
        Tensor.empty(DType.FLOAT32, Device.CPU, Arrays.stream(sizes).asLongStream().sum(), width);
    MemorySegment to = found.memory();
    MemorySegment from = states.memory();
    MemorySegment begun = start.memory();
    long row = 4L * width;
    for (int i = 0; i < sizes.length; i++) {
      int t = step(i);
      int other = i == 0 ? t : step(i - 1);
      int known = i == 0 ? 0 : Math.min(sizes[t], sizes[other]);
      MemorySegment.copy(from, row * offsets[other], to, row * offsets[t], row * known);
      long fresh = row * (sizes[t] - known);
      MemorySegment.copy(begun, row * known, to, row * (offsets[t] + known), fresh);
    }
    return found;
  }
}

package dev.myna.nn;

import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.RecurrentKernel;
import dev.myna.tensor.RecurrentSteps;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A stack of recurrent layers: plain, LSTM or GRU, in one direction or both.
 *
 * <p>Parameters have the names and shapes of {@code torch.nn}: {@code weight_ih_l0} (G·H, in),
 * {@code weight_hh_l0} (G·H, H), {@code bias_ih_l0}, {@code bias_hh_l0} (G·H), with {@code
 * _reverse} for the way back; G is the number of gates.
 */
public final class Recurrent extends Module {
  private final RecurrentSpec spec;
  private final RecurrentKernel kernel;
  private final List<Tensor> weights = new ArrayList<>();

  public Recurrent(RecurrentSpec spec) {
    this.spec = spec;
    kernel =
        switch (spec.kind()) {
          case TANH -> RecurrentKernel.TANH;
          case RELU -> RecurrentKernel.RELU;
          case LSTM -> RecurrentKernel.LSTM;
          case GRU -> RecurrentKernel.GRU;
        };
    long rows = (long) kernel.gates() * spec.width();
    for (int layer = 0; layer < spec.layers(); layer++) {
      for (int way = 0; way < spec.directions(); way++) {
        String name = "_l" + layer + (way == 0 ? "" : "_reverse");
        weights.add(parameter("weight_ih" + name, rows, layer == 0 ? spec.in() : spec.out()));
        weights.add(parameter("weight_hh" + name, rows, spec.width()));
        weights.add(parameter("bias_ih" + name, rows));
        weights.add(parameter("bias_hh" + name, rows));
      }
    }
  }

  /**
   * What is carried from one stretch of text to the next.
   *
   * @param tensors the hidden state, and of an LSTM the cell; each (layers · directions, B, H)
   */
  public record State(List<Tensor> tensors) {
    public State {
      tensors = List.copyOf(tensors);
    }

    /** The same values without their history: truncated back-propagation through time. */
    public State detach() {
      return new State(tensors.stream().map(Tensor::detach).toList());
    }

    /** The hidden state, (layers · directions, B, H). */
    public Tensor hidden() {
      return tensors.getFirst();
    }

    /**
     * Row i becomes what row {@code rows[i]} was.
     *
     * @param rows int64
     */
    public State reorder(Tensor rows) {
      return new State(tensors.stream().map(t -> t.indexSelect(1, rows)).toList());
    }

    /** A copy that outlives every scope, to be {@linkplain #free freed} by hand. */
    public State kept() {
      return new State(tensors.stream().map(t -> t.copy().outliveScopes()).toList());
    }

    /** Frees what {@link #kept} made. */
    public void free() {
      tensors.forEach(Tensor::free);
    }
  }

  /**
   * @param outputs (B, T, H · directions) of the last layer; zero behind the end of a text
   * @param state behind the last token of each text
   */
  public record Result(Tensor outputs, State state) {}

  /** A state of zeros, that of the beginning. */
  public State start(long batch, Tensor like) {
    Tensor zero =
        Tensor.zeros(
            like.dtype(),
            like.device(),
            (long) spec.layers() * spec.directions(),
            batch,
            spec.width());
    return new State(kernel.hasCell() ? List.of(zero, zero) : List.of(zero));
  }

  /**
   * @param x (B, T, C)
   */
  public Result forward(Tensor x, State state) {
    long batch = x.size(0);
    long steps = x.size(1);
    boolean worth = RecurrentSteps.fits(kernel, x.device(), batch * steps, steps, spec.width());
    if (worth && !kernel.fused(Precision.operand(x))) {
      int[] sizes = new int[(int) steps];
      Arrays.fill(sizes, (int) batch);
      Tensor packed = x.transpose(0, 1).reshape(steps * batch, x.size(2)); // (T · B, C)
      Result result = climb(packed, sizes, state);
      return new Result(
          result.outputs().view(steps, batch, spec.out()).transpose(0, 1).to(x.dtype()),
          result.state());
    }
    RecurrentKernel.Result result =
        kernel.run(Precision.operand(x), operands(state.tensors()), operands(weights), stacking());
    List<Tensor> states = result.states();
    return new Result(
        result.outputs().to(x.dtype()),
        new State(states.stream().map(s -> s.to(state.hidden().dtype())).toList()));
  }

  private static List<Tensor> operands(List<Tensor> tensors) {
    return tensors.stream().map(Precision::operand).toList();
  }

  /**
   * Texts of several lengths, each read to its own end only.
   *
   * @param x (B, T, C), anything behind the ends
   * @param lengths of the texts, each from 1 to T
   */
  public Result forward(Tensor x, int[] lengths) {
    long batch = x.size(0);
    long longest = x.size(1);
    int[] order = // longest first
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> lengths[i]).reversed())
            .mapToInt(i -> i)
            .toArray();
    long[] places = places(lengths, order, longest);
    Tensor rows = Tensor.of(places, places.length).to(x.device()); // (tokens)
    Tensor packed = x.reshape(batch * longest, x.size(2)).indexSelect(0, rows); // (tokens, C)
    Result result = packed(packed, sizes(lengths), start(batch, x));
    Tensor zero = Tensor.zeros(x.dtype(), x.device(), batch * longest, spec.out());
    Tensor outputs =
        zero.indexAdd(0, rows, result.outputs()).view(batch, longest, spec.out()); // (B, T, …)
    int[] back = new int[order.length];
    IntStream.range(0, order.length).forEach(i -> back[order[i]] = i);
    Tensor unsorted = Tensor.of(back).to(DType.INT64).to(x.device());
    return new Result(
        outputs,
        new State(result.state().tensors().stream().map(s -> s.indexSelect(1, unsorted)).toList()));
  }

  /** Packed texts: all first tokens, all second ones, and so on, the longest text first. */
  private Result packed(Tensor x, int[] sizes, State start) {
    if (RecurrentSteps.fits(kernel, x.device(), x.size(0), sizes.length, spec.width())) {
      return climb(x, sizes, start);
    }
    long[] counts = Arrays.stream(sizes).asLongStream().toArray();
    RecurrentKernel.Result result =
        kernel.runPacked(x, Tensor.of(counts, counts.length), start.tensors(), weights, stacking());
    return new Result(result.outputs(), new State(result.states()));
  }

  /** Packed texts through one layer after the other. */
  private Result climb(Tensor x, int[] sizes, State start) {
    Tensor below = x; // (N, C)
    List<List<Tensor>> ends = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      if (layer > 0 && training() && spec.dropout() > 0) {
        below = below.dropout(spec.dropout());
      }
      List<Tensor> ways = new ArrayList<>();
      for (int way = 0; way < spec.directions(); way++) {
        int at = ends.size();
        List<Tensor> own = weights.subList(4 * at, 4 * at + 4);
        Tensor inputs = Precision.product(below, own.get(0), own.get(2)); // (N, G · H)
        List<Tensor> begun = start.tensors().stream().map(s -> s.select(0, at)).toList(); // (B, H)
        RecurrentSteps steps = new RecurrentSteps(kernel, sizes, way == 1, spec.width());
        List<Tensor> made = steps.run(inputs, begun, own.get(1), own.get(3));
        ways.add(made.getFirst()); // (N, H)
        ends.add(made.subList(1, made.size()));
      }
      below = Tensor.cat(ways, 1);
    }
    return new Result(
        below,
        new State(
            IntStream.range(0, start.tensors().size())
                .mapToObj(i -> Tensor.stack(ends.stream().map(e -> e.get(i)).toList(), 0))
                .toList()));
  }

  /** Where tokens lie in (B·T), all first ones first. */
  private static long[] places(int[] lengths, int[] order, long longest) {
    long[] places = new long[Arrays.stream(lengths).sum()];
    int at = 0;
    for (int t = 0; at < places.length; t++) {
      for (int row : order) {
        if (lengths[row] > t) {
          places[at++] = row * longest + t;
        }
      }
    }
    return places;
  }

  /** How many texts have a first token, a second one, … */
  private static int[] sizes(int[] lengths) {
    int longest = Arrays.stream(lengths).max().orElse(0);
    return IntStream.range(0, longest)
        .map(t -> (int) Arrays.stream(lengths).filter(length -> length > t).count())
        .toArray();
  }

  private RecurrentKernel.Stacking stacking() {
    return new RecurrentKernel.Stacking(
        spec.layers(), training() ? spec.dropout() : 0, spec.bidirectional());
  }

  /** Elements of a layer's gates for so many positions, the largest of its tensors. */
  public long elements(long positions) {
    return positions * kernel.gates() * spec.width();
  }

  /** The parameters, layer by layer. */
  public List<Tensor> weights() {
    return List.copyOf(weights);
  }

  public RecurrentSpec spec() {
    return spec;
  }
}

package dev.myna.task;

import dev.myna.Progress;
import dev.myna.model.RecurrentModel;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Module;
import dev.myna.nn.Recurrent;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A recurrent model learns to say the next token of a text that it reads from beginning to end, in
 * rows side by side; the state is carried from one stretch to the next, gradients are not
 * (truncated back-propagation through time, Mikolov et al., 2010).
 */
public final class CarriedText implements Task<CarriedText.Stretch> {
  /**
   * A stretch of each row.
   *
   * @param first whether the text begins here
   */
  public record Stretch(Batch batch, boolean first) implements Weighed {
    @Override
    public int tokens() {
      return batch.tokens();
    }
  }

  private final SequenceModel stored;
  private final RecurrentModel model;
  private final Shards training;
  private final Shards heldOut;
  private final TaskSettings settings;
  private List<Tensor> carried = List.of();

  /**
   * @param stored holds a {@link RecurrentModel} that says tokens
   */
  public CarriedText(SequenceModel stored, Shards training, Shards heldOut, TaskSettings settings) {
    this.stored = stored;
    this.model = (RecurrentModel) stored.model();
    this.training = training;
    this.heldOut = heldOut;
    this.settings = settings;
    if (perRow(training) < 1) {
      throw new TaskException(
          "training wants at least %,d tokens (2 a row), the text has %,d; add text or lower train.batch"
              .formatted(2 * settings.rows(), training.size()));
    }
  }

  @Override
  public Module model() {
    return model;
  }

  /** Predicted tokens of each row; what is left over at the end is not read. */
  private long perRow(Shards tokens) {
    return (tokens.size() - 1) / settings.rows();
  }

  private long stretches(Shards tokens) {
    return (perRow(tokens) + settings.length() - 1) / settings.length();
  }

  @Override
  public Stretch batch(long number) {
    return stretch(training, number % stretches(training));
  }

  private Stretch stretch(Shards tokens, long number) {
    int rows = settings.rows();
    long from = number * settings.length();
    int width = (int) Math.min(settings.length(), perRow(tokens) - from);
    int[] ids = new int[rows * width];
    int[] targets = new int[rows * width];
    for (int row = 0; row < rows; row++) {
      long start = row * perRow(tokens) + from;
      tokens.read(start, ids, row * width, width);
      tokens.read(start + 1, targets, row * width, width);
    }
    return new Stretch(new Batch(ids, targets, rows), number == 0);
  }

  @Override
  public Tensor loss(Stretch stretch, Device device) {
    Recurrent.State before =
        stretch.first() || carried.isEmpty()
            ? model.start(settings.rows())
            : new Recurrent.State(carried.stream().map(t -> t.to(device)).toList());
    RecurrentModel.Result result = model.forward(stretch.batch().idTensor(device), before);
    carry(result.state().detach().tensors());
    return loss(result, stretch, settings.smoothing(), device);
  }

  private void carry(List<Tensor> state) {
    List<Tensor> old = carried;
    carried = state.stream().map(t -> t.copy().outliveScopes()).toList();
    old.forEach(Tensor::free);
  }

  private Tensor loss(
      RecurrentModel.Result result, Stretch stretch, double smoothing, Device device) {
    return model.loss(result.hidden(), stretch.batch().targetTensor(device), smoothing);
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    return judge(heldOut, settings.batchesOfText(), device, progress);
  }

  /**
   * Reads a text from beginning to end, in rows side by side.
   *
   * @param most stretches to read; 0 for all
   */
  public Evaluation judge(Shards text, int most, Device device, Progress progress) {
    double nats = 0;
    long tokens = 0;
    List<Tensor> state = new ArrayList<>();
    long stretches = most == 0 ? stretches(text) : Math.min(most, stretches(text));
    List<Long> numbers = LongStream.range(0, stretches).boxed().toList();
    for (long number : Task.judged(numbers, progress)) {
      Stretch stretch = stretch(text, number);
      try (Scope scope = Scope.open()) {
        Recurrent.State before =
            state.isEmpty() ? model.start(settings.rows()) : new Recurrent.State(state);
        RecurrentModel.Result result = model.forward(stretch.batch().idTensor(device), before);
        nats += loss(result, stretch, 0, device).item() * stretch.tokens();
        tokens += stretch.tokens();
        List<Tensor> after =
            result.state().tensors().stream().map(t -> t.copy().outliveScopes()).toList();
        state.forEach(Tensor::free);
        state = after;
      }
    }
    state.forEach(Tensor::free);
    return NextToken.judged(nats / tokens, text);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < carried.size(); i++) {
      state.put("carried." + i, carried.get(i));
    }
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    Tensor[] tensors =
        saved.keySet().stream()
            .filter(name -> name.startsWith("carried."))
            .sorted()
            .map(saved::get)
            .toArray(Tensor[]::new);
    carry(Arrays.asList(tensors));
  }

  @Override
  public void save(Path folder) {
    stored.save(folder);
  }

  @Override
  public long elements() {
    return model.elements((long) settings.rows() * settings.length());
  }

  /** The table serves as the output layer, or another as large does. */
  @Override
  public double flopsPerToken() {
    return 6.0 * model.parameterCount();
  }
}

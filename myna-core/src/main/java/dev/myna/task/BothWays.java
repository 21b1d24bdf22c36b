package dev.myna.task;

import dev.myna.Progress;
import dev.myna.model.Elmo;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Module;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * An {@link Elmo} learns to say each word by those before it, and by those behind it. Said are the
 * frequent words only; the others are read.
 */
public final class BothWays implements Task<Batch> {
  private final SequenceModel stored;
  private final Elmo model;
  private final Spelling spelling;
  private final Shards heldOut;
  private final TaskSettings settings;
  private final LongFunction<Batch> source;

  /**
   * @param stored holds an {@link Elmo}
   * @param spelling of the words of the texts
   * @param training words to learn from
   * @param heldOut words to be judged by
   */
  public BothWays(
      SequenceModel stored,
      Spelling spelling,
      Shards training,
      Shards heldOut,
      TaskSettings settings) {
    this.stored = stored;
    this.model = (Elmo) stored.model();
    this.spelling = spelling;
    this.heldOut = heldOut;
    this.settings = settings;
    int length = settings.length();
    Blocks blocks = new Blocks(training, length, length, settings.seed(), false);
    source =
        number -> {
          int[] ids = new int[settings.rows() * length];
          for (int row = 0; row < settings.rows(); row++) {
            int[] block = blocks.block(number * settings.rows() + row);
            System.arraycopy(block, 0, ids, row * length, length);
          }
          return batch(ids, settings.rows());
        };
  }

  /** The targets are the words themselves: what is asked depends on the direction. */
  private Batch batch(int[] ids, int rows) {
    int said = model.spec().outputs();
    return new Batch(
        ids, Arrays.stream(ids).map(id -> id < said ? id : Batch.IGNORED).toArray(), rows);
  }

  @Override
  public Module model() {
    return model;
  }

  @Override
  public Batch batch(long number) {
    return source.apply(number);
  }

  @Override
  public Tensor loss(Batch batch, Device device) {
    return loss(batch, settings.smoothing(), device);
  }

  private Tensor loss(Batch batch, double smoothing, Device device) {
    return model.loss(
        spelling.of(batch.ids(), batch.rows(), device),
        batch.targetTensor(device).view(batch.rows(), batch.length()),
        smoothing);
  }

  @Override
  public List<Part<Batch>> parts(Batch batch, int most) {
    return Part.apart(batch.rows(), most, batch::rows, BothWays::counted);
  }

  /** Of the targets, those at the ends are asked for in one direction only. */
  private static long counted(Batch batch) {
    int length = batch.length();
    long count = 0;
    for (int i = 0; i < batch.targets().length; i++) {
      if (batch.targets()[i] != Batch.IGNORED) {
        count += i % length == 0 || i % length == length - 1 ? 1 : 2;
      }
    }
    return length == 1 ? 0 : count;
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    return judge(heldOut, settings.batchesOfText(), device, progress);
  }

  /**
   * Judges the model by other words: the mean of both directions.
   *
   * @param most batches to look at; 0 for all
   */
  public Evaluation judge(Shards text, int most, Device device, Progress progress) {
    double nats = 0;
    long count = 0;
    int length = settings.length();
    List<List<Long>> plan = Windows.plan(text.size(), settings.rows(), length, most);
    for (List<Long> starts : Task.judged(plan, progress)) {
      int width = (int) Math.min(length, text.size() - starts.getLast());
      int[] ids = new int[starts.size() * width];
      for (int row = 0; row < starts.size(); row++) {
        text.read(starts.get(row), ids, row * width, width);
      }
      Batch batch = batch(ids, starts.size());
      long counted = counted(batch);
      if (counted > 0) {
        try (Scope scope = Scope.open()) {
          nats += loss(batch, 0, device).item() * counted;
          count += counted;
        }
      }
    }
    double loss = nats / count;
    return Evaluation.of(
        Evaluation.Figure.falling(Evaluation.LOSS, loss),
        Evaluation.Figure.falling("perplexity", Math.exp(loss)));
  }

  @Override
  public void save(Path folder) {
    stored.save(folder);
  }

  @Override
  public long elements() {
    return (long) settings.rows() * settings.length() * stored.spec().size();
  }

  /** What makes words of characters is used once for each different word: it is left out. */
  @Override
  public double flopsPerToken() {
    long words =
        model.parameters().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("words."))
            .mapToLong(entry -> entry.getValue().numel())
            .sum();
    return 6.0 * (model.parameterCount() - words);
  }
}

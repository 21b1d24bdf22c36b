package dev.myna.task;

import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.nn.Module;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/** A decoder learns to say the next token of a text (Bengio et al., 2003). */
public final class NextToken implements Task<Batch> {
  private final Pretrained pretrained;
  private final Shards heldOut;
  private final TaskSettings settings;
  private final Objective objective;
  private final LongFunction<Batch> source;

  /**
   * @param training tokens to learn from
   * @param heldOut tokens to be judged by
   */
  public NextToken(Pretrained pretrained, Shards training, Shards heldOut, TaskSettings settings) {
    this.pretrained = pretrained;
    this.heldOut = heldOut;
    this.settings = settings;
    objective = Objective.nextToken(settings.smoothing());
    source = source(training, settings.rows(), settings.length(), settings.seed());
  }

  /**
   * Shuffled batches of packed sequences, by their number.
   *
   * @param rows B
   * @param length T
   * @param seed of the order
   * @throws TaskException if there are not enough tokens for one sequence
   */
  public static LongFunction<Batch> source(Shards tokens, int rows, int length, long seed) {
    Blocks blocks = new Blocks(tokens, length, length + 1, seed, false);
    return number -> {
      int[] ids = new int[rows * length];
      int[] targets = new int[rows * length];
      for (int row = 0; row < rows; row++) {
        int[] block = blocks.block(number * rows + row);
        System.arraycopy(block, 0, ids, row * length, length);
        System.arraycopy(block, 1, targets, row * length, length);
      }
      return new Batch(ids, targets, rows);
    };
  }

  @Override
  public Module model() {
    return pretrained.model();
  }

  @Override
  public Batch batch(long number) {
    return source.apply(number);
  }

  @Override
  public Tensor loss(Batch batch, Device device) {
    return objective.loss(pretrained.model(), batch, device);
  }

  /** Rows apart. Experts are balanced within each part, as between the devices of a cluster. */
  @Override
  public List<Part<Batch>> parts(Batch batch, int most) {
    return batch.parts(most);
  }

  /** Predicts the held-out text in windows that do not overlap. */
  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    double nats = 0;
    long tokens = 0;
    int length = settings.length();
    List<List<Long>> plan =
        Windows.plan(heldOut.size() - 1, settings.rows(), length, settings.batchesOfText());
    for (List<Long> starts : Task.judged(plan, progress)) {
      Batch batch = Windows.followed(heldOut, starts, length);
      try (Scope scope = Scope.open()) {
        nats +=
            Objective.NEXT_TOKEN.loss(pretrained.model(), batch, device).item() * batch.tokens();
        tokens += batch.tokens();
      }
    }
    return judged(nats / tokens, heldOut);
  }

  /** Loss, perplexity and bits for each byte of UTF-8, which tokenizers can be compared by. */
  static Evaluation judged(double loss, Shards heldOut) {
    return Evaluation.of(
        Evaluation.Figure.falling(Evaluation.LOSS, loss),
        Evaluation.Figure.falling("perplexity", Math.exp(loss)),
        Evaluation.Figure.falling(
            "bits_per_byte", loss / Math.log(2) * heldOut.size() / heldOut.bytes()));
  }

  @Override
  public void save(Path folder) {
    pretrained.save(folder);
  }

  @Override
  public long elements() {
    return (long) settings.rows() * settings.length() * pretrained.model().spec().width();
  }

  /**
   * Chowdhery et al., 2022, appendix B: products with weights, and with the keys of the context.
   */
  @Override
  public double flopsPerToken() {
    var spec = pretrained.model().spec();
    return 6.0 * model().parameterCount() + 12.0 * spec.layers() * spec.width() * settings.length();
  }
}

package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.metrics.Correlation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A model learns to say a number of each text. */
public final class Regression implements Task<Regression.Texts> {
  /** A text and its number. */
  public record Numbered(int[] ids, double number) {}

  /** A batch of texts and their numbers. */
  public record Texts(Padded padded, float[] numbers) implements Weighed {
    static Texts of(List<Numbered> examples, int[] chosen) {
      float[] numbers = new float[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        numbers[i] = (float) examples.get(chosen[i]).number();
      }
      return new Texts(
          new Padded(Arrays.stream(chosen).mapToObj(i -> examples.get(i).ids()).toList()), numbers);
    }

    @Override
    public int tokens() {
      return padded.tokens();
    }
  }

  private final Classifier scorer;
  private final List<Numbered> training;
  private final List<Numbered> heldOut;
  private final TaskSettings settings;
  private final Shuffled order;

  /**
   * @param scorer of one score, which is the number
   * @param training to learn from
   * @param heldOut to be judged by
   */
  public Regression(
      Classifier scorer, List<Numbered> training, List<Numbered> heldOut, TaskSettings settings) {
    this.scorer = scorer;
    this.training = List.copyOf(training);
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
    order = new Shuffled(lengths(training), settings.rows(), settings.seed());
  }

  private static int[] lengths(List<Numbered> examples) {
    return examples.stream().mapToInt(example -> example.ids().length).toArray();
  }

  /** What is trained, as one that scores texts. */
  public Classifier scorer() {
    return scorer;
  }

  @Override
  public Module model() {
    return scorer.module();
  }

  @Override
  public Texts batch(long number) {
    return Texts.of(training, order.batch(number));
  }

  /** The mean square of the difference. */
  @Override
  public Tensor loss(Texts batch, Device device) {
    return Loss.meanSquare(said(batch, device), wanted(batch, device));
  }

  private Tensor said(Texts batch, Device device) {
    return scorer.scores(batch.padded(), device).to(DType.FLOAT32).squeeze(1); // (B)
  }

  private static Tensor wanted(Texts batch, Device device) {
    return Tensor.of(batch.numbers(), batch.numbers().length).to(device); // (B)
  }

  @Override
  public List<Part<Texts>> parts(Texts batch, int most) {
    return Part.apart(
        batch.numbers().length,
        most,
        (from, to) ->
            new Texts(
                new Padded(batch.padded().rows().subList(from, to)),
                Arrays.copyOfRange(batch.numbers(), from, to)),
        part -> part.numbers().length);
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    return judge(heldOut, settings.batchesOfExamples(), device, progress);
  }

  /** Judges the model by other examples: correlations, the mean error, the loss. */
  public Evaluation judge(List<Numbered> examples, int batches, Device device, Progress progress) {
    double[] said = new double[examples.size()];
    double[] wanted = new double[examples.size()];
    int judged = 0;
    List<int[]> plan = Shuffled.once(lengths(examples), settings.rows(), batches);
    for (int[] chosen : Task.judged(plan, progress)) {
      Texts batch = Texts.of(examples, chosen);
      try (Scope scope = Scope.open()) {
        float[] found = said(batch, device).to(Device.CPU).toFloats();
        for (int i = 0; i < chosen.length; i++) {
          said[judged] = found[i];
          wanted[judged++] = batch.numbers()[i];
        }
      }
    }
    double[] x = Arrays.copyOf(said, judged);
    double[] y = Arrays.copyOf(wanted, judged);
    double squares = 0;
    double distances = 0;
    for (int i = 0; i < judged; i++) {
      squares += (x[i] - y[i]) * (x[i] - y[i]);
      distances += Math.abs(x[i] - y[i]);
    }
    return Evaluation.of(
        Evaluation.Figure.falling("mean_absolute_error", distances / judged),
        Evaluation.Figure.correlation("pearson", Correlation.pearson(x, y)),
        Evaluation.Figure.correlation("spearman", Correlation.spearman(x, y)),
        Evaluation.Figure.falling(Evaluation.LOSS, squares / judged));
  }

  @Override
  public void save(Path folder) {
    scorer.save(folder);
  }

  @Override
  public long elements() {
    double length = Arrays.stream(lengths(training)).average().orElse(1);
    return (long) (settings.rows() * length * scorer.width());
  }
}

package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.metrics.Averaging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model learns to say which class a text belongs to. */
public final class Classification implements Task<Classification.Texts> {
  /**
   * A text and its class.
   *
   * @param label from 0
   */
  public record Labelled(int[] ids, int label) {}

  /** A batch of texts and their classes. */
  public record Texts(Padded padded, int[] labels) implements Weighed {
    static Texts of(List<Labelled> examples, int[] numbers) {
      return new Texts(
          new Padded(Arrays.stream(numbers).mapToObj(i -> examples.get(i).ids()).toList()),
          Arrays.stream(numbers).map(i -> examples.get(i).label()).toArray());
    }

    @Override
    public int tokens() {
      return padded.tokens();
    }
  }

  /**
   * What is done about classes of unequal size.
   *
   * @param balanced whether classes weigh alike in the loss, however many examples they have
   * @param focus γ of the focal loss (Lin et al., 2017), which may be balanced besides; 0 for
   *     cross-entropy
   */
  public record Balance(boolean balanced, double focus) {
    /** Plain cross-entropy. */
    public static final Balance NONE = new Balance(false, 0);
  }

  private final Classifier classifier;
  private final List<Labelled> training;
  private final List<Labelled> heldOut;
  private final TaskSettings settings;
  private final Balance balance;
  private final List<String> names;
  private final Shuffled order;

  /**
   * @param training to learn from
   * @param heldOut to be judged by
   * @param names of the classes
   * @throws IllegalArgumentException if labels are to be smoothed under a focal loss, which looks
   *     at the true class alone
   */
  public Classification(
      Classifier classifier,
      List<Labelled> training,
      List<Labelled> heldOut,
      List<String> names,
      TaskSettings settings,
      Balance balance) {
    if (balance.focus() > 0 && settings.smoothing() > 0) {
      throw new IllegalArgumentException(
          "a focal loss looks at the true class alone and has no label smoothing, found %s; set"
                  .formatted(settings.smoothing())
              + " one of the two to 0");
    }
    this.classifier = classifier;
    this.training = List.copyOf(training);
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
    this.balance = balance;
    this.names = List.copyOf(names);
    order = new Shuffled(lengths(training), settings.rows(), settings.seed());
  }

  private static int[] lengths(List<Labelled> examples) {
    return examples.stream().mapToInt(example -> example.ids().length).toArray();
  }

  /** What is trained, as a classifier. */
  public Classifier classifier() {
    return classifier;
  }

  @Override
  public Module model() {
    return classifier.module();
  }

  @Override
  public Texts batch(long number) {
    return Texts.of(training, order.batch(number));
  }

  @Override
  public Tensor loss(Texts batch, Device device) {
    Tensor scores = classifier.scores(batch.padded(), device).to(DType.FLOAT32); // (B, L)
    Tensor labels = labels(batch, device); // (B)
    double focus = balance.focus();
    if (balance.balanced()) {
      Tensor weights = weights().to(device); // (L)
      return focus > 0
          ? Loss.focal(scores, labels, weights, focus)
          : Loss.weighted(scores, labels, weights, settings.smoothing());
    }
    return focus > 0
        ? Loss.focal(scores, labels, focus)
        : scores.crossEntropy(labels, Loss.IGNORED, settings.smoothing());
  }

  /** Where classes are balanced, their weights run over the whole batch: then it stays whole. */
  @Override
  public List<Part<Texts>> parts(Texts batch, int most) {
    return balance.balanced()
        ? Part.whole(batch)
        : Part.apart(
            batch.labels().length,
            most,
            (from, to) ->
                new Texts(
                    new Padded(batch.padded().rows().subList(from, to)),
                    Arrays.copyOfRange(batch.labels(), from, to)),
            part -> part.labels().length);
  }

  private static Tensor labels(Texts batch, Device device) {
    return Tensor.of(batch.labels(), batch.labels().length).to(DType.INT64).to(device);
  }

  /** (L): the number of examples over that of the class, so that their mean is about one. */
  private Tensor weights() {
    float[] weights = new float[names.size()];
    training.forEach(example -> weights[example.label()]++);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = training.size() / (weights.length * Math.max(1, weights[i]));
    }
    return Tensor.of(weights, weights.length);
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    return judge(heldOut, settings.batchesOfExamples(), device, progress);
  }

  /** Judges the model by other examples: accuracy, macro-averaged F1, loss. */
  public Evaluation judge(List<Labelled> examples, int batches, Device device, Progress progress) {
    List<String> truth = new ArrayList<>();
    List<String> said = new ArrayList<>();
    double nats = 0;
    List<int[]> plan = Shuffled.once(lengths(examples), settings.rows(), batches);
    for (int[] numbers : Task.judged(plan, progress)) {
      Texts batch = Texts.of(examples, numbers);
      try (Scope scope = Scope.open()) {
        Tensor scores = classifier.scores(batch.padded(), device).to(DType.FLOAT32); // (B, L)
        nats += Loss.crossEntropy(scores, labels(batch, device)).item() * numbers.length;
        long[] best = scores.argmax(1).to(Device.CPU).toLongs();
        IntStream.range(0, numbers.length)
            .forEach(
                i -> {
                  truth.add(names.get(batch.labels()[i]));
                  said.add(names.get((int) best[i]));
                });
      }
    }
    var judged = dev.myna.text.metrics.Classification.of(truth, said);
    return Evaluation.of(
        Evaluation.Figure.rising("accuracy", judged.accuracy()),
        Evaluation.Figure.rising("macro_f1", judged.average(Averaging.MACRO, 1).fscore()),
        Evaluation.Figure.falling(Evaluation.LOSS, nats / truth.size()));
  }

  @Override
  public void save(Path folder) {
    classifier.save(folder);
  }

  @Override
  public long elements() {
    double length = Arrays.stream(lengths(training)).average().orElse(1);
    return (long) (settings.rows() * length * classifier.width());
  }
}

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
import java.util.stream.IntStream;

/**
 * A model learns vectors of texts whose cosine says how alike two of them are (Reimers and
 * Gurevych, 2019).
 */
public final class Similarity implements Task<Similarity.Texts> {
  /**
   * Texts that belong together.
   *
   * @param texts ids of two texts, or of three: a text, one like it and one unlike it
   * @param score how alike the two are, from 0 to 1; 1 where nobody said so
   */
  public record Compared(List<int[]> texts, double score) {
    public Compared {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Some of them side by side.
   *
   * @param columns all first texts, all second ones, and all third ones if there are any
   */
  public record Texts(List<Padded> columns, float[] scores) implements Weighed {
    static Texts of(List<Compared> examples, int[] numbers) {
      int texts = examples.getFirst().texts().size();
      float[] scores = new float[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        scores[i] = (float) examples.get(numbers[i]).score();
      }
      return new Texts(
          IntStream.range(0, texts)
              .mapToObj(
                  column ->
                      new Padded(
                          Arrays.stream(numbers)
                              .mapToObj(i -> examples.get(i).texts().get(column))
                              .toList()))
              .toList(),
          scores);
    }

    @Override
    public int tokens() {
      return columns.stream().mapToInt(Padded::tokens).sum();
    }
  }

  /** What vectors are drawn to. */
  public sealed interface Objective {
    /** The loss of a batch: columns of vectors (B, C), scores (B). */
    Tensor loss(List<Tensor> vectors, Tensor scores);

    /** Whether one of several texts is the right one; else there are scores to agree with. */
    default boolean chooses() {
      return false;
    }

    /** A cosine as large as the score: the mean square of the difference. */
    record Scores() implements Objective {
      @Override
      public Tensor loss(List<Tensor> vectors, Tensor scores) {
        return Loss.meanSquare(Loss.cosines(vectors.get(0), vectors.get(1)), scores);
      }
    }

    /**
     * Likes together, unlikes apart ({@link Loss#pairs}); alike is what scores one half or more.
     */
    record Pairs(double margin) implements Objective {
      @Override
      public Tensor loss(List<Tensor> vectors, Tensor scores) {
        Tensor alike = scores.add(-0.5).ge(0);
        return Loss.pairs(vectors.get(0), vectors.get(1), alike, margin);
      }
    }

    /** Nearer to the like than to the unlike ({@link Loss#triplet}). */
    record Triplets(double margin) implements Objective {
      @Override
      public Tensor loss(List<Tensor> vectors, Tensor scores) {
        return Loss.triplet(vectors.get(0), vectors.get(1), vectors.get(2), margin);
      }

      @Override
      public boolean chooses() {
        return true;
      }
    }

    /** The own partner among all of the batch ({@link Loss#inBatch}). */
    record InBatch(double temperature) implements Objective {
      @Override
      public Tensor loss(List<Tensor> vectors, Tensor scores) {
        return Loss.inBatch(vectors.get(0), vectors.get(1), temperature);
      }

      @Override
      public boolean chooses() {
        return true;
      }
    }
  }

  private final Embedder embedder;
  private final Objective objective;
  private final List<Compared> training;
  private final List<Compared> heldOut;
  private final TaskSettings settings;
  private final Shuffled order;

  /**
   * @param training to learn from
   * @param heldOut to be judged by
   */
  public Similarity(
      Embedder embedder,
      Objective objective,
      List<Compared> training,
      List<Compared> heldOut,
      TaskSettings settings) {
    this.embedder = embedder;
    this.objective = objective;
    this.training = List.copyOf(training);
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
    order = new Shuffled(lengths(training), settings.rows(), settings.seed());
  }

  private static int[] lengths(List<Compared> examples) {
    return examples.stream()
        .mapToInt(example -> example.texts().stream().mapToInt(ids -> ids.length).sum())
        .toArray();
  }

  /** What is trained, as an embedder. */
  public Embedder embedder() {
    return embedder;
  }

  @Override
  public Module model() {
    return embedder.module();
  }

  @Override
  public Texts batch(long number) {
    return Texts.of(training, order.batch(number));
  }

  @Override
  public Tensor loss(Texts batch, Device device) {
    return objective.loss(vectors(batch, device), scores(batch, device));
  }

  private List<Tensor> vectors(Texts batch, Device device) {
    return batch.columns().stream().map(texts -> embedder.vectors(texts, device)).toList();
  }

  private static Tensor scores(Texts batch, Device device) {
    return Tensor.of(batch.scores(), batch.scores().length).to(device); // (B)
  }

  /** Each text is compared with its own partner only, but where all partners stand to choose. */
  @Override
  public List<Part<Texts>> parts(Texts batch, int most) {
    return objective instanceof Objective.InBatch
        ? Part.whole(batch)
        : Part.apart(
            batch.scores().length,
            most,
            (from, to) ->
                new Texts(
                    batch.columns().stream()
                        .map(column -> new Padded(column.rows().subList(from, to)))
                        .toList(),
                    Arrays.copyOfRange(batch.scores(), from, to)),
            part -> part.scores().length);
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    return judge(heldOut, settings.batchesOfExamples(), device, progress);
  }

  /**
   * Judges the model by other examples: by how the order of cosines goes with that of scores, or by
   * how often the right text of a triplet or a batch is the nearest; and by the loss.
   */
  public Evaluation judge(List<Compared> examples, int batches, Device device, Progress progress) {
    double[] cosines = new double[examples.size()];
    double[] scores = new double[examples.size()];
    int judged = 0;
    long right = 0;
    double loss = 0;
    List<int[]> plan = Shuffled.once(lengths(examples), settings.rows(), batches);
    for (int[] numbers : Task.judged(plan, progress)) {
      Texts batch = Texts.of(examples, numbers);
      try (Scope scope = Scope.open()) {
        List<Tensor> vectors = vectors(batch, device);
        loss += objective.loss(vectors, scores(batch, device)).item() * numbers.length;
        right += objective.chooses() ? right(vectors) : 0;
        float[] found = Loss.cosines(vectors.get(0), vectors.get(1)).to(Device.CPU).toFloats();
        for (int i = 0; i < numbers.length; i++) {
          cosines[judged] = found[i];
          scores[judged++] = batch.scores()[i];
        }
      }
    }
    var mean = Evaluation.Figure.falling(Evaluation.LOSS, loss / judged);
    if (objective.chooses()) {
      return Evaluation.of(Evaluation.Figure.rising("accuracy", (double) right / judged), mean);
    }
    double[] x = Arrays.copyOf(cosines, judged);
    double[] y = Arrays.copyOf(scores, judged);
    return Evaluation.of(
        Evaluation.Figure.correlation("spearman", Correlation.spearman(x, y)),
        Evaluation.Figure.correlation("pearson", Correlation.pearson(x, y)),
        mean);
  }

  /** How many texts have the right one nearest. */
  private static long right(List<Tensor> vectors) {
    Tensor own = Loss.cosines(vectors.get(0), vectors.get(1)); // (B)
    if (vectors.size() == 3) {
      Tensor other = Loss.cosines(vectors.get(0), vectors.get(2)); // (B)
      return (long) own.gt(other).to(DType.FLOAT32).sum().item();
    }
    Tensor all = Loss.unit(vectors.get(0)).matmul(Loss.unit(vectors.get(1)).transpose(0, 1));
    long[] best = all.argmax(1).to(Device.CPU).toLongs();
    return IntStream.range(0, best.length).filter(i -> best[i] == i).count();
  }

  @Override
  public void save(Path folder) {
    embedder.save(folder);
  }

  @Override
  public long elements() {
    double length = Arrays.stream(lengths(training)).average().orElse(1);
    return (long) (settings.rows() * length * embedder.width());
  }
}

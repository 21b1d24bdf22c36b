package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.task.AnswerWindow.Target;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import dev.myna.text.metrics.Answers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model learns to answer questions by spans of a passage: the first and the last token of the
 * answer, in windows of passages that are too long (Devlin et al., 2019). Where a window holds no
 * answer, both are its first token.
 */
public final class Answering implements Task<Answering.Texts> {
  /**
   * A window and the answer in it.
   *
   * @param kinds of its tokens; empty where the model knows none
   */
  public record Taught(int[] ids, byte[] kinds, Target target) {}

  /**
   * A question to be judged by.
   *
   * @param targets in the windows of its passage
   * @param right texts that answer it; the empty one where nothing does
   */
  public record Asked(Reading reading, List<Target> targets, List<String> right) {
    public Asked {
      targets = List.copyOf(targets);
      right = List.copyOf(right);
    }

    /** Whether nothing answers it. */
    boolean open() {
      return right.equals(List.of(""));
    }
  }

  /** A batch of windows and the answers in them. */
  public record Texts(Padded padded, List<byte[]> kinds, List<Target> targets) implements Weighed {
    static Texts of(List<Taught> examples) {
      return new Texts(
          new Padded(examples.stream().map(Taught::ids).toList()),
          examples.stream().map(Taught::kinds).toList(),
          examples.stream().map(Taught::target).toList());
    }

    @Override
    public int tokens() {
      return padded.tokens();
    }

    /** Rows apart. */
    private Texts some(int from, int to) {
      return new Texts(
          new Padded(padded.rows().subList(from, to)),
          kinds.subList(from, to),
          targets.subList(from, to));
    }
  }

  private final SpanModel model;
  private final List<Taught> training;
  private final List<Asked> heldOut;
  private final TaskSettings settings;
  private final BestSpans.Rule rule;
  private final Shuffled order;

  /**
   * @param training to learn from
   * @param heldOut to be judged by
   */
  public Answering(
      SpanModel model,
      List<Taught> training,
      List<Asked> heldOut,
      TaskSettings settings,
      BestSpans.Rule rule) {
    this.model = model;
    this.training = List.copyOf(training);
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
    this.rule = rule;
    order = new Shuffled(lengths(training), settings.rows(), settings.seed());
  }

  private static int[] lengths(List<Taught> examples) {
    return examples.stream().mapToInt(example -> example.ids().length).toArray();
  }

  /** The same task of another model. */
  public Answering with(SpanModel other) {
    return new Answering(other, training, heldOut, settings, rule);
  }

  @Override
  public Module model() {
    return model.pretrained().model();
  }

  @Override
  public Texts batch(long number) {
    return Texts.of(Arrays.stream(order.batch(number)).mapToObj(training::get).toList());
  }

  /**
   * The mean of the cross-entropies of beginning and end, as in {@code BertForQuestionAnswering}.
   */
  @Override
  public Tensor loss(Texts batch, Device device) {
    Tensor scores = model.scores(batch.padded(), batch.kinds(), device); // (2, B, T)
    Tensor begins = places(batch.targets().stream().mapToInt(Target::start).toArray(), device);
    Tensor ends = places(batch.targets().stream().mapToInt(Target::end).toArray(), device);
    return Loss.crossEntropy(scores.select(0, 0), begins)
        .add(Loss.crossEntropy(scores.select(0, 1), ends))
        .div(2);
  }

  private static Tensor places(int[] places, Device device) {
    return Tensor.of(places, places.length).to(DType.INT64).to(device); // (B)
  }

  @Override
  public List<Part<Texts>> parts(Texts batch, int most) {
    return Part.apart(batch.targets().size(), most, batch::some, part -> part.targets().size());
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    int most = settings.batchesOfExamples() * settings.rows();
    int all = heldOut.size();
    List<Asked> some =
        most == 0 || most >= all
            ? heldOut
            : IntStream.range(0, most)
                .mapToObj(i -> heldOut.get((int) ((long) i * all / most)))
                .toList();
    return judge(some, device, progress);
  }

  /**
   * Judges the model by other questions: exact match and F1 of words in percent, as SQuAD's script
   * counts them, and the loss; where a passage may hold no answer, also F1 of the questions that
   * have one and of those that have none.
   */
  public Evaluation judge(List<Asked> questions, Device device, Progress progress) {
    List<Target> targets = questions.stream().flatMap(each -> each.targets().stream()).toList();
    double[] nats = new double[1];
    List<BestSpans.Found> found =
        model.find(
            questions.stream().map(Asked::reading).toList(),
            rule,
            settings.rows(),
            device,
            progress,
            (number, begins, ends) -> {
              Target target = targets.get(number);
              nats[0] += (surprise(begins, target.start()) + surprise(ends, target.end())) / 2;
            });
    Mean exact = new Mean();
    Mean f1 = new Mean();
    Mean answerable = new Mean();
    Mean open = new Mean();
    for (int i = 0; i < questions.size(); i++) {
      Asked asked = questions.get(i);
      String said = found.get(i).text(asked.reading().passage());
      double score = 100 * Answers.f1(said, asked.right());
      exact.add(Answers.exactMatch(said, asked.right()) ? 100 : 0);
      f1.add(score);
      (asked.open() ? open : answerable).add(score);
    }
    List<Evaluation.Figure> figures = new ArrayList<>();
    figures.add(Evaluation.Figure.rising("f1", f1.value()));
    figures.add(Evaluation.Figure.rising("exact_match", exact.value()));
    if (rule.nothing()) {
      figures.add(Evaluation.Figure.rising("answerable_f1", answerable.value()));
      figures.add(Evaluation.Figure.rising("unanswerable_f1", open.value()));
    }
    figures.add(Evaluation.Figure.falling(Evaluation.LOSS, nats[0] / targets.size()));
    return new Evaluation(figures);
  }

  /** A mean; 0 of nothing. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return count == 0 ? 0 : sum / count;
    }
  }

  /** The cross-entropy of one of several scores, in nats. */
  private static double surprise(float[] scores, int right) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - largest);
    }
    return largest + Math.log(sum) - scores[right];
  }

  @Override
  public void save(Path folder) {
    model.pretrained().save(folder);
  }

  @Override
  public long elements() {
    double length = Arrays.stream(lengths(training)).average().orElse(1);
    return (long) (settings.rows() * length * model.pretrained().model().spec().width());
  }
}

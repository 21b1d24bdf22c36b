package dev.myna.task;

import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Loss;
import dev.myna.nn.Mask;
import dev.myna.nn.Module;
import dev.myna.nn.Pass;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An encoder learns to say tokens that were hidden from it (Devlin et al., 2019), and of pairs of
 * texts whether they belong together.
 */
public final class MaskedTokens implements Task<MaskedBatch> {
  private final Pretrained pretrained;
  private final MaskedText texts;
  private final Masking masking;
  private final MaskedWords words;
  private final int padding;
  private final TaskSettings settings;
  private final List<MaskedBatch> heldOut;

  /**
   * @param padding id that fills up shorter texts
   */
  public MaskedTokens(
      Pretrained pretrained,
      MaskedText texts,
      Masking masking,
      MaskedWords words,
      int padding,
      TaskSettings settings) {
    if (!(pretrained.model().spec() instanceof ModelSpec.Encoder)) {
      throw new TaskException(
          "hidden tokens are said by an encoder, which sees both sides; choose a model like bert or"
              + " roberta");
    }
    this.pretrained = pretrained;
    this.texts = texts;
    this.masking = masking;
    this.words = words;
    this.padding = padding;
    this.settings = settings;
    List<MaskedText.Text> judged = texts.heldOut(settings.batchesOfText() * settings.rows());
    heldOut =
        IntStream.iterate(0, from -> from < judged.size(), from -> from + settings.rows())
            .mapToObj(from -> judged.subList(from, Math.min(from + settings.rows(), judged.size())))
            .map(rows -> MaskedBatch.of(rows, masking, words, settings))
            .toList();
  }

  @Override
  public Module model() {
    return pretrained.model();
  }

  @Override
  public MaskedBatch batch(long number) {
    List<MaskedText.Text> rows =
        LongStream.range(number * settings.rows(), (number + 1) * settings.rows())
            .mapToObj(texts::at)
            .toList();
    return MaskedBatch.of(rows, masking, words, settings);
  }

  /**
   * What the model says.
   *
   * @param states what the head makes scores of the hidden tokens of, (N, C)
   * @param pairs scores of the pairs, (B, 2), or the states again where there are none
   */
  private record Said(Tensor states, Tensor pairs) {}

  private Said say(MaskedBatch batch, Device device) {
    Transformer model = pretrained.model();
    Tensor ids = batch.read().ids(padding, device); // (B, T)
    Tensor there = batch.read().there(device); // (B, T)
    Pass pass = Pass.whole(ids, new Mask.Padding(Mask.ALL, there));
    int kinds = model.spec().top().embedding().segments();
    Tensor hidden =
        model.hidden(ids, kinds > 1 ? pass.withSegments(batch.kinds(device)) : pass); // (B, T, C)
    long[] places = batch.places();
    Tensor where = Tensor.of(places, places.length).to(device); // (N)
    Tensor chosen = hidden.reshape(-1, hidden.size(2)).indexSelect(0, where); // (N, C)
    Tensor pairs =
        texts.paired() ? model.text(hidden, ids, there).to(DType.FLOAT32) : chosen; // (B, 2)
    return new Said(chosen, pairs);
  }

  /** Label smoothing is of tokens; of a pair there are two answers, and one is true. */
  @Override
  public Tensor loss(MaskedBatch batch, Device device) {
    Said said = say(batch, device);
    Tensor loss =
        pretrained.model().loss(said.states(), ids(batch.hidden(), device), settings.smoothing());
    return texts.paired()
        ? loss.add(said.pairs().crossEntropy(ids(batch.labels(), device), Batch.IGNORED, 0))
        : loss;
  }

  /**
   * Two means at once, of tokens and of pairs, have no common weights: then a batch stays whole.
   */
  @Override
  public List<Part<MaskedBatch>> parts(MaskedBatch batch, int most) {
    return texts.paired() ? Part.whole(batch) : batch.parts(most);
  }

  private static Tensor ids(int[] ids, Device device) {
    return Tensor.of(ids, ids.length).to(DType.INT64).to(device);
  }

  /** The same tokens are hidden each time. */
  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    double nats = 0;
    long right = 0;
    long pairsRight = 0;
    long pairs = 0;
    List<Integer> all = new ArrayList<>();
    for (MaskedBatch batch : Task.judged(heldOut, progress)) {
      try (Scope scope = Scope.open()) {
        Said said = say(batch, device);
        Tensor hidden = ids(batch.hidden(), device);
        Tensor scores = pretrained.model().logits(said.states()); // (N, V)
        nats += Loss.crossEntropy(scores, hidden).item() * batch.hidden().length;
        right += equal(scores, hidden);
        pairsRight += texts.paired() ? equal(said.pairs(), ids(batch.labels(), device)) : 0;
        pairs += batch.labels().length;
        Arrays.stream(batch.hidden()).forEach(all::add);
      }
    }
    long most =
        all.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .values()
            .stream()
            .mapToLong(count -> count)
            .max()
            .orElse(0);
    double count = all.size();
    List<Evaluation.Figure> figures = new ArrayList<>();
    figures.add(Evaluation.Figure.falling(Evaluation.LOSS, nats / count));
    figures.add(Evaluation.Figure.rising("masked_accuracy", right / count));
    figures.add(Evaluation.Figure.rising("most_frequent_accuracy", most / count));
    if (texts.paired()) {
      figures.add(Evaluation.Figure.rising("pair_accuracy", (double) pairsRight / pairs));
    }
    return new Evaluation(figures);
  }

  private static long equal(Tensor scores, Tensor wanted) {
    return Math.round(scores.argmax(1).eq(wanted).to(DType.FLOAT32).sum().item());
  }

  @Override
  public void save(Path folder) {
    pretrained.save(folder);
  }

  @Override
  public long elements() {
    return (long) settings.rows() * settings.length() * pretrained.model().spec().width();
  }
}

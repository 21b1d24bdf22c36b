package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A model learns to say a tag of each word. */
public final class Tagging implements Task<Tagging.Windows> {
  /** What is said of a word that has no tokens: it is outside of everything. */
  public static final String OUTSIDE = "O";

  /**
   * A sentence and the tags of its words.
   *
   * @param windows which together hold each word of which there are tokens
   * @param tags of all words
   */
  public record Tagged(List<WordWindow> windows, List<String> tags) {
    public Tagged {
      windows = List.copyOf(windows);
      tags = List.copyOf(tags);
    }
  }

  /**
   * A batch of windows.
   *
   * @param targets of each token of a window the number of the tag, or {@link Loss#IGNORED}
   */
  public record Windows(Padded padded, List<int[]> targets) implements Weighed {
    public Windows {
      targets = List.copyOf(targets);
    }

    @Override
    public int tokens() {
      return padded.tokens();
    }

    private Windows rows(int from, int to) {
      return new Windows(
          new Padded(padded.rows().subList(from, to)), List.copyOf(targets.subList(from, to)));
    }

    /** How many targets count. */
    long counted() {
      return targets.stream().flatMapToInt(Arrays::stream).filter(t -> t != Loss.IGNORED).count();
    }

    /** (B·T) targets, those behind the ends not counted. */
    Tensor targets(Device device) {
      int longest = padded.longest();
      int[] all = new int[targets.size() * longest];
      Arrays.fill(all, Loss.IGNORED);
      for (int row = 0; row < targets.size(); row++) {
        System.arraycopy(targets.get(row), 0, all, row * longest, targets.get(row).length);
      }
      return Tensor.of(all, all.length).to(DType.INT64).to(device);
    }
  }

  private record Target(int[] ids, int[] tags) {}

  private final Tagger tagger;
  private final List<Target> training = new ArrayList<>();
  private final List<Tagged> heldOut;
  private final TaskSettings settings;
  private final boolean balanced;
  private final Shuffled order;

  /**
   * @param training to learn from
   * @param heldOut to be judged by
   * @param balanced whether tags weigh alike in the loss, however many words bear them
   * @throws IllegalArgumentException if a tag to learn is none of the tagger's
   */
  public Tagging(
      Tagger tagger,
      List<Tagged> training,
      List<Tagged> heldOut,
      TaskSettings settings,
      boolean balanced) {
    this.tagger = tagger;
    TagNumbers numbers = new TagNumbers(tagger.labels());
    for (Tagged sentence : training) {
      sentence.tags().forEach(numbers::require);
      sentence
          .windows()
          .forEach(
              window ->
                  this.training.add(new Target(window.ids(), numbers.of(window, sentence.tags()))));
    }
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
    this.balanced = balanced;
    order =
        new Shuffled(
            this.training.stream().mapToInt(window -> window.ids().length).toArray(),
            settings.rows(),
            settings.seed());
  }

  /** What is trained, as a tagger. */
  public Tagger tagger() {
    return tagger;
  }

  @Override
  public Module model() {
    return tagger.module();
  }

  @Override
  public Windows batch(long number) {
    List<Target> chosen = Arrays.stream(order.batch(number)).mapToObj(training::get).toList();
    return new Windows(
        new Padded(chosen.stream().map(Target::ids).toList()),
        chosen.stream().map(Target::tags).toList());
  }

  @Override
  public Tensor loss(Windows batch, Device device) {
    Tensor scores = flat(tagger.scores(batch.padded(), device)); // (B·T, L)
    Tensor targets = batch.targets(device); // (B·T)
    return balanced
        ? Loss.weighted(scores, targets, weights().to(device), settings.smoothing())
        : scores.crossEntropy(targets, Loss.IGNORED, settings.smoothing());
  }

  /** (B·T, L) in float32. */
  private static Tensor flat(Tensor scores) {
    return scores.reshape(-1, scores.size(-1)).to(DType.FLOAT32);
  }

  /** Where tags are balanced, their weights run over the whole batch: then it stays whole. */
  @Override
  public List<Part<Windows>> parts(Windows batch, int most) {
    return balanced
        ? Part.whole(batch)
        : Part.apart(batch.targets().size(), most, batch::rows, Windows::counted);
  }

  /** (L): the number of words over that of those with the tag, so that their mean is about one. */
  private Tensor weights() {
    float[] words = new float[tagger.labels().size()];
    for (Target window : training) {
      Arrays.stream(window.tags()).filter(t -> t != Loss.IGNORED).forEach(t -> words[t]++);
    }
    double all = IntStream.range(0, words.length).mapToDouble(t -> words[t]).sum();
    for (int t = 0; t < words.length; t++) {
      words[t] = (float) (all / (words.length * Math.max(1, words[t])));
    }
    return Tensor.of(words, words.length);
  }

  /** Of a limited number of batches, sentences that are evenly spread. */
  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    long most = (long) settings.batchesOfExamples() * settings.rows();
    List<Tagged> judged =
        most == 0 || most >= heldOut.size()
            ? heldOut
            : IntStream.range(0, (int) most)
                .mapToObj(i -> heldOut.get((int) (i * (long) heldOut.size() / most)))
                .toList();
    return judge(tagger, judged, settings.rows(), device, progress);
  }

  /**
   * Judges a tagger by tagged sentences. A word without tokens is {@link #OUTSIDE}; a true tag that
   * the tagger does not know is never said.
   *
   * @param rows windows that go through the model together
   */
  public static Evaluation judge(
      Tagger tagger, List<Tagged> sentences, int rows, Device device, Progress progress) {
    TagJudge judge = new TagJudge(tagger.labels(), sentences);
    for (List<TagJudge.Place> places : Task.judged(judge.batches(rows), progress)) {
      try (Scope scope = Scope.open()) {
        Windows batch = judge.windows(places);
        Tensor scores = flat(tagger.scores(batch.padded(), device)); // (B·T, L)
        long counted = batch.counted();
        double loss =
            counted == 0 ? 0 : Loss.crossEntropy(scores, batch.targets(device)).item() * counted;
        judge.hear(places, scores.argmax(1).to(Device.CPU).toLongs(), loss, counted);
      }
    }
    return judge.evaluation();
  }

  @Override
  public void save(Path folder) {
    tagger.save(folder);
  }

  @Override
  public long elements() {
    double length = training.stream().mapToInt(window -> window.ids().length).average().orElse(1);
    return (long) (settings.rows() * length * tagger.width());
  }
}

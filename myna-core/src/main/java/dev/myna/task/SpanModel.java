package dev.myna.task;

import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A Transformer that says of each token of a text how well an answer begins and ends there (Devlin
 * et al., 2019, section 4.2): Hugging Face's {@code …ForQuestionAnswering}.
 *
 * @param padding token that fills up short texts
 */
public record SpanModel(Pretrained pretrained, int padding) {
  private static final String KIND = "ForQuestionAnswering";

  /** A score that weighs nothing. */
  private static final double NOWHERE = -1e30;

  /** What a model says of a window, token by token. */
  @FunctionalInterface
  public interface Said {
    /** Does not listen. */
    Said NOTHING = (window, begins, ends) -> {};

    /**
     * @param window its number
     * @param begins how well an answer begins at each token, T
     * @param ends how well it ends there, T
     */
    void of(int window, float[] begins, float[] ends);
  }

  /**
   * The model that a folder holds.
   *
   * @param padding token that fills up short texts, where the folder does not say
   * @throws TaskException if it holds another
   */
  public static SpanModel load(Path folder, int padding) {
    String kind = TextModel.kind(Pretrained.config(folder));
    if (!kind.endsWith(KIND)) {
      throw new TaskException(
          "a model that answers questions by spans of a text was wanted, but %s holds another (%s): train one with task.kind: answers"
              .formatted(folder, kind));
    }
    return of(Pretrained.load(folder), padding);
  }

  /**
   * A model with such a head.
   *
   * @param padding token that fills up short texts, where its configuration does not say
   */
  public static SpanModel of(Pretrained pretrained, int padding) {
    if (!(pretrained.model().spec().head() instanceof HeadSpec.Tokens head) || head.labels() != 2) {
      throw new TaskException(
          "a head that says two numbers of each token was wanted, where an answer begins and where"
              + " it ends, found "
              + pretrained.model().spec().head());
    }
    return new SpanModel(pretrained, pretrained.config().path("pad_token_id").asInt(padding));
  }

  /** Whether it tells kinds of text apart, question and passage. */
  public boolean knowsKinds() {
    return spec().top().embedding().segments() > 1;
  }

  /** The longest text that it reads, in tokens. */
  public int context() {
    return spec().context();
  }

  private ModelSpec spec() {
    return pretrained.model().spec();
  }

  /**
   * How well an answer begins and ends at each token; what lies behind the end of a text weighs
   * nothing, so that no score depends on what else is in the batch.
   *
   * @param kinds of the tokens; not looked at by a model that knows none
   * @return (2, B, T), float32
   */
  Tensor scores(Padded texts, List<byte[]> kinds, Device device) {
    Tensor ids = texts.ids(padding, device); // (B, T)
    Tensor there = texts.there(device); // (B, T)
    return pretrained
        .model()
        .logits(hidden(ids, there, kinds, device)) // (B, T, 2)
        .to(DType.FLOAT32)
        .permute(2, 0, 1)
        .maskedFill(there.not(), NOWHERE);
  }

  private Tensor hidden(Tensor ids, Tensor there, List<byte[]> kinds, Device device) {
    Transformer model = pretrained.model();
    Mask whole = new Mask.Padding(Mask.ALL, there);
    return switch (spec()) {
      // What fills up a text stands behind it, where nothing of it looks.
      case ModelSpec.Decoder _ -> model.hidden(ids, Pass.whole(ids, Mask.CAUSAL));
      case ModelSpec.Encoder _ -> {
        Pass pass = Pass.whole(ids, whole);
        yield model.hidden(ids, knowsKinds() ? pass.withSegments(kinds(kinds, ids, device)) : pass);
      }
      case ModelSpec.EncoderDecoder _ -> {
        Tensor states = model.encode(ids, Pass.whole(ids, whole)); // (B, T, C)
        Tensor read = shifted(ids);
        yield model.hidden(read, Pass.whole(read, Mask.CAUSAL).with(Memory.of(states, whole)));
      }
    };
  }

  /** The text, one later, as the decoder reads it. */
  private Tensor shifted(Tensor ids) {
    int start = pretrained.config().path("decoder_start_token_id").asInt(padding);
    Tensor first = Tensor.full(start, ids.dtype(), ids.device(), ids.size(0), 1); // (B, 1)
    return Tensor.cat(List.of(first, ids.narrow(1, 0, ids.size(1) - 1)), 1); // (B, T)
  }

  private static Tensor kinds(List<byte[]> kinds, Tensor ids, Device device) {
    int length = (int) ids.size(1);
    int[] all = new int[kinds.size() * length];
    for (int row = 0; row < kinds.size(); row++) {
      for (int i = 0; i < kinds.get(row).length; i++) {
        all[row * length + i] = kinds.get(row)[i];
      }
    }
    return Tensor.of(all, kinds.size(), length).to(device); // (B, T)
  }

  /**
   * The best spans of passages. The caller has switched gradients off.
   *
   * @param rows most windows at a time; those of about one length go together
   * @param heard what is said of each window, numbered through all passages
   */
  public List<BestSpans.Found> find(
      List<Reading> readings,
      BestSpans.Rule rule,
      int rows,
      Device device,
      Progress progress,
      Said heard) {
    List<AnswerWindow> windows = new ArrayList<>();
    List<BestSpans> owners = new ArrayList<>(); // of each window
    List<BestSpans> all = new ArrayList<>();
    for (Reading reading : readings) {
      BestSpans spans = new BestSpans(reading.passage(), rule);
      all.add(spans);
      owners.addAll(Collections.nCopies(reading.windows().size(), spans));
      windows.addAll(reading.windows());
    }
    each(
        windows,
        rows,
        device,
        progress,
        (number, begins, ends) -> {
          owners.get(number).look(windows.get(number), begins, ends);
          heard.of(number, begins, ends);
        });
    return all.stream().map(BestSpans::found).toList();
  }

  private void each(
      List<AnswerWindow> windows, int rows, Device device, Progress progress, Said said) {
    int[] lengths = windows.stream().mapToInt(window -> window.ids().length).toArray();
    for (int[] numbers : Task.judged(Shuffled.once(lengths, rows, 0), progress)) {
      List<AnswerWindow> some = Arrays.stream(numbers).mapToObj(windows::get).toList();
      Padded texts = new Padded(some.stream().map(AnswerWindow::ids).toList());
      try (Scope scope = Scope.open()) {
        Tensor scores = scores(texts, some.stream().map(AnswerWindow::kinds).toList(), device);
        float[] all = scores.to(Device.CPU).toFloats();
        int length = texts.longest();
        for (int row = 0; row < numbers.length; row++) {
          int begins = row * length;
          int ends = (numbers.length + row) * length;
          int own = lengths[numbers[row]];
          said.of(
              numbers[row],
              Arrays.copyOfRange(all, begins, begins + own),
              Arrays.copyOfRange(all, ends, ends + own));
        }
      }
    }
  }
}

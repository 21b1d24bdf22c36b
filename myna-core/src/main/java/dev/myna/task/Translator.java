package dev.myna.task;

import dev.myna.generate.CachedTransformer;
import dev.myna.generate.NextToken;
import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentTranslator;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Module;
import dev.myna.nn.Precision;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.Random;

/** A model that reads a text and says another. */
public sealed interface Translator {
  /**
   * The encoder-decoder that a folder holds, not to be trained.
   *
   * @throws TaskException if it holds none
   */
  static Translator load(Path folder) {
    if (SequenceModel.isIn(folder)) {
      SequenceModel stored = SequenceModel.load(folder);
      if (stored.model() instanceof RecurrentTranslator) {
        return new OfRecurrent(stored, Teaching.NONE);
      }
      throw none(folder, stored.model().getClass().getSimpleName());
    }
    Pretrained pretrained = Pretrained.load(folder);
    if (pretrained.model().spec() instanceof ModelSpec.EncoderDecoder spec
        && spec.head() instanceof HeadSpec.Language) {
      return new OfTransformer(pretrained);
    }
    throw none(folder, TextModel.kind(pretrained.config()));
  }

  private static TaskException none(Path folder, String found) {
    return new TaskException(
        "a model that makes one text of another was wanted (t5, bart, marian, transformer or a recurrent encoder-decoder), but %s holds another (%s)"
            .formatted(folder, found));
  }

  Module module();

  /** The longest text that it reads, in tokens. */
  int context();

  /** C. */
  int width();

  /**
   * The loss of saying what shall be said.
   *
   * @param step number of the batch, for what changes as training goes on
   * @return a float32 scalar in nats a target token
   */
  Tensor loss(PairBatch batch, double smoothing, long step, Device device);

  /** The model as it says token after token about some texts, a row each. */
  NextToken saying(int[][] sources, Device device, Precision precision);

  void save(Path folder);

  /** A Transformer with encoder and decoder. */
  record OfTransformer(Pretrained pretrained) implements Translator {
    @Override
    public Module module() {
      return pretrained.model();
    }

    @Override
    public int context() {
      return pretrained.model().spec().context();
    }

    @Override
    public int width() {
      return pretrained.model().spec().width();
    }

    @Override
    public Tensor loss(PairBatch batch, double smoothing, long step, Device device) {
      return batch.loss(pretrained.model(), smoothing, device);
    }

    @Override
    public NextToken saying(int[][] sources, Device device, Precision precision) {
      CachedTransformer model = new CachedTransformer(pretrained.model(), device, precision);
      model.encode(sources);
      return model;
    }

    @Override
    public void save(Path folder) {
      pretrained.save(folder);
    }
  }

  /**
   * A recurrent one.
   *
   * @param teaching how often it reads the truth and not what it said itself
   */
  record OfRecurrent(SequenceModel stored, Teaching teaching) implements Translator {
    private RecurrentTranslator model() {
      return (RecurrentTranslator) stored.model();
    }

    @Override
    public Module module() {
      return stored.model();
    }

    @Override
    public int context() {
      return model().spec().longest();
    }

    @Override
    public int width() {
      return stored.spec().size();
    }

    @Override
    public Tensor loss(PairBatch batch, double smoothing, long step, Device device) {
      Padded texts = new Padded(batch.sources());
      Tensor ids = texts.ids(batch.padding(), device); // (B, S)
      RecurrentTranslator.Carry begin = model().read(ids, texts.lengths(), texts.there(device));
      Tensor said = model().say(begin, batch.read(device), teaching.at(step), new Random(step));
      return model().loss(said, batch.wanted(device), smoothing);
    }

    @Override
    public NextToken saying(int[][] sources, Device device, Precision precision) {
      return new RecurrentSaying(model(), sources, device);
    }

    @Override
    public void save(Path folder) {
      stored.save(folder);
    }
  }

  /**
   * How often a decoder that is trained reads the truth and not what it said itself (scheduled
   * sampling, Bengio et al., 2015): first always, then ever less.
   *
   * @param last share at the end
   * @param steps over which it falls, in a line
   */
  record Teaching(double last, long steps) {
    /** Always the truth. */
    static final Teaching NONE = new Teaching(1, 1);

    double at(long step) {
      return step == Long.MAX_VALUE ? 1 : 1 - (1 - last) * Math.min(1, (double) step / steps);
    }
  }
}

package dev.myna.task;

import dev.myna.model.AverageModel;
import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentModel;
import dev.myna.model.SentenceEncoder;
import dev.myna.model.SequenceModel;
import dev.myna.model.TextCnn;
import dev.myna.nn.Module;
import dev.myna.nn.SentenceLayers;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;

/** A model that makes a vector of each text. */
public sealed interface Embedder {
  /**
   * The model that a folder holds.
   *
   * @param padding token that fills up short texts, where the folder does not say
   * @throws TaskException if it holds none that makes vectors of texts
   */
  static Embedder load(Path folder, int padding) {
    if (SentenceTransformersFiles.areIn(folder)) {
      SentenceTransformersFiles files = SentenceTransformersFiles.read(folder);
      Pretrained pretrained = Pretrained.load(files.encoder());
      if (pretrained.model().spec() instanceof ModelSpec.EncoderDecoder) {
        throw none(folder);
      }
      return OfTransformer.of(
          pretrained,
          files.layers(pretrained.model().spec().width()),
          pretrained.config().path("pad_token_id").asInt(padding));
    }
    if (SequenceModel.isIn(folder)) {
      SequenceModel stored = SequenceModel.load(folder);
      if (!stored.labels().isEmpty() || stored.goesOn()) {
        throw none(folder);
      }
      return switch (stored.model()) {
        case AverageModel _, TextCnn _, RecurrentModel _ ->
            new OfScores(new Classifier.OfSequence(stored));
        default -> throw none(folder);
      };
    }
    throw none(folder);
  }

  /**
   * The layers behind the encoder of a folder of sentence-transformers, with their weights.
   *
   * @param width of what the encoder says
   */
  static SentenceLayers layers(Path folder, int width) {
    return SentenceTransformersFiles.read(folder).layers(width);
  }

  /** Whether a folder is one of sentence-transformers. */
  static boolean hasLayers(Path folder) {
    return SentenceTransformersFiles.areIn(folder);
  }

  private static TaskException none(Path folder) {
    return new TaskException(
        "a model that makes vectors of texts was wanted, but %s holds none: train one with task.kind: similarity"
            .formatted(folder));
  }

  Module module();

  /** The longest text that it reads, in tokens. */
  default int context() {
    return Integer.MAX_VALUE;
  }

  /** Size of what is within the model. */
  int width();

  /**
   * A vector for each text.
   *
   * @return (B, C), float32
   */
  Tensor vectors(Padded texts, Device device);

  void save(Path folder);

  /**
   * An encoder whose hidden states become one vector.
   *
   * @param module what makes the vectors, of the model of the encoder
   * @param padding token that fills up short texts
   */
  record OfTransformer(Pretrained pretrained, SentenceEncoder module, int padding)
      implements Embedder {
    /** With layers behind the encoder. */
    public static OfTransformer of(Pretrained pretrained, SentenceLayers layers, int padding) {
      return new OfTransformer(
          pretrained, new SentenceEncoder(pretrained.model(), layers), padding);
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
    public Tensor vectors(Padded texts, Device device) {
      return module.forward(texts.ids(padding, device), texts.there(device));
    }

    /** The folder is one of sentence-transformers too. */
    @Override
    public void save(Path folder) {
      pretrained.save(folder);
      SentenceTransformersFiles.write(folder, pretrained.model().spec(), module.layers());
    }
  }

  /** A model whose scores are taken for a vector: averaging, convolutional or recurrent. */
  record OfScores(Classifier scorer) implements Embedder {
    @Override
    public Module module() {
      return scorer.module();
    }

    @Override
    public int width() {
      return scorer.width();
    }

    @Override
    public Tensor vectors(Padded texts, Device device) {
      return scorer.scores(texts, device).to(DType.FLOAT32);
    }

    @Override
    public void save(Path folder) {
      scorer.save(folder);
    }
  }
}

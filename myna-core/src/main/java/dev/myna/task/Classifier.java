package dev.myna.task;

import dev.myna.model.AverageModel;
import dev.myna.model.ElmoClassifier;
import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentModel;
import dev.myna.model.RecurrentTagger;
import dev.myna.model.SequenceModel;
import dev.myna.model.TextCnn;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.spec.HeadSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;

/** A model that says of each text how well it fits each class. */
public sealed interface Classifier extends TextModel {
  /**
   * The classifier that a folder holds.
   *
   * @param padding token that fills up short texts, where the folder does not say
   * @throws TaskException if it holds none
   */
  static Classifier load(Path folder, Tokenizer tokenizer, int padding) {
    if (!SequenceModel.isIn(folder)) {
      Pretrained pretrained = Pretrained.load(folder);
      if (!(pretrained.model().spec().head() instanceof HeadSpec.Text head) || head.labels() < 1) {
        throw none(folder, TextModel.kind(pretrained.config()));
      }
      return new OfTransformer(pretrained, pretrained.config().path("pad_token_id").asInt(padding));
    }
    SequenceModel stored = SequenceModel.load(folder);
    if (stored.labels().isEmpty() || stored.model() instanceof RecurrentTagger) {
      throw none(folder, stored.model().getClass().getSimpleName());
    }
    return stored.spec() instanceof ElmoClassifier.Spec spec
        ? new OfElmo(stored, new Spelling(tokenizer, spec.language().characters()))
        : new OfSequence(stored);
  }

  private static TaskException none(Path folder, String found) {
    return new TaskException(
        "a model that says which of several classes a text belongs to was wanted, but %s holds another (%s): train one with task.kind: classification"
            .formatted(folder, found));
  }

  /**
   * Scores of the classes.
   *
   * @return (B, L)
   */
  Tensor scores(Padded texts, Device device);

  /** The ids of a text, as this model wants them. */
  default int[] ids(Tokenizer tokenizer, String text) {
    return tokenizer.ids(text);
  }

  /** A Transformer with a head for whole texts. */
  record OfTransformer(Pretrained pretrained, int padding)
      implements Classifier, TextModel.OfPretrained {
    @Override
    public Tensor scores(Padded texts, Device device) {
      Tensor ids = texts.ids(padding, device); // (B, T)
      Tensor there = texts.there(device); // (B, T)
      Tensor hidden =
          pretrained.model().hidden(ids, Pass.whole(ids, new Mask.Padding(Mask.ALL, there)));
      return pretrained.model().text(hidden, ids, there);
    }
  }

  /** A recurrent, convolutional or averaging one. */
  record OfSequence(SequenceModel stored) implements Classifier, TextModel.OfStored {
    @Override
    public Tensor scores(Padded texts, Device device) {
      Tensor ids = texts.ids(0, device); // (B, T)
      return switch (stored.model()) {
        case TextCnn cnn -> cnn.forward(ids, texts.there(device));
        case AverageModel average -> average.forward(ids, texts.there(device));
        case RecurrentModel recurrent -> recurrent.classify(ids, texts.lengths());
        default -> throw new IllegalStateException("no classifier: " + stored.spec());
      };
    }
  }

  /** A recurrent one that reads the characters of words as well. */
  record OfElmo(SequenceModel stored, Spelling spelling) implements Classifier, TextModel.OfStored {
    @Override
    public int[] ids(Tokenizer tokenizer, String text) {
      return spelling.ids(text);
    }

    @Override
    public Tensor scores(Padded texts, Device device) {
      Padded known = new Padded(spelling.known(texts.rows()));
      return ((ElmoClassifier) stored.model())
          .classify(
              known.ids(0, device),
              texts.lengths(),
              spelling.of(texts.filled(0), texts.rows().size(), device));
    }
  }
}

package dev.myna.task;

import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentTagger;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;

/** A model that says of each token of a text how well it fits each tag. */
public sealed interface Tagger extends TextModel {
  /** The head of a Transformer that tags, by the end of Hugging Face's class name. */
  String HEAD = "ForTokenClassification";

  /**
   * The tagger that a folder holds.
   *
   * @param padding token that fills up short texts, where the folder does not say
   * @throws TaskException if it holds none
   */
  static Tagger load(Path folder, int padding) {
    if (SequenceModel.isIn(folder)) {
      SequenceModel stored = SequenceModel.load(folder);
      if (!(stored.model() instanceof RecurrentTagger)) {
        throw none(folder, stored.model().getClass().getSimpleName());
      }
      return new OfRecurrent(stored);
    }
    // Answers are said of tokens too, but are no tags: the class of Transformers tells them apart.
    String kind = TextModel.kind(Pretrained.config(folder));
    if (!kind.endsWith(HEAD)) {
      throw none(folder, kind);
    }
    Pretrained pretrained = Pretrained.load(folder);
    if (!(pretrained.model().spec().head() instanceof HeadSpec.Tokens)) {
      throw none(folder, kind);
    }
    return new OfTransformer(pretrained, pretrained.config().path("pad_token_id").asInt(padding));
  }

  private static TaskException none(Path folder, String found) {
    return new TaskException(
        "a model that says a tag of each word was wanted, but %s holds another (%s): train one with task.kind: tagging"
            .formatted(folder, found));
  }

  /**
   * Scores of the tags of each token; anything behind the ends of texts.
   *
   * @return (B, T, L)
   */
  Tensor scores(Padded texts, Device device);

  /** A Transformer with a head for tokens; a decoder sees of each text what stands before. */
  record OfTransformer(Pretrained pretrained, int padding)
      implements Tagger, TextModel.OfPretrained {
    @Override
    public Tensor scores(Padded texts, Device device) {
      Tensor ids = texts.ids(padding, device); // (B, T)
      boolean decoder = pretrained.model().spec() instanceof ModelSpec.Decoder;
      Mask mask = new Mask.Padding(decoder ? Mask.CAUSAL : Mask.ALL, texts.there(device));
      return pretrained.model().logits(pretrained.model().hidden(ids, Pass.whole(ids, mask)));
    }
  }

  /** A recurrent one. */
  record OfRecurrent(SequenceModel stored) implements Tagger, TextModel.OfStored {
    @Override
    public Tensor scores(Padded texts, Device device) {
      return ((RecurrentTagger) stored.model()).forward(texts.ids(0, device), texts.lengths());
    }
  }
}

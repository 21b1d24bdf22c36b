package dev.myna.model;

import dev.myna.nn.Module;

/** A model that is no Transformer, described: it can be made, stored and made again. */
public sealed interface SequenceSpec
    permits RecurrentModel.Spec,
        RecurrentTagger.Spec,
        TextCnn.Spec,
        AverageModel.Spec,
        RecurrentTranslator.Spec,
        Elmo.Spec,
        ElmoClassifier.Spec {
  /** The model, with all weights zero. */
  Module make();

  /** V. */
  int vocabulary();

  /** Size of what each layer passes on, about. */
  int size();

  /** Fresh embeddings lie between this and its negative. */
  default double embeddingRange() {
    return 0.1;
  }
}

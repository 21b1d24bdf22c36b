package dev.myna.train;

import dev.myna.model.RecurrentModel;
import dev.myna.model.RecurrentTagger;
import dev.myna.spec.RecurrentSpec;
import java.util.List;
import java.util.Optional;

/** The shape of a recurrent model. */
@Variants.For(
    value = {"lstm", "gru", "rnn"},
    meaning = "Recurrent layers: a language model, a classifier, or a tagger.")
public record RecurrentRecipe(
    @Key(value = "Which cells.", otherwise = "lstm") String family,
    @Key(value = "Layers one upon another.", otherwise = "1", least = 1, most = 100) int layers,
    @Key(value = "Size of the hidden state, of each direction.", otherwise = "128", least = 1)
        int width,
    @Key(value = "Size of embeddings; as the width if left out.", least = 1)
        Optional<Integer> embedding,
    @Key(value = "Whether layers read from both ends.", otherwise = "false") boolean bidirectional,
    @Key(
            value = "Whether the output layer of a language model shares the embedding's weights.",
            otherwise = "true")
        boolean tied,
    @Key(
            value =
                "Longest text of a classifier, most words that a tagger reads at once; of a"
                    + " language model, steps between which gradients flow.",
            otherwise = "64",
            least = 1,
            most = 1_000_000)
        int context,
    @Key(
            value = "Share of embeddings and states dropped in training.",
            otherwise = "0",
            least = 0,
            most = 0.99)
        double dropout,
    @Key(value = "Share dropped between layers; as dropout if left out.", least = 0, most = 0.99)
        Optional<Double> layerDropout,
    @Key(value = "How a classifier makes one of the states of a text.", otherwise = "last")
        RecurrentModel.Pooled pooling,
    @Key("File of word vectors to begin with: word2vec, GloVe or fastText.")
        Optional<String> vectors,
    @Key(
            "Folder of an ELMo; a mix of its layers, which is learned, stands beside the embeddings"
                + " of a classifier.")
        Optional<String> elmo,
    @Key(
            "Numbers of frequent words that part the vocabulary of a tied language model into"
                + " classes (adaptive softmax): [4000, 12000].")
        List<Integer> cutoffs)
    implements ModelRecipe {
  private RecurrentSpec stack() {
    RecurrentSpec.Kind kind =
        switch (family) {
          case "gru" -> RecurrentSpec.Kind.GRU;
          case "rnn" -> RecurrentSpec.Kind.TANH;
          default -> RecurrentSpec.Kind.LSTM;
        };
    return new RecurrentSpec(
        kind,
        embedding.orElse(width),
        width,
        layers,
        bidirectional,
        layers == 1 ? 0 : layerDropout.orElse(dropout));
  }

  RecurrentModel.Spec language(int vocabulary) {
    return RecurrentModel.Spec.language(vocabulary, stack(), tied, dropout, cutoffs);
  }

  RecurrentTagger.Spec tagger(int vocabulary, int labels) {
    if (!cutoffs.isEmpty() || elmo.isPresent() || pooling != RecurrentModel.Pooled.LAST) {
      throw new RecipeException(
          "a tagger looks at each state and says tags, and has neither model.cutoffs nor model.elmo"
              + " nor another model.pooling than last: leave them out");
    }
    return new RecurrentTagger.Spec(vocabulary, stack(), labels, dropout);
  }

  RecurrentModel.Spec classifier(int vocabulary, int labels) {
    if (!cutoffs.isEmpty()) {
      throw new RecipeException(
          "model.cutoffs part the words that a language model says, and a classifier says labels:"
              + " leave them out");
    }
    return RecurrentModel.Spec.labels(vocabulary, stack(), labels, dropout, pooling);
  }
}

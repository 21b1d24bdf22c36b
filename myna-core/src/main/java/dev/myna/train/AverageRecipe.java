package dev.myna.train;

import dev.myna.model.AverageModel;
import java.util.List;
import java.util.Optional;

/** The shape of a classifier of averaged embeddings. */
@Variants.For(
    value = "fnn",
    meaning = "Feed-forward layers over the average of embeddings (Iyyer et al., 2015).")
public record AverageRecipe(
    @Key(value = "Size of embeddings.", otherwise = "300", least = 1) int width,
    @Key("Sizes of the layers between average and scores; none if left out.") List<Integer> hidden,
    @Key(
            value = "Share dropped before each layer in training.",
            otherwise = "0.5",
            least = 0,
            most = 0.99)
        double dropout,
    @Key(value = "Longest text, in words.", otherwise = "64", least = 1, most = 1_000_000)
        int context,
    @Key("File of word vectors to begin with: word2vec, GloVe or fastText.")
        Optional<String> vectors)
    implements ModelRecipe {
  public AverageRecipe {
    hidden = List.copyOf(hidden);
  }

  @Override
  public String family() {
    return "fnn";
  }

  AverageModel.Spec classifier(int vocabulary, int labels) {
    return new AverageModel.Spec(vocabulary, width, hidden, labels, dropout);
  }
}

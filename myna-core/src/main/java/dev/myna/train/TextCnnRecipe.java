package dev.myna.train;

import dev.myna.model.TextCnn;
import java.util.List;
import java.util.Optional;

/** The shape of a convolutional classifier. */
@Variants.For(value = "textcnn", meaning = "A convolutional classifier of texts (Kim, 2014).")
public record TextCnnRecipe(
    @Key(value = "Size of embeddings.", otherwise = "300", least = 1) int width,
    @Key("Widths of the filters in words; 3, 4 and 5 if left out.") List<Integer> widths,
    @Key(value = "Filters of each width.", otherwise = "100", least = 1) int filters,
    @Key(
            value =
                "Tables of embeddings: one that is trained, one that is static, or both"
                    + " (multichannel).",
            otherwise = "trained")
        TextCnn.Channels channels,
    @Key(
            value = "Share of the features dropped in training.",
            otherwise = "0.5",
            least = 0,
            most = 0.99)
        double dropout,
    @Key(value = "Longest text, in words.", otherwise = "64", least = 1, most = 1_000_000)
        int context,
    @Key("File of word vectors to begin with: word2vec, GloVe or fastText.")
        Optional<String> vectors)
    implements ModelRecipe {
  public TextCnnRecipe {
    widths = widths.isEmpty() ? List.of(3, 4, 5) : List.copyOf(widths);
  }

  @Override
  public String family() {
    return "textcnn";
  }

  TextCnn.Spec classifier(int vocabulary, int labels) {
    return new TextCnn.Spec(vocabulary, width, widths, filters, labels, channels, dropout);
  }
}

package dev.myna.train;

import dev.myna.model.Elmo;
import dev.myna.spec.CharacterSpec;
import java.util.List;

/** The shape of an ELMo. */
@Variants.For(
    value = "elmo",
    meaning =
        "Words by their characters, and language models in both directions over them (ELMo, Peters"
            + " et al., 2018).")
public record ElmoRecipe(
    @Key(value = "Layers of each direction.", otherwise = "2", least = 1, most = 100) int layers,
    @Key(
            value = "Size of words, and of what a layer passes on in one direction.",
            otherwise = "128",
            least = 1)
        int width,
    @Key(value = "Size of the cells, more than the width.", otherwise = "512", least = 2)
        int hidden,
    @Key(value = "Size of the embedding of a character.", otherwise = "16", least = 1)
        int characters,
    @Key(
            value = "Characters of a word that are read, its two marks counted.",
            otherwise = "20",
            least = 3,
            most = 1000)
        int longest,
    @Key("How many filters of width 1, 2, … read the characters; 32, 32, 64, 128, 128 if left out.")
        List<Integer> filters,
    @Key(value = "Highway layers between filters and words.", otherwise = "1", least = 0)
        int highways,
    @Key(
            value = "Words that are said, the most frequent ones; the others are only read.",
            otherwise = "8000",
            least = 2)
        int said,
    @Key(value = "Words of a stretch of text.", otherwise = "64", least = 2, most = 1_000_000)
        int context,
    @Key(
            value = "Share dropped before each layer in training.",
            otherwise = "0.1",
            least = 0,
            most = 0.99)
        double dropout)
    implements ModelRecipe {
  public ElmoRecipe {
    filters = filters.isEmpty() ? List.of(32, 32, 64, 128, 128) : List.copyOf(filters);
    if (hidden <= width) {
      throw new IllegalArgumentException(
          "hidden must be more than width: found %d and %d".formatted(hidden, width));
    }
  }

  @Override
  public String family() {
    return "elmo";
  }

  Elmo.Spec spec(int vocabulary) {
    return new Elmo.Spec(
        new CharacterSpec(longest, characters, filters, highways),
        width,
        hidden,
        layers,
        Math.min(said, vocabulary),
        dropout);
  }
}

package dev.myna.train;

import dev.myna.model.RecurrentTranslator;
import dev.myna.spec.AlignmentSpec;
import dev.myna.spec.RecurrentSpec;
import dev.myna.task.Translator;
import java.util.Optional;

/** The shape of a recurrent encoder-decoder. */
@Variants.For(
    value = "seq2seq",
    meaning = "A recurrent encoder and decoder, with attention or without.")
public record TranslatorRecipe(
    @Key(value = "Which cells.", otherwise = "gru") RecurrentSpec.Kind cell,
    @Key(value = "Layers of each stack.", otherwise = "1", least = 1, most = 100) int layers,
    @Key(
            value = "Size of the decoder's state; a half of it for each direction of the encoder.",
            otherwise = "256",
            least = 2)
        int width,
    @Key(value = "Size of embeddings; as the width if left out.", least = 1)
        Optional<Integer> embedding,
    @Key(
            value = "How well a state fits a place: additive is Bahdanau's, those below Luong's.",
            otherwise = "additive")
        AlignmentSpec.Score attention,
    @Key(value = "Which places are looked at.", otherwise = "global") AlignmentSpec.Reach reach,
    @Key(
            value = "Places to each side of the middle of a window.",
            otherwise = "5",
            least = 1,
            most = 10_000)
        int window,
    @Key(value = "Whether one place is looked at, drawn while training.", otherwise = "false")
        boolean hard,
    @Key(
            value =
                "How often the decoder reads the truth and not what it said itself, at the end of"
                    + " training; at its beginning, always.",
            otherwise = "1",
            least = 0,
            most = 1)
        double teacherForcing,
    @Key(value = "Longest text, in tokens.", otherwise = "64", least = 2, most = 100_000)
        int context,
    @Key(
            value = "Share of embeddings and outputs dropped in training.",
            otherwise = "0",
            least = 0,
            most = 0.99)
        double dropout)
    implements ModelRecipe {
  public TranslatorRecipe {
    if (width % 2 != 0) {
      throw new IllegalArgumentException(
          "width must be even, a half for each direction of the encoder: found " + width);
    }
    var unused = new AlignmentSpec(attention, reach, window, hard); // refuses what does not fit
  }

  @Override
  public String family() {
    return "seq2seq";
  }

  RecurrentTranslator.Spec spec(int vocabulary) {
    return new RecurrentTranslator.Spec(
        vocabulary,
        cell,
        embedding.orElse(width),
        width,
        layers,
        new AlignmentSpec(attention, reach, window, hard),
        context,
        dropout);
  }

  Translator.Teaching teaching(int steps) {
    return new Translator.Teaching(teacherForcing, steps);
  }
}

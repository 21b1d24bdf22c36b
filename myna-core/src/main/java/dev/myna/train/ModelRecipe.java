package dev.myna.train;

/** The shape of a model. What is left out is the family's own choice. */
@Variants(key = "family", otherwise = "gpt2", meaning = "Architecture.")
public sealed interface ModelRecipe
    permits TransformerRecipe,
        RecurrentRecipe,
        TextCnnRecipe,
        AverageRecipe,
        TranslatorRecipe,
        ElmoRecipe {
  /** The architecture's name. */
  String family();

  /** Longest text, in tokens. */
  int context();
}

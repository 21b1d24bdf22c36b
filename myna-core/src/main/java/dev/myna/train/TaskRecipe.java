package dev.myna.train;

/** What a model is trained to do. */
@Variants(key = "kind", otherwise = "next_token", meaning = "What the model is trained to do.")
public sealed interface TaskRecipe {
  /** To say the next token of a text. */
  @Variants.For(
      value = "next_token",
      meaning = "A decoder or recurrent model learns to say the next token of a text.")
  record NextToken() implements TaskRecipe {}
}

package dev.myna.train;

import dev.myna.model.Pretrained;
import dev.myna.text.Tokenizer;

/** Makes the model that a recipe asks for, or takes it from the checkpoint to go on from. */
final class RecipeModel {
  private final Job.Place place;
  private final Tokenizer tokenizer;

  RecipeModel(Job.Place place, Tokenizer tokenizer) {
    this.place = place;
    this.tokenizer = tokenizer;
  }

  /** A Transformer that says tokens. */
  Pretrained transformer() {
    Recipe recipe = place.recipe();
    Pretrained made =
        switch (recipe.model()) {
          case TransformerRecipe shape ->
              place
                  .checkpoint()
                  .map(Pretrained::load)
                  .orElseGet(
                      () ->
                          Pretrained.create(
                              shape.shape(tokenizer.vocabularySize()), recipe.seed()));
        };
    int known = made.model().spec().vocabulary();
    if (known < tokenizer.vocabularySize()) {
      throw new TrainingException(
          "the model knows %d tokens and the tokenizer makes %d; begin anew with --overwrite"
              .formatted(known, tokenizer.vocabularySize()));
    }
    return made;
  }
}

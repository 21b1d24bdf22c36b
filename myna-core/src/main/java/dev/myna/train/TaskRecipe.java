package dev.myna.train;

/** What a model is trained to do. */
@Variants(key = "kind", otherwise = "next_token", meaning = "What the model is trained to do.")
public sealed interface TaskRecipe {
  /** To say the next token of a text. */
  @Variants.For(
      value = "next_token",
      meaning = "A decoder or recurrent model learns to say the next token of a text.")
  record NextToken() implements TaskRecipe {}

  /** To say which class a text belongs to. */
  @Variants.For(
      value = "classification",
      meaning = "A classifier learns which class each text belongs to.")
  record Classification(
      @Key(
              value = "Whether classes weigh alike in the loss, however many examples they have.",
              otherwise = "false")
          boolean balanced,
      @Key(value = "Focus of the focal loss; 0 for cross-entropy.", otherwise = "0", least = 0)
          double focus,
      @Key(
              value = "Training examples of unequal classes: as they are, or evened out.",
              otherwise = "none")
          Sampling sampling,
      @Key(
              value = "Parts of the training data, each of which is tested on once; 1 for none.",
              otherwise = "1",
              least = 1,
              most = 1000)
          int folds,
      @Key(
              value = "Which part is tested on, from 1; 0 for all in turn.",
              otherwise = "0",
              least = 0)
          int fold)
      implements TaskRecipe {
    /** What is done about classes of unequal size. */
    public enum Sampling {
      /** Nothing. */
      NONE,
      /** Examples of small classes are seen several times. */
      OVER,
      /** Examples of large classes are left out. */
      UNDER
    }

    public Classification {
      if (fold > folds) {
        throw new IllegalArgumentException(
            "fold must be at most folds, found %d of %d".formatted(fold, folds));
      }
    }

    /** The training that tests on one part. */
    Classification only(int part) {
      return new Classification(balanced, focus, sampling, folds, part);
    }
  }
}

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
      @Key("Changed versions of the training texts.") AugmentConfig augment,
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
      return new Classification(balanced, focus, sampling, augment, folds, part);
    }
  }

  /** To say hidden tokens. */
  @Variants.For(
      value = "masked",
      meaning = "An encoder learns to say tokens that are hidden from it (BERT, RoBERTa).")
  record Masked(
      @Key(value = "Share of tokens that are chosen.", otherwise = "0.15", least = 0.001, most = 1)
          double share,
      @Key(
              value = "Of the chosen, share that the mask token hides.",
              otherwise = "0.8",
              least = 0,
              most = 1)
          double masked,
      @Key(
              value = "Of the chosen, share that another token hides.",
              otherwise = "0.1",
              least = 0,
              most = 1)
          double replaced,
      @Key(value = "Whether all pieces of a word are chosen together.", otherwise = "false")
          boolean wholeWords,
      @Key(
              value =
                  "Ways in which each block of text is masked (static masking, 10 in BERT); 0 for a"
                      + " new one each time (dynamic masking).",
              otherwise = "0",
              least = 0,
              most = 1_000_000)
          int copies,
      @Key(
              value =
                  "Whether the model also says of two pieces of text if the second follows (next)"
                      + " or if they stand in their order (order). Documents are parted by empty"
                      + " lines.",
              otherwise = "none")
          Pairs pairs)
      implements TaskRecipe {
    /** What is asked about pairs. */
    public enum Pairs {
      NONE,
      NEXT,
      ORDER
    }

    public Masked {
      if (masked + replaced > 1) {
        throw new IllegalArgumentException(
            "masked and replaced must be at most 1 together, found %s and %s"
                .formatted(masked, replaced));
      }
    }
  }

  /** To restore spans. */
  @Variants.For(
      value = "span_corruption",
      meaning = "An encoder-decoder learns to say spans that sentinels stand for (T5).")
  record Spans(
      @Key(
              value = "Share of tokens that are taken out.",
              otherwise = "0.15",
              least = 0.01,
              most = 0.9)
          double density,
      @Key(value = "Mean length of a span, in tokens.", otherwise = "3", least = 1)
          double meanLength,
      @Key(
              value = "The special tokens that stand for spans, without their number.",
              otherwise = "<extra_id_")
          String sentinel)
      implements TaskRecipe {}

  /** To restore a spoilt text. */
  @Variants.For(
      value = "denoising",
      meaning = "An encoder-decoder learns to restore a text that was spoilt (BART).")
  record Noise(
      @Key(
              value = "Share of tokens covered by spans that one mask token each stands for.",
              otherwise = "0.3",
              least = 0,
              most = 0.9)
          double infilling,
      @Key(value = "Mean length of such a span.", otherwise = "3", least = 0) double meanLength,
      @Key(value = "Whether sentences change their order.", otherwise = "true")
          boolean sentencePermutation,
      @Key(
              value = "Share of tokens that become the mask token.",
              otherwise = "0",
              least = 0,
              most = 0.9)
          double masking,
      @Key(value = "Share of tokens that vanish.", otherwise = "0", least = 0, most = 0.9)
          double deletion,
      @Key(value = "Whether the text begins at any token.", otherwise = "false") boolean rotation)
      implements TaskRecipe {}

  /** To translate. */
  @Variants.For(
      value = "translation",
      meaning = "An encoder-decoder learns to make one text of another.")
  record Translation(
      @Key(
              value = "Beams of the translation of test; 1 for greedy.",
              otherwise = "1",
              least = 1,
              most = 64)
          int beams,
      @Key(value = "Exponent of the length that scores of beams are divided by.", otherwise = "1")
          double lengthPenalty,
      @Key(value = "Whether BLEU ignores case.", otherwise = "false") boolean lowercase)
      implements TaskRecipe {}
}

package dev.myna.train;

import dev.myna.spec.Pooling;
import dev.myna.spec.SentenceSpec;
import dev.myna.task.BestSpans;
import dev.myna.task.Reading;
import dev.myna.task.Similarity.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
      @Key(
              value = "Focus of the focal loss, balanced or not; 0 for cross-entropy.",
              otherwise = "0",
              least = 0)
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

    /** Whether all parts are tested on in turn, each by a training of its own. */
    public boolean crossValidates() {
      return folds > 1 && fold == 0;
    }

    /** The training that tests on one part. */
    Classification only(int part) {
      return new Classification(balanced, focus, sampling, augment, folds, part);
    }
  }

  /** To say a tag of each word. */
  @Variants.For(
      value = "tagging",
      meaning =
          "A tagger learns a tag of each word. Files hold a word and its tag a line, with empty"
              + " lines between sentences (CoNLL), or lists of both (.jsonl).")
  record Tagging(
      @Key(
              value = "Whether tags weigh alike in the loss, however many words bear them.",
              otherwise = "false")
          boolean balanced)
      implements TaskRecipe {}

  /** To say a number of a text. */
  @Variants.For(
      value = "regression",
      meaning = "A model learns to say a number of each text; it stands where a class would.")
  record Regression() implements TaskRecipe {}

  /** To say how alike texts are. */
  @Variants.For(
      value = "similarity",
      meaning = "A model learns vectors of texts, whose cosine says how alike two of them are.")
  record Similarity(
      @Key(
              value =
                  "What vectors are drawn to: cosines as large as scores (scores), likes together"
                      + " and unlikes apart (pairs), a text nearer to its like than to its unlike"
                      + " (triplets), the own partner among those of the batch (in_batch).",
              otherwise = "scores")
          Aim aim,
      @Key(
              value = "Score of two texts that mean the same; 0 is that of the most unlike.",
              otherwise = "5",
              least = 1e-9)
          double largest,
      @Key(
              value = "Cosine by which unlikes stay away, of pairs and triplets.",
              otherwise = "0.5",
              least = 0,
              most = 2)
          double margin,
      @Key(
              value = "What cosines are divided by, of in_batch.",
              otherwise = "0.05",
              least = 1e-4,
              most = 100)
          double temperature,
      @Key("Filters that slide over the hidden states of a Transformer before they are pooled.")
          ConvolutionConfig convolution,
      @Key(
              "How the hidden states of a Transformer become a vector; several ways stand side by"
                  + " side. Where neither this nor convolution nor dense is given: what stands"
                  + " behind the encoder in the folder of model.from, or else mean.")
          List<Pooled> pooling,
      @Key("A layer that works on the vector of a Transformer.") DenseConfig dense,
      @Key(
              value = "Size of the vectors of models that are no Transformers.",
              otherwise = "128",
              least = 1,
              most = 65_536)
          int dimensions)
      implements TaskRecipe {
    /** What vectors are drawn to. */
    public enum Aim {
      SCORES,
      PAIRS,
      TRIPLETS,
      IN_BATCH
    }

    /** How hidden states become one. */
    public enum Pooled {
      MEAN(new Pooling.Mean()),
      FIRST(new Pooling.First()),
      MAX(new Pooling.Max()),
      MEAN_SQRT_LEN(new Pooling.MeanByRoot()),
      WEIGHTED_MEAN(new Pooling.WeightedMean()),
      LAST(new Pooling.Last(OptionalInt.empty()));

      private final Pooling way;

      Pooled(Pooling way) {
        this.way = way;
      }
    }

    public Similarity {
      pooling = List.copyOf(pooling);
    }

    Objective objective() {
      return switch (aim) {
        case SCORES -> new Objective.Scores();
        case PAIRS -> new Objective.Pairs(margin);
        case TRIPLETS -> new Objective.Triplets(margin);
        case IN_BATCH -> new Objective.InBatch(temperature);
      };
    }

    /** Whether the layers behind the encoder are left to where it comes from. */
    boolean leavesLayers() {
      return pooling.isEmpty() && convolution.layer().isEmpty() && dense.layer().isEmpty();
    }

    /** The layers behind an encoder. */
    SentenceSpec layers() {
      List<Pooled> ways = pooling.isEmpty() ? List.of(Pooled.MEAN) : pooling;
      List<SentenceSpec.Layer> layers = new ArrayList<>(convolution.layer().stream().toList());
      layers.add(new SentenceSpec.Pool(ways.stream().map(way -> way.way).toList()));
      layers.addAll(dense.layer().stream().toList());
      return new SentenceSpec(layers);
    }

    /** Whether a line ends with a score. */
    boolean scored() {
      return aim == Aim.SCORES || aim == Aim.PAIRS;
    }

    /** How many fields a line has. */
    int fields() {
      return aim == Aim.IN_BATCH ? 2 : 3;
    }

    /** What a line holds, in words. */
    String line() {
      return switch (aim) {
        case SCORES, PAIRS -> "two texts and a score";
        case TRIPLETS -> "a text, one like it and one unlike it";
        case IN_BATCH -> "two texts that belong together";
      };
    }
  }

  /** To answer questions. */
  @Variants.For(
      value = "answers",
      meaning = "A Transformer learns to answer questions by spans of a passage (SQuAD).")
  record Answers(
      @Key(
              value =
                  "Tokens that a window of a long passage shares with the one before; 128 if left"
                      + " out, or a quarter of model.context where that is less.",
              least = 0)
          Optional<Integer> stride,
      @Key(value = "Most tokens of an answer.", otherwise = "30", least = 1, most = 1_000_000)
          int longest,
      @Key(value = "Whether a passage may hold no answer, as in SQuAD 2.0.", otherwise = "false")
          boolean unanswerable,
      @Key(
              value =
                  "By how much the score of no answer must exceed that of the best span, where a"
                      + " passage may hold none.",
              otherwise = "0")
          double threshold)
      implements TaskRecipe {
    public Answers {
      if (threshold != 0 && !unanswerable) {
        throw new IllegalArgumentException(
            "threshold %s is about passages that hold no answer: set unanswerable: true, or leave it out"
                .formatted(threshold));
      }
    }

    /** How passages are cut into windows of so many tokens. */
    Reading.Cut cut(int length) {
      return stride
          .map(shared -> new Reading.Cut(length, shared))
          .orElseGet(() -> Reading.Cut.of(length));
    }

    BestSpans.Rule rule() {
      return new BestSpans.Rule(longest, unanswerable, threshold);
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
      @Key(
              value = "Mean length of such a span; 0 for masks that are put in and cover nothing.",
              otherwise = "3",
              least = 0)
          double meanLength,
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

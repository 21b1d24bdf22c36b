package dev.myna.spec;

import java.util.Optional;

/** What a model says of the hidden states. */
public sealed interface HeadSpec {
  /** Nothing: the hidden states themselves are the result. */
  record None() implements HeadSpec {}

  /**
   * Logits over the vocabulary, for each token.
   *
   * @param tied by the table of token embeddings (Press and Wolf, 2017), or by a matrix of its own
   * @param bias whether each token of the vocabulary has a bias
   * @param transform what happens to the hidden state before
   * @param scale hidden states are multiplied by this before (T5); 1 for none
   * @param softCap logits are squeezed into ±this by a hyperbolic tangent; 0 for no cap
   */
  record Language(
      boolean tied, boolean bias, Optional<Transform> transform, double scale, double softCap)
      implements HeadSpec {
    public Language {
      Require.that(softCap >= 0, "softCap must not be negative, found %s", softCap);
    }

    /** The head of most decoders: a matrix and nothing else. */
    public static Language plain(boolean tied) {
      return new Language(tied, false, Optional.empty(), 1, 0);
    }

    /** The same with logits within ±cap; 0 for no cap. */
    public Language capped(double cap) {
      return new Language(tied, bias, transform, scale, cap);
    }
  }

  /**
   * A dense layer with activation and norm, as before BERT's logits.
   *
   * @param norm after the activation
   */
  record Transform(Activation activation, NormSpec norm) {}

  /**
   * Scores of labels for each token: tags, or the ends of a span.
   *
   * @param labels L
   * @param dropout before the scores
   */
  record Tokens(int labels, boolean bias, double dropout) implements HeadSpec {
    public Tokens {
      Require.positive("labels", labels);
      Require.probability("head dropout", dropout);
    }
  }

  /**
   * Scores of labels for a whole text: classes, or numbers to be estimated.
   *
   * @param pooling how a text becomes one vector
   * @param dense activation of a layer C to C before the scores; none for no such layer
   * @param labels L; 0 where the pooled vector itself is the result
   * @param bias of the scores
   * @param dropout before the scores
   */
  record Text(Pooling pooling, Optional<Activation> dense, int labels, boolean bias, double dropout)
      implements HeadSpec {
    public Text {
      Require.that(labels >= 0, "labels must not be negative, found %d", labels);
      Require.probability("head dropout", dropout);
    }
  }
}

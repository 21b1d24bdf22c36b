package dev.myna.spec;

import java.util.Optional;

/**
 * How tokens become vectors.
 *
 * @param vocabulary V
 * @param width C
 * @param positions how a token knows where it stands
 * @param segments kinds of text that are told apart (BERT); 0 for no such thing
 * @param norm of the sum
 * @param scale by which token embeddings are multiplied; 1 for none
 */
public record EmbeddingSpec(
    int vocabulary,
    int width,
    PositionSpec positions,
    int segments,
    Optional<NormSpec> norm,
    double scale) {
  public EmbeddingSpec {
    Require.positive("vocabulary", vocabulary);
    Require.positive("width", width);
    Require.that(segments >= 0, "segments must not be negative, found %d", segments);
  }

  /** Tokens and positions, and nothing else. */
  public EmbeddingSpec(int vocabulary, int width, PositionSpec positions) {
    this(vocabulary, width, positions, 0, Optional.empty(), 1);
  }
}

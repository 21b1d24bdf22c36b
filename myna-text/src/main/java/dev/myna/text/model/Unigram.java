package dev.myna.text.model;

import dev.myna.text.TokenizerException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The unigram language model (Kudo, 2018): the segmentation of greatest probability, found by
 * Viterbi's algorithm in time linear in the piece. Behaves as SentencePiece does: characters that
 * the vocabulary lacks cost ten below the lowest score and are joined into one unknown token, whose
 * text is what was in the piece.
 */
public final class Unigram implements Model {
  private static final double UNKNOWN_PENALTY = 10;

  private final Vocabulary vocabulary;
  private final double[] scores;
  private final int unknown;
  private final boolean byteFallback;
  private final double unknownScore;
  private final CharTrie trie = new CharTrie();
  private final int[] bytes = new int[256];

  /**
   * @param vocabulary the tokens, ids from 0 without gaps
   * @param scores log-probabilities by id
   * @param unknown the id of the unknown token, or -1
   * @param byteFallback unknown characters as tokens of their bytes, {@code <0x0A>}
   */
  public Unigram(Vocabulary vocabulary, double[] scores, int unknown, boolean byteFallback) {
    if (vocabulary.ids() != scores.length) {
      throw new TokenizerException(
          "every token has a score: %d tokens, %d scores"
              .formatted(vocabulary.ids(), scores.length));
    }
    if (unknown >= scores.length) {
      throw new TokenizerException(
          "the unknown token must be one of %d ids, found %d".formatted(scores.length, unknown));
    }
    this.vocabulary = vocabulary;
    this.scores = scores.clone();
    this.unknown = unknown;
    this.byteFallback = byteFallback;
    double lowest = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      lowest = Math.min(lowest, score);
    }
    unknownScore = lowest - UNKNOWN_PENALTY;
    vocabulary.forEach(trie::put);
    for (int b = 0; b < 256; b++) {
      bytes[b] = vocabulary.id(String.format(Locale.ROOT, "<0x%02X>", b));
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The log-probability of a token. */
  public double score(int id) {
    return scores[id];
  }

  /** The id of the unknown token, or -1. */
  public int unknown() {
    return unknown;
  }

  public boolean byteFallback() {
    return byteFallback;
  }

  CharTrie trie() {
    return trie;
  }

  double unknownScore() {
    return unknownScore;
  }

  /** The token of a byte, or -1. */
  int byteId(int b) {
    return bytes[b];
  }

  @Override
  public Segmenter segmenter() {
    return WordCache.before(new UnigramSegmenter(this, 0, null));
  }

  /**
   * A worker that samples segmentations (subword regularisation) instead of taking the best.
   *
   * @param smoothing the exponent of the probabilities: 0 is uniform, 1 the model's own
   */
  public Segmenter sampler(double smoothing, RandomGenerator random) {
    return new UnigramSegmenter(this, smoothing, random);
  }
}

package dev.myna.generate;

/**
 * Changes the scores of the next token before one is chosen: a penalty, a ban or a cut.
 *
 * <p>A token that is ruled out has the score {@link Float#NEGATIVE_INFINITY}.
 */
@FunctionalInterface
public interface LogitsProcessor {
  /**
   * @param tokens the row so far
   * @param scores one a token of the vocabulary, changed in place: logits, or log-probabilities
   *     where beams are searched
   */
  void process(Tokens tokens, float[] scores);
}

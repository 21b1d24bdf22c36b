package dev.myna.generate;

/**
 * A language model with its cache, seen as a step function. Rows are sequences of one batch.
 *
 * <p>Logits are {@code rows x vocabulary}, not normalised; the caller may write into them. Token
 * ids are below {@link #vocabulary()}: the caller has checked them. No row is ever asked to hold
 * more than {@link #context()} tokens ({@link Windowed} sees to it).
 */
public interface NextToken extends AutoCloseable {
  /**
   * Forgets what the rows held and reads one prompt a row, none of them empty. Rows may differ in
   * length: padding is the implementation's business.
   *
   * <p>Called in the middle of a text too, when the window moves: then there are as many prompts as
   * rows, and prompt {@code i} is what row {@code i} shall hold from now on. An encoder-decoder
   * keeps its encoded sources through such a call.
   *
   * @return the logits after the last token of each prompt
   */
  float[][] prefill(int[][] prompts);

  /** Appends one token a row and returns the logits of the next. */
  float[][] step(int[] tokens);

  /**
   * Row {@code i} continues what row {@code parents[i]} was. May repeat rows, drop them, and change
   * their number; the same numbers in the same order change nothing and should cost nothing.
   */
  void reorder(int[] parents);

  /** Number of tokens that the model knows. */
  int vocabulary();

  /** Most tokens that a row can hold, {@link Integer#MAX_VALUE} where nothing limits it. */
  int context();

  @Override
  void close();
}

package dev.myna.generate;

/**
 * When a beam search that has as many finished beams as it keeps may end; {@code early_stopping} of
 * Hugging Face.
 */
public enum EarlyStopping {
  /**
   * {@code false}: when the best running beam, were it to end now, could not beat the worst
   * finished one.
   */
  HEURISTIC,
  /** {@code true}: at once. */
  AT_ONCE,
  /**
   * {@code "never"}: when no running beam can beat the worst finished one any more, even at the
   * greatest length allowed where the length penalty favours long texts.
   */
  NEVER
}

package dev.myna.text.metrics;

/**
 * One ROUGE measure; each figure is 0 to 1.
 *
 * @param precision the part of the prediction that the target holds too
 * @param recall the part of the target that the prediction holds too
 * @param fmeasure their weighted harmonic mean
 */
public record RougeScore(double precision, double recall, double fmeasure) {
  /** Nothing shared. */
  public static final RougeScore ZERO = new RougeScore(0, 0, 0);
}

package dev.myna.text.metrics;

/**
 * A translation edit rate; the smaller the better.
 *
 * @param score edits for each hundred words of the references; may exceed 100
 * @param edits insertions, deletions, substitutions and shifts
 * @param referenceLength words in the references, averaged over the references of each segment
 * @param signature how it was computed
 */
public record TerScore(double score, long edits, double referenceLength, String signature) {
  /** The line that sacreBLEU prints. */
  @Override
  public String toString() {
    return "TER|%s = %s".formatted(signature, Decimals.text(score, 2));
  }
}

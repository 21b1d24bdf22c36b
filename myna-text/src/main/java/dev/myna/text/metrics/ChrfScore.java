package dev.myna.text.metrics;

/**
 * A chrF score.
 *
 * @param name such as {@code chrF2} or {@code chrF2++}
 * @param score 0 to 100
 * @param signature how it was computed
 */
public record ChrfScore(String name, double score, String signature) {
  /** The line that sacreBLEU prints. */
  @Override
  public String toString() {
    return "%s|%s = %s".formatted(name, signature, Decimals.text(score, 2));
  }
}
